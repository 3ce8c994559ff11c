//! Requests that cannot be read, and those of somebody who is not who he says.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use data_encoding::BASE64URL_NOPAD as B64;
use imprimatur::{domain::Standing, model::KeyState};
use reqwest::{Method, header};
use serde_json::{Value, json};

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
    // A null character is nowhere in the database; PostgreSQL does not even look for it.
    for path in ["/submissions/%00", "/queue?search=%00", "/catalogue?search=%00"] {
        let answer = coordinator.get(path).await;
        assert!(matches!(answer.status, 200 | 404 | 422), "{answer:?}");
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

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_used_for_another_request_is_refused_and_the_same_one_is_answered_again() {
    let house = House::open().await;
    let author = house.person("author");
    let begin = async |workflow: &str| {
        let request = author.request(Method::POST, "/submissions").await.header("idempotency-key", "k1");
        send(request.json(&json!({ "workflow": workflow }))).await
    };
    let first = begin("self-study").await.ok();
    let before = house.database.dump().await;
    assert_eq!(begin("self-study").await.ok(), first);
    begin("course-accreditation").await.is(422);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_and_cookies_that_are_not_ours_open_nothing() {
    let house = House::open().await;
    let (author, nobody) = (house.person("author"), house.nobody());
    let good = author.token().await;
    let parts: Vec<&str> = good.split('.').collect();
    let header: Value = serde_json::from_slice(&B64.decode(parts[0].as_bytes()).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&B64.decode(parts[1].as_bytes()).unwrap()).unwrap();
    let keys = house.database.view().await.signing_keys().await.unwrap();
    let key = keys.into_iter().find(|key| key.state == KeyState::Active).unwrap();
    let published = nobody.get("//.well-known/jwks.json").await.bytes;
    let message = |header: &Value, claims: &Value| {
        format!("{}.{}", B64.encode(header.to_string().as_bytes()), B64.encode(claims.to_string().as_bytes()))
    };
    let signed = |header: &Value, claims: &Value| {
        let message = message(header, claims);
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.pkcs8).unwrap();
        format!("{message}.{}", B64.encode(pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref()))
    };
    let without = |claim: &str| {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(claim).unwrap();
        signed(&header, &claims)
    };
    let with = |claim: &str, value: Value| {
        let mut claims = claims.clone();
        claims[claim] = value;
        signed(&header, &claims)
    };
    let named = |alg: &str| {
        let mut header = header.clone();
        header["alg"] = json!(alg);
        header
    };
    let as_hmac = message(&named("HS256"), &claims);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &published), as_hmac.as_bytes());
    let ask = async |value: String| send(nobody.request(Method::GET, "/me").await.header("authorization", value)).await;
    let twin = signed(&header, &claims);
    ask(format!("Bearer {twin}")).await.ok();
    let before = house.database.dump().await;
    for (name, token) in [
        ("alg none", format!("{}.", message(&named("none"), &claims))),
        ("HS256 with the public key", format!("{as_hmac}.{}", B64.encode(tag.as_ref()))),
        ("no aud", without("aud")),
        ("no iss", without("iss")),
        ("no exp", without("exp")),
        ("another aud", with("aud", json!("https://elsewhere.example"))),
        ("expired", with("exp", json!(claims["iat"].as_i64().unwrap() - 3600))),
        ("of nobody", with("sub", json!("0192f0c4-0000-7000-8000-000000000000"))),
        ("cut", good.get(..good.len() - 9).unwrap().to_owned()),
        ("nonsense", "nonsense".to_owned()),
        ("", String::new()),
    ] {
        let refused = ask(format!("Bearer {token}")).await;
        assert_eq!(refused.status, 401, "{name}: {refused:?}");
        refused.is(401);
    }
    for value in ["Basic YTpi", "Bearer", &format!("Token {good}")] {
        ask(value.to_owned()).await.is(401);
    }
    for cookie in
        ["imprimatur=", "imprimatur=nonsense", "imprimatur=\"", "a=b; imprimatur=x; imprimatur=y", "imprimatur=%00"]
    {
        send(nobody.request(Method::GET, "/me").await.header("cookie", cookie)).await.is(401);
    }
    nobody.get("/me").await.is(401);
    assert_same(&before, &house.database.dump().await);

    // Who is suspended is out with the token he has.
    house.change("author", |person| person.standing = Standing::Suspended).await;
    ask(format!("Bearer {good}")).await.is(401);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_post_with_somebodys_cookie() {
    let house = House::open().await;
    let nobody = house.nobody();
    let cookie = house.session("author").await;
    let before = house.database.dump().await;
    let begin = async |headers: &[(&'static str, &str)]| {
        let mut request = nobody.request(Method::POST, "/submissions").await.header("cookie", &cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request.json(&json!({ "workflow": "self-study" }))).await
    };
    begin(&[("origin", "https://evil.example")]).await.is(403);
    begin(&[("origin", "null")]).await.is(403);
    begin(&[("sec-fetch-site", "cross-site"), ("origin", &house.url)]).await.is(403);
    begin(&[("sec-fetch-site", "same-site")]).await.is(403);
    begin(&[]).await.is(403);
    begin(&[("referer", "https://evil.example/form")]).await.is(403);
    assert_same(&before, &house.database.dump().await);
    begin(&[("sec-fetch-site", "same-origin"), ("origin", &house.url)]).await.ok();
    house.close().await;
}
