//! More at once than the server wants, and those who ask how it is.

use std::time::Duration;

use imprimatur::blob::Place;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};

use crate::harness::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_at_once_is_turned_away_and_told_when_to_come_back() {
    let house = House::open_with(&[("requests", "1")]).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let mut slow = TcpStream::connect(house.url.strip_prefix("http://").unwrap()).await.unwrap();
    let head = format!(
        "POST /api/v1/submissions/{reference}/files?question=evidence HTTP/1.1\r\nhost: it\r\nx-file-name: a.pdf\r\n\
         authorization: Bearer {}\r\ncontent-length: 4\r\nconnection: close\r\n\r\n%",
        author.token().await
    );
    slow.write_all(head.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(300)).await;

    let busy = author.get("/me").await;
    assert_eq!(busy.headers["retry-after"], "5");
    busy.is(503);
    let page = house.nobody().get("//sign-in").await;
    assert_eq!((page.status, &page.headers["retry-after"]), (503, &"5".parse().unwrap()));
    // Whoever starts and stops this process must still learn that it lives.
    assert_eq!(house.nobody().get("//healthz").await.status, 200);
    assert_eq!(house.nobody().get("//readyz").await.status, 200);

    slow.write_all(b"PDF").await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 2"), "{answer}");
    author.get("/me").await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_whether_it_is_ready_writes_nothing_and_notices_documents_that_are_gone() {
    let house = House::open().await;
    let Place::Directory(folder) = house.app.context.config.blobs.clone() else { panic!("a directory") };
    let staging = folder.join("staging");
    std::fs::create_dir_all(&staging).unwrap();
    let touched = || std::fs::metadata(&staging).unwrap().modified().unwrap();
    let before = touched();
    sleep(Duration::from_millis(30)).await;
    assert_eq!(house.nobody().get("//readyz").await.status, 200);
    assert_eq!(touched(), before, "a file was written or deleted");
    std::fs::rename(&folder, folder.with_extension("away")).unwrap();
    let sick = house.nobody().get("//readyz").await;
    assert_eq!(sick.status, 503);
    assert!(sick["checks"][1]["fault"].is_string(), "{sick:?}");
    std::fs::rename(folder.with_extension("away"), &folder).unwrap();
    house.close().await;
}
