//! Settings as the program reads and shows them.

use std::fs;

use crate::harness::process::{Installation, run};

#[tokio::test(flavor = "multi_thread")]
async fn config_show_tells_each_value_and_its_source_and_no_secret() {
    let installation = Installation::empty().await;
    fs::write(
        installation.folder().join("imprimatur.toml"),
        "listen = '127.0.0.1:1'\nupload_limit = '7MB'\nlog = 'json'\n",
    )
    .unwrap();
    let mut command = installation.command(&["config", "show", "--listen", "127.0.0.1:3"]);
    command
        .env("IMPRIMATUR_LISTEN", "127.0.0.1:2")
        .env("IMPRIMATUR_UPLOAD_LIMIT", "8MB")
        .env("IMPRIMATUR_DATABASE", "postgres://office:sw0rdfish@db/credits")
        .env("IMPRIMATUR_S3_SECRET_KEY", "sw0rdfish");
    let output = command.output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "listen = 127.0.0.1:3  (--listen)",
        "upload_limit = 8MB  (IMPRIMATUR_UPLOAD_LIMIT)",
        "database = postgres://office:***@db/credits  (IMPRIMATUR_DATABASE)",
        "s3_secret_key = ***  (IMPRIMATUR_S3_SECRET_KEY)",
        "session_idle = 12h  (default)",
        "smtp = off  (default)",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "no '{line}' in\n{shown}");
    }
    let from_file = shown.lines().find(|line| line.starts_with("log = ")).unwrap();
    assert!(from_file.contains("json") && from_file.contains("imprimatur.toml"), "{from_file}");
    assert!(!shown.contains("sw0rdfish"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_setting_is_named_with_what_was_expected() {
    let installation = Installation::empty().await;
    let mut command = installation.command(&["serve", "--listen", "everywhere", "--session-idle", "soon"]);
    let output = command.env("IMPRIMATUR_LISTN", "127.0.0.1:1").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    for words in [
        "listen (from --listen) is 'everywhere'; expected an address and port",
        "session_idle (from --session-idle) is 'soon'; expected a duration",
        "IMPRIMATUR_LISTN",
    ] {
        assert!(said.contains(words), "no '{words}' in\n{said}");
    }
}

#[test]
fn a_secret_is_no_flag() {
    let ran = run(&["serve", "--s3-secret-key", "x"]);
    assert_eq!(ran.code, Some(2));
    assert!(!run(&["serve", "--help"]).ok().contains("secret-key"));
}
