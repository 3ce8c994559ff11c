//! The numbers of a real server, and the alerts that the operator's page gives over them.

use std::{
    collections::BTreeSet,
    io::Write as _,
    process::{Command, Stdio},
};

use crate::harness::{
    process::{Installation, free_port},
    tool::tool,
};

/// The rules of the page.
fn rules() -> &'static str {
    let page = include_str!("../../../docs/operation.md");
    let (_, from) = page.split_once("```yaml\ngroups:").expect("the rules");
    let end = from.find("```").expect("their end");
    let start = page.len() - from.len() - "groups:".len();
    page.get(start..start + "groups:".len() + end).expect("whole letters")
}

/// What a program of Prometheus says of a text; nothing where it is not here.
fn promtool(arguments: &[&str], text: &str) -> Option<Result<(), String>> {
    let mut command = Command::new(tool("promtool")?);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("promtool");
    child.stdin.take().expect("its input").write_all(text.as_bytes()).expect("a text");
    let output = child.wait_with_output().expect("an end");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Some(if output.status.success() { Ok(()) } else { Err(said) })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_that_an_alert_asks_for_is_there_and_they_follow_the_conventions() {
    let installation = Installation::founded(&[]).await;
    let place = format!("127.0.0.1:{}", free_port());
    let server = installation.serve_with(&["--metrics-listen", &place]);
    assert_eq!(reqwest::get(format!("{}/sign-in", server.url)).await.unwrap().status(), 200);
    let metrics = reqwest::get(format!("http://{place}/metrics")).await.unwrap().text().await.unwrap();
    let there: BTreeSet<&str> = metrics
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect();
    let asked: BTreeSet<&str> = rules()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with("imprimatur_"))
        .collect();
    assert!(asked.len() >= 5, "{asked:?}");
    for name in &asked {
        assert!(there.contains(name), "an alert asks for {name}, which is not among\n{there:#?}");
    }
    for name in there.iter().filter(|name| name.starts_with("imprimatur_")) {
        let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let help =
            metrics.lines().any(|line| [name, &base].iter().any(|name| line.starts_with(&format!("# HELP {name} "))));
        assert!(help, "{name} is not explained");
    }
    if let Some(checked) = promtool(&["check", "metrics"], &metrics) {
        assert_eq!(checked, Ok(()));
    }
    let file = installation.folder().join("rules.yml");
    std::fs::write(&file, rules()).unwrap();
    if let Some(checked) = promtool(&["check", "rules", file.to_str().unwrap()], "") {
        assert_eq!(checked, Ok(()));
    }
}
