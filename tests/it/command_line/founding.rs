//! Founding an installation: the link, another link, and the settings that the server must know too.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, time::Duration};

use imprimatur::store::Store;
use tokio::time::sleep;

use super::{link, typed};
use crate::harness::process::{Installation, Server};

const PUBLIC: [&str; 2] = ["--public-url", "https://credit.example.org"];

/// Opens a link and chooses a password; the status of the answer.
async fn chosen(server: &Server, link: &str) -> u16 {
    let browser = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let welcome = browser.post(format!("{}{link}", server.url));
    typed(welcome, &[("password", "plenty of herons by the weir")]).await.status().as_u16()
}

/// Before, the second `init` said that another server uses the file.
#[tokio::test(flavor = "multi_thread")]
async fn another_link_is_made_beside_the_running_server_until_an_administrator_has_got_in() {
    let installation = Installation::empty().await;
    let lost = link(&installation.init().ok());
    let server = installation.serve();
    let found = link(&installation.init().ok());
    assert_eq!(chosen(&server, &lost).await, 410, "the first link is void");
    assert_eq!(chosen(&server, &found).await, 200);
    for served in [Some(server), None] {
        let said = installation.init().failed();
        assert!(said.contains("is set up already") && said.contains("invite"), "{said}");
        drop(served);
    }
}

/// Before, another short name founded a second organisation in the same database, and another address was answered that
/// it was set up already.
#[tokio::test(flavor = "multi_thread")]
async fn another_link_is_for_what_was_founded_and_for_nothing_else() {
    let installation = Installation::empty().await;
    installation.init().ok();
    let again = |short: &str, address: &str| {
        let flags = ["--time-zone", "America/Chicago", "--name", "Ada Fell", "--organisation", "Academy of Tests"];
        installation.run(&[&["init", "--short", short, "--administrator", address], &flags[..]].concat())
    };
    for served in [false, true] {
        let _server = served.then(|| installation.serve());
        let said = again("XY", "ada@academy.example").failed();
        assert!(said.contains("Academy of Tests (AT) is in this database already"), "{said}");
        let said = again("AT", "adda@academy.example").failed();
        assert!(said.contains("prepared for ada@academy.example"), "{said}");
        link(&again("AT", "Ada@academy.example").ok());
    }
    let store = installation.store().await;
    assert_eq!(store.view().await.unwrap().organisation().await.unwrap().expect("the first").short, "AT");
    store.close().await.unwrap();
}

/// Before, `init` adopted the definitions of its own settings each time.
#[tokio::test(flavor = "multi_thread")]
async fn another_link_leaves_the_definitions_as_the_server_adopted_them() {
    let installation = Installation::empty().await;
    installation.init().ok();
    let workflows = installation.folder().join("own");
    fs::create_dir(&workflows).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("workflows");
    let own = fs::read_to_string(shipped.join("self-study.yaml")).unwrap().replacen("title: ", "title: Our own ", 1);
    fs::write(workflows.join("self-study.yaml"), own).unwrap();
    fs::create_dir(workflows.join("credits")).unwrap();
    for file in fs::read_dir(shipped.join("credits")).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), workflows.join("credits").join(file.file_name())).unwrap();
    }
    let server = installation.serve_with(&["--workflows", workflows.to_str().unwrap()]);
    let current = async || {
        let store = Store::inspect(&installation.address().parse().unwrap()).await.unwrap();
        let view = store.view().await.unwrap();
        let current = view.current_definitions().await.unwrap();
        drop(view);
        store.close().await.unwrap();
        format!("{current:?}")
    };
    // Nobody had proved it: that is done beside the requests.
    let mut before = current().await;
    for _ in 0..300 {
        if before.contains("Our own ") {
            break;
        }
        sleep(Duration::from_millis(100)).await;
        before = current().await;
    }
    assert!(before.contains("Our own "), "{before}");
    assert!(server.stop().0.success());
    installation.init().ok();
    assert_eq!(current().await, before);
}

/// Before, `serve` did not know the public address that the link leads to.
#[tokio::test(flavor = "multi_thread")]
async fn what_init_is_told_is_kept_for_the_server_and_for_nobody_else() {
    let installation = Installation::empty().await;
    let said = installation.init_with(&PUBLIC).ok();
    assert!(said.contains("  https://credit.example.org/welcome/"), "{said}");
    let file = installation.folder().join("imprimatur.toml");
    assert!(said.contains(&format!("kept for the server in {}", file.display())), "{said}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let shown = installation.run(&["config", "show"]).ok();
    let line = format!("public_url = https://credit.example.org  ({})", file.display());
    assert!(shown.lines().any(|shown| shown == line), "{shown}");

    // Told the same once more, nothing is said; told otherwise, the file is the operator's.
    assert!(!installation.init_with(&PUBLIC).ok().contains("imprimatur.toml"));
    let before = fs::read_to_string(&file).unwrap();
    let said = installation.init_with(&["--public-url", "https://other.example.org"]).ok();
    assert!(said.contains("public_url = \"https://other.example.org\""), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_was_told_or_another_file_is_named_no_settings_file_is_made() {
    let installation = Installation::empty().await;
    installation.init().ok();
    let own = installation.folder().join("own.toml");
    fs::write(&own, "log = 'json'\n").unwrap();
    let said = installation.init_with(&["--config", own.to_str().unwrap(), PUBLIC[0], PUBLIC[1]]).ok();
    assert!(said.contains("own.toml") && said.contains("public_url = \"https://credit.example.org\""), "{said}");
    assert!(!installation.folder().join("imprimatur.toml").exists());
    assert_eq!(fs::read_to_string(&own).unwrap(), "log = 'json'\n");
}
