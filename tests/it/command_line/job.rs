//! Work that was given up: seen to beside a running server.

use std::time::Duration;

use imprimatur::{
    clock::{Clock, new_id},
    domain::{Effect, JobId, MailId},
    model::{Job, TrailFilter},
};
use serde_json::{Value, json};

use crate::harness::process::Installation;

/// Leaves work that was given up.
async fn given_up(installation: &Installation) -> (JobId, JobId) {
    let store = installation.store().await;
    let now = Clock::system().now();
    let tx = store.begin().await.unwrap();
    let delivery = serde_json::to_value(Effect::Deliver { mail: MailId(new_id()) }).unwrap();
    let nonsense = json!({ "effect": "nonsense" });
    let mut ids = Vec::new();
    for (kind, payload) in [("deliver", delivery), ("nonsense", nonsense)] {
        let job = Job::new(JobId(new_id()), kind, payload, now, None);
        ids.push(job.id);
        let job = Job { attempts: 12, failed_at: Some(now), error: Some("no such host".to_owned()), ..job };
        tx.add_job(&job).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    (ids[0], ids[1])
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_was_given_up_is_tried_again_or_let_go_with_a_reason() {
    let installation = Installation::founded(&[]).await;
    let (delivery, nonsense) = given_up(&installation).await;
    let server = installation.serve();
    let doctor = installation.run(&["doctor"]).failed();
    assert!(doctor.contains("WRONG   2 job(s) were given up") && doctor.contains("no such host"), "{doctor}");
    assert!(doctor.contains("note    too few people for self-study"), "{doctor}");
    let listed = installation.run(&["job", "list"]).ok();
    assert!(listed.contains(&format!("{delivery} deliver: no such host")), "{listed}");

    let again = installation.run(&["job", "retry", &delivery.to_string()]).ok();
    assert!(again.contains("again"), "{again}");
    for _ in 0..100 {
        if !installation.run(&["job", "list"]).ok().contains(&delivery.to_string()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let said = installation.run(&["job", "retry", &delivery.to_string()]).failed();
    assert!(said.contains("seen to it already"), "{said}");

    let nonsense = nonsense.to_string();
    assert_eq!(installation.run(&["job", "dismiss", &nonsense]).code, Some(2), "a reason is asked for");
    assert!(installation.run(&["job", "dismiss", &nonsense, "--reason", " "]).failed().contains("say why"));
    let reason = "It came from a trial that is over.";
    installation.run(&["job", "dismiss", &nonsense, "--reason", reason]).ok();
    assert!(installation.run(&["job", "dismiss", &nonsense, "--reason", reason]).failed().contains("already"));
    assert!(installation.run(&["job", "retry", &new_id().to_string()]).failed().contains("no such"));
    assert_eq!(installation.run(&["job", "list"]).ok(), "Nothing was given up.\n");
    let doctor = installation.run(&["doctor"]).ok();
    assert!(doctor.contains("ok      0 job(s) were given up"), "{doctor}");
    assert!(server.stop().0.success());

    let store = installation.store().await;
    let log = store.view().await.unwrap().log(&TrailFilter::default(), None, None, 10).await.unwrap().rows;
    let line = log.iter().find(|line| line.act == "job-dismissed").expect("a line of the log");
    assert_eq!((&line.actor, &line.detail["reason"]), (&None, &Value::from(reason)));
    store.close().await.unwrap();
}
