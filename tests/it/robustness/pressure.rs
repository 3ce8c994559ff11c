//! More at once than the server wants, and those who ask how it is.

use std::time::Duration;

use imprimatur::blob::Place;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};

use crate::harness::house::House;

/// Before, with one bound for all, the page and the API were turned away as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_one_door_leaves_the_others_open_and_is_told_when_to_come_back() {
    let house = House::open_with(&[("uploads", "1")]).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let mut slow = TcpStream::connect(house.url.strip_prefix("http://").unwrap()).await.unwrap();
    let head = format!(
        "POST /api/v1/submissions/{reference}/files?question=evidence HTTP/1.1\r\nhost: it\r\nx-file-name: a.pdf\r\n\
         authorization: Bearer {}\r\ncontent-length: 50000\r\nconnection: close\r\n\r\n%",
        author.token().await
    );
    slow.write_all(head.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(300)).await;

    let busy = author.attach(&reference, "evidence", "log.pdf", vec![b'%'; 50_000]).await;
    let wait = busy.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    busy.is(503);
    author.get("/me").await.ok();
    assert_eq!(house.nobody().get("//sign-in").await.status, 200);
    // A small file holds no place of theirs.
    assert_ne!(author.attach(&reference, "evidence", "log.txt", "words").await.status, 503);
    let ready = house.nobody().get("//readyz").await;
    assert_eq!(ready.status, 200);
    assert!(ready["checks"][3]["note"].is_string(), "{ready:?}");

    slow.write_all(&vec![b'D'; 49_999]).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 2"), "{answer}");
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
    sleep(Duration::from_millis(1100)).await;
    let sick = house.nobody().get("//readyz").await;
    assert_eq!(sick.status, 200);
    assert!(sick["checks"][1]["note"].is_string(), "{sick:?}");
    std::fs::rename(folder.with_extension("away"), &folder).unwrap();
    house.close().await;
}
