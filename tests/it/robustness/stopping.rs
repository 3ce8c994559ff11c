//! Stopping in time, whatever somebody else does.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use imprimatur::domain::Duty;
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt as _, net::TcpListener, time::sleep};

use crate::harness::{client::Client, process::Installation};

/// Before, the worker finished its batch first, thirty seconds a letter: a stop was seen to take 700 s.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_takes_connections_and_says_nothing_does_not_hold_the_stop() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let installation = Installation::founded(&[("ida", &[Duty::Administrator], &[])]).await;
    let smtp = format!("smtp://{}", silent.local_addr().unwrap());
    let server = installation.serve_with(&["--smtp", &smtp]);
    let ida = Client::with_token(server.url.clone(), installation.token("ida"));
    for number in 0..5 {
        let invitation =
            json!({"email": format!("new-{number}@academy.example"), "name": format!("Somebody {number}")});
        ida.post("/people", &invitation).await.ok();
    }
    let (mut line, _) =
        tokio::time::timeout(Duration::from_secs(30), silent.accept()).await.expect("a letter").unwrap();
    let (status, took) = server.stop();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_millis(3500), "it took {took:?} though the deadline is two seconds");
    drop(line.read(&mut [0; 16]).await);
}

/// A request whose answer waits for its last letter.
fn half_asked(host: &str) -> TcpStream {
    let mut line = TcpStream::connect(host).unwrap();
    let head =
        "POST /api/v1/token HTTP/1.1\r\nHost: it\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{";
    line.write_all(head.as_bytes()).unwrap();
    line
}

async fn readyz(url: &str) -> Option<(u16, String, Value)> {
    let answer = reqwest::get(format!("{url}/readyz")).await.ok()?;
    let closes = answer.headers().get("connection").map_or("", |value| value.to_str().unwrap()).to_owned();
    Some((answer.status().as_u16(), closes, answer.json().await.ok()?))
}

/// Before, the listener closed at once, and `readyz` could tell nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_first_and_goes_on_for_a_while() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve_with(&["--drain", "1500ms", "--shutdown-deadline", "6s"]);
    let mut half = half_asked(server.host());
    // Asked over one connection before and after the listener closed.
    let mut kept = TcpStream::connect(server.host()).unwrap();
    let mut answer = [0; 8192];
    kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: it\r\n\r\n").unwrap();
    assert_ne!(kept.read(&mut answer).unwrap(), 0);
    let (url, host, begun) = (server.url.clone(), server.host().to_owned(), Instant::now());
    let stopping = tokio::task::spawn_blocking(move || server.stop());
    sleep(Duration::from_millis(500)).await;
    let (status, closes, body) = readyz(&url).await.expect("an answer");
    assert_eq!((status, closes.as_str(), &body["stopping"]), (503, "close", &json!(true)), "{body}");
    assert_eq!(reqwest::get(format!("{url}/sign-in")).await.unwrap().status(), 200, "others are still served");
    while TcpStream::connect(&host).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(4), "the listener stays open");
        sleep(Duration::from_millis(20)).await;
    }
    assert!(begun.elapsed() > Duration::from_millis(1300), "it closed after {:?}", begun.elapsed());
    kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: it\r\n\r\n").unwrap();
    let read = kept.read(&mut answer).unwrap();
    let last = String::from_utf8_lossy(&answer[..read]).to_lowercase();
    assert!(last.starts_with("http/1.1 200") && last.contains("connection: close"), "{last}");
    half.write_all(b"}").unwrap();
    let mut text = String::new();
    half.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 401"), "{text}");
    let (status, took) = stopping.await.unwrap();
    assert!(status.success() && took < Duration::from_secs(6), "{status} after {took:?}");
}

/// Before, a second signal was not heard, and the stop took its whole deadline.
#[tokio::test(flavor = "multi_thread")]
async fn who_says_stop_twice_means_it() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve_with(&["--shutdown-deadline", "30s"]);
    let _half = half_asked(server.host());
    sleep(Duration::from_millis(200)).await;
    server.signal("TERM");
    sleep(Duration::from_millis(300)).await;
    let (status, took) = server.stop();
    assert!(!status.success() && took < Duration::from_secs(3), "{status} after {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hang_up_reads_the_settings_again_and_ends_nothing() {
    let installation = Installation::founded(&[]).await;
    let server = installation.serve();
    let log = || fs::read_to_string(installation.folder().join("server.log")).unwrap();
    let ask = async || assert_eq!(reqwest::get(format!("{}/healthz", server.url)).await.unwrap().status(), 200);
    ask().await;
    assert!(!log().contains("/healthz"), "probes are not written at info: {}", log());
    let file = installation.folder().join("imprimatur.toml");
    fs::write(&file, "log_filter = 'debug,sqlx=warn'\n").unwrap();
    server.signal("HUP");
    let begun = Instant::now();
    while !log().contains("GET /healthz with 200") {
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", log());
        sleep(Duration::from_millis(100)).await;
        ask().await;
    }
    // What cannot be read changes nothing.
    fs::write(&file, "log_filter = 'debug' colour = 'red'\n").unwrap();
    server.signal("HUP");
    while !log().contains("The settings cannot be used") {
        assert!(begun.elapsed() < Duration::from_secs(40), "{}", log());
        sleep(Duration::from_millis(100)).await;
    }
    ask().await;
    assert!(server.stop().0.success());
}
