//! Bodies that are refused while they are still being sent.

use reqwest::header;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::harness::house::House;

/// Bytes of a body that nobody wants.
const MUCH: usize = 12_000_000;

async fn connected(house: &House, head: &str, length: usize) -> TcpStream {
    let address = house.url.strip_prefix("http://").unwrap();
    let mut line = TcpStream::connect(address).await.unwrap();
    let head = format!("{head}\r\nhost: {address}\r\ncontent-length: {length}\r\n\r\n");
    line.write_all(head.as_bytes()).await.unwrap();
    line
}

/// Sends everything before it listens, as browsers do, and reads the head of the answer.
async fn heard(house: &House, head: &str) -> String {
    let mut line = connected(house, head, MUCH).await;
    line.write_all(&vec![b'x'; MUCH]).await.expect("all of it is taken");
    let mut answer = vec![0; 2000];
    let length = line.read(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_twelve_megabytes_before_listening_reads_why_they_are_refused() {
    let house = House::open().await;
    let token = house.person("author").token().await;
    let json = format!("content-type: application/json\r\n{}: Bearer {token}", header::AUTHORIZATION);
    for (head, status) in [
        (format!("POST /api/v1/submissions HTTP/1.1\r\n{json}"), 413),
        ("POST /api/v1/submissions HTTP/1.1\r\ncontent-type: application/json".to_owned(), 401),
        (format!("POST /api/v1/nowhere HTTP/1.1\r\n{json}"), 404),
        ("POST /sign-in HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded".to_owned(), 413),
    ] {
        for _ in 0..3 {
            let answer = heard(&house, &head).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{head}\n{answer}");
        }
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_stops_sending_what_was_refused_is_cut_off() {
    let house = House::open().await;
    let mut line = connected(&house, "POST /api/v1/nowhere HTTP/1.1", 1_000_000_000).await;
    let part = vec![b'x'; 1_000_000];
    let mut sent = 0;
    while sent < 100 && line.write_all(&part).await.is_ok() {
        sent += 1;
    }
    assert!((16..100).contains(&sent), "{sent} MB were taken");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_to_be_told_to_go_on_is_not_told_after_a_refusal() {
    let house = House::open().await;
    let mut line = connected(&house, "POST /api/v1/nowhere HTTP/1.1\r\nexpect: 100-continue", MUCH).await;
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("an answer, and an end");
    assert!(answer.starts_with("HTTP/1.1 404") && !answer.contains("100 Continue"), "{answer}");
    house.close().await;
}
