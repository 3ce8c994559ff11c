//! Requests that cannot be read.

use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{client::send, database::assert_same, form::PDF, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_or_another_json_is_told_apart() {
    let house = House::open().await;
    let author = house.person("author");
    let before = house.database.dump().await;
    let post = async |body: &str| {
        let request = author.request(Method::POST, "/submissions").await;
        send(request.header(header::CONTENT_TYPE, "application/json").body(body.to_owned())).await
    };
    for body in ["", "{", "{\"workflow\": \"self-study\"", "{\"workflow\": \"self-study\"} {}", "\u{feff}{}"] {
        post(body).await.is(400);
    }
    let deep = format!("{{\"workflow\": \"self-study\", \"colour\": {}", "[".repeat(100_000));
    assert!(matches!(post(&deep).await.status, 400 | 422));
    post("{\"workflow\": 7}").await.faulty("/workflow", "type");
    post("{}").await.is(422);
    post("[\"self-study\"]").await.faulty("", "type");
    post("{\"workflow\": \"self-study\", \"colour\": 1}").await.is(422);
    post("{\"workflow\": \"nonsense\"}").await.is(404);
    post(&format!("{{\"workflow\": \"{}\"}}", "x".repeat(12_000_000))).await.is(413);
    let form = author.request(Method::POST, "/submissions").await;
    send(form.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body("workflow=self-study"))
        .await
        .is(415);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_forms_cursors_dates_numbers_and_keys_are_named() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = author.begin("self-study").await;
    let before = house.database.dump().await;
    let upload = async |boundary: &str, body: &'static [u8]| {
        let path = format!("/submissions/{reference}/files?question=evidence");
        let request = author.request(Method::POST, &path).await;
        send(request.header(header::CONTENT_TYPE, format!("multipart/form-data{boundary}")).body(body)).await
    };
    upload("", PDF).await.is(400);
    upload("; boundary=b", b"--c\r\n").await.is(400);
    upload("; boundary=b", b"--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\nno name\r\n--b--\r\n")
        .await
        .is(400);
    for path in ["/submissions?cursor=nonsense", "/me/turn?cursor=nonsense", "/me/credits?cursor=%00"] {
        author.get(path).await.faulty("cursor", "cursor");
    }
    coordinator.get("/queue?cursor=nonsense").await.faulty("cursor", "cursor");
    for (path, name) in [("/queue?sort=colour", "sort"), ("/queue?person=me", "person"), ("/queue?life=sweet", "life")]
    {
        let answer = coordinator.get(path).await;
        assert_eq!(answer.status, 400, "{answer:?}");
        answer.names(name, "type");
    }
    coordinator.get("/queue?colour=red").await.is(400);
    author.get(&format!("/submissions/{reference}/history?after=-1")).await.is(400);
    for path in ["/submissions/SS-0000-0000", "/submissions/..%2f..", "/workflows/nonsense"] {
        author.get(path).await.is(404);
    }
    // A null character is nowhere in the database; PostgreSQL does not even look for it, and so SQLite does not.
    for (path, status) in [
        ("/submissions/%00", 404),
        ("/submissions/SS-2026-0001%00", 404),
        ("/workflows/%00/draft", 404),
        ("/queue?workflow=%00", 422),
        ("/queue?search=%00", 200),
        ("/catalogue?search=%00", 200),
    ] {
        let answer = coordinator.get(path).await;
        assert_eq!(answer.status, status, "{path}: {answer:?}");
    }
    author.get(&format!("/submissions/{reference}/files/not-an-id")).await.is(404);
    author.post(&format!("/submissions/{reference}/requests/one/resolution"), &json!({})).await.is(404);
    for key in ["", "two words", &"k".repeat(256)] {
        let request = author.request(Method::POST, "/submissions").await.header("idempotency-key", key);
        send(request.json(&json!({ "workflow": "self-study" }))).await.is(400);
    }
    author.get("//api/v1/nothing-here").await.is(404);
    author.delete("/me").await.is(405);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}
