//! A person who wants to be forgotten, seen to beside a running server.

use serde_json::Value;

use crate::harness::process::Installation;

/// Seen to fail: with the deed in the place of the plan, the dry run said `was erased`.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_erased_beside_the_server_after_a_dry_run_and_with_a_reason() {
    let installation = Installation::founded(&[("zyxname", &[], &["audit"])]).await;
    let server = installation.serve();
    let address = "zyxname@academy.example";

    let copy: Value = serde_json::from_str(&installation.run(&["person", "export", address]).ok()).unwrap();
    let id = copy["person"]["id"].as_str().expect("an id").to_owned();
    assert_eq!((&copy["person"]["name"], &copy["person"]["groups"][0]), (&"zyxname".into(), &"audit".into()));
    let plan = installation.run(&["person", "erase", address, "--dry-run", "--keep-backups", "30d"]).ok();
    assert!(plan.contains("would be erased") && plan.contains("Backups made before may have it until"), "{plan}");
    assert_eq!(installation.run(&["person", "erase", address]).code, Some(2), "a reason is asked for");
    let reason = ["--reason", "zyxname asked."];
    let done = installation.run(&[&["person", "erase", address][..], &reason].concat()).ok();
    assert!(done.contains("was erased") && done.contains("Erased person") && !done.contains("zyxname"), "{done}");
    assert!(installation.run(&["person", "export", address]).failed().contains("no such"));
    let again = installation.run(&[&["person", "erase", &id][..], &reason].concat()).ok();
    assert_eq!(again, done);
    let copy = installation.run(&["person", "export", &id]).ok();
    assert!(!copy.contains("zyxname"), "{copy}");
    installation.run(&["doctor"]).ok();
    assert!(server.stop().0.success());
}
