//! Starting, stopping and looking after a server.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::harness::process::{Installation, run};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_says_where_it_is_and_that_it_is_ready() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve();
    for page in ["healthz", "readyz"] {
        let answer = reqwest::get(format!("{}/{page}", server.url)).await.unwrap();
        assert_eq!(answer.status(), 200, "{page}: {}", answer.text().await.unwrap());
    }
    let doctor = installation.run(&["doctor"]).ok();
    assert!(doctor.contains("events, states, ledger and references agree"), "{doctor}");
    assert!(!doctor.contains("WRONG"), "{doctor}");
    assert!(doctor.contains("note    mail is off") && !doctor.contains("the mail server takes letters"), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_prepared_is_refused_with_the_command_that_prepares_it() {
    let installation = Installation::empty().await;
    let said = installation.run(&["serve"]).failed();
    assert!(said.contains("imprimatur migrate") && said.contains("imprimatur init"), "{said}");
    let sick = installation.run(&["doctor"]);
    assert_eq!(sick.code, Some(1), "{}{}", sick.out, sick.err);
    for _ in 0..2 {
        assert!(installation.run(&["migrate"]).ok().contains("up to date"));
    }
    let server = installation.serve();
    assert_eq!(reqwest::get(format!("{}/readyz", server.url)).await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_nobody_who_only_keeps_the_line_open() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve();
    let mut idle = TcpStream::connect(server.host()).unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: it\r\n\r\n").unwrap();
    assert_ne!(idle.read(&mut [0; 512]).unwrap(), 0);
    let mut half = TcpStream::connect(server.host()).unwrap();
    half.write_all(
        b"POST /api/v1/token HTTP/1.1\r\nHost: it\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    )
    .unwrap();
    // The request has to have arrived.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let (status, took) = server.stop();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(10), "it took {took:?} though the deadline is two seconds");
    // And the next one starts where this one ended.
    assert!(installation.serve().stop().0.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_flight_is_answered_before_the_stop() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve();
    let mut line = TcpStream::connect(server.host()).unwrap();
    line.write_all(
        b"POST /api/v1/token HTTP/1.1\r\nHost: it\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{",
    )
    .unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let asked = Instant::now();
    let stopping = tokio::task::spawn_blocking(move || server.stop());
    tokio::time::sleep(Duration::from_millis(300)).await;
    line.write_all(b"}").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let (status, _) = stopping.await.unwrap();
    assert!(status.success() && asked.elapsed() < Duration::from_secs(2), "{status} after {:?}", asked.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_same_file_is_refused() {
    let installation = Installation::founded(&[]).await;
    if !installation.is_sqlite() {
        eprintln!("left out: several servers may use one PostgreSQL");
        return;
    }
    let server = installation.serve();
    for command in ["serve", "migrate"] {
        let said = installation.run(&[command]).failed();
        assert!(said.contains("another server uses") && said.contains("PostgreSQL"), "{command}: {said}");
    }
    assert_eq!(reqwest::get(format!("{}/readyz", server.url)).await.unwrap().status(), 200);
    server.kill();
    // A lock that outlived a killed server would keep everybody out.
    installation.serve();
}

#[test]
fn the_demo_is_for_this_machine_only() {
    for address in ["0.0.0.0:0", "[::]:0"] {
        let said = run(&["demo", "--listen", address]).failed();
        assert!(said.contains("this machine only"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_definition_leaves_the_last_good_one_in_place_and_is_reported() {
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    let workflows = installation.folder().join("workflows");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("workflows"), &workflows);
    let flag = ["--workflows", workflows.to_str().unwrap()];
    let server = installation.serve_with(&flag);
    assert_eq!(reqwest::get(format!("{}/readyz", server.url)).await.unwrap().status(), 200);
    let before = current(&installation, &server.url).await;
    assert!(server.stop().0.success());

    let file = workflows.join("self-study.yaml");
    let sound = fs::read_to_string(&file).unwrap();
    fs::write(&file, sound.replacen("to: assessment", "to: asessment", 1)).unwrap();
    let server = installation.serve_with(&flag);
    let answer = reqwest::get(format!("{}/readyz", server.url)).await.unwrap();
    assert_eq!(answer.status(), 200);
    let ready: Value = answer.json().await.unwrap();
    let found = ready["checks"].as_array().unwrap().iter().find(|check| check["name"] == "workflows").unwrap();
    assert!(found["note"].as_str().unwrap().contains("doctor"), "{ready}");
    assert!(!ready.to_string().contains("self-study"), "nothing of the office is told to outsiders: {ready}");
    assert_eq!(current(&installation, &server.url).await, before);
    let sick = installation.run(&[&["doctor"], &flag[..]].concat()).failed();
    assert!(sick.contains("self-study.yaml is refused") && sick.contains("asessment"), "{sick}");
}

/// The current version of each workflow, as the API shows it.
async fn current(installation: &Installation, url: &str) -> Value {
    let token = installation.token("ana");
    let answer = reqwest::Client::new().get(format!("{url}/api/v1/workflows/self-study")).bearer_auth(token);
    let answer = answer.send().await.unwrap().error_for_status().unwrap();
    let workflow: Value = answer.json().await.unwrap();
    assert!(workflow["definition"].is_string(), "{workflow}");
    workflow
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
