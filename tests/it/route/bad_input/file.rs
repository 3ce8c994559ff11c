//! Files that cannot be taken.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::files;
use crate::harness::{
    client::send,
    database::assert_same,
    form::{PDF, sent_self_study},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_empty_disguised_or_badly_named_leaves_nothing_behind() {
    let house = House::open_with(&[("upload_limit", "1MB")]).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let before = (house.database.dump().await, files(&house));

    let large = author.attach(&reference, "evidence", "log.txt", "a line\n".repeat(200_000)).await.is(413);
    assert!(large["detail"].as_str().unwrap().contains('1'), "the limit is named: {large}");
    author.attach(&reference, "evidence", "empty.pdf", "").await.faulty("/file", "empty");
    let program = [b"MZ\x90\0".as_slice(), &[0; 2000]].concat();
    let detail = author.attach(&reference, "evidence", "certificate.pdf", program).await.faulty("/file", "type");
    assert!(detail.contains("program"), "{detail}");
    author.attach(&reference, "evidence", "page.html", "<html><script>1</script>").await.faulty("/file", "type");
    for name in ["invoice\u{202e}fdp.exe", "\u{3164}.pdf", "..", "/", &"x".repeat(201)] {
        author.attach(&reference, "evidence", name, PDF).await.faulty("/file", "name");
    }
    author.attach(&reference, "title", "log.pdf", PDF).await.faulty("question", "unknown");
    author.attach(&reference, "colour", "log.pdf", PDF).await.faulty("question", "unknown");
    let path = format!("/submissions/{reference}/files?question=evidence");
    send(author.request(reqwest::Method::POST, &path).await.body(PDF)).await.is(400);
    house.person("other-author").attach(&reference, "evidence", "log.pdf", PDF).await.is(404);
    assert_same(&before.0, &house.database.dump().await);
    assert_eq!(files(&house), before.1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_kept_without_its_path_with_its_right_ending_and_apart_from_others() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    for (sent, kept) in [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\log.pdf", "log.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("log.txt", "log (2).pdf"),
        ("LOG.pdf", "LOG (3).pdf"),
        ("null\0.pdf", "null.pdf"),
    ] {
        let file = author.attach(&reference, "evidence", sent, PDF).await.ok();
        assert_eq!(file["name"], kept);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_cut_off_half_way_is_as_if_it_had_not_begun() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let before = (house.database.dump().await, files(&house));
    let token = author.token().await;
    for hangs_up in [false, true] {
        let host = house.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).await.unwrap();
        let head = format!(
            "POST /api/v1/submissions/{reference}/files?question=evidence HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
             x-file-name: log.pdf\r\ncontent-length: 100000\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(PDF).await.unwrap();
        if hangs_up {
            stream.shutdown().await.unwrap();
            let mut answer = String::new();
            // Whether an answer comes is the server's choice; that it says no is not.
            let _ = stream.read_to_string(&mut answer).await;
            assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
        }
        drop(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_same(&before.0, &house.database.dump().await);
    assert_eq!(files(&house), before.1);
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_takes_no_more_files_and_gives_none_away() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().unwrap().to_owned();
    let before = house.database.dump().await;
    author.attach(&reference, "evidence", "late.pdf", PDF).await.is(409);
    author.delete(&format!("/submissions/{reference}/files/{file}")).await.is(409);
    author.answer(&reference, &json!({ "hours": "20.00" })).await.is(409);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}
