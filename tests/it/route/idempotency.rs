//! A request repeated with its key is answered with the receipt of the first, whatever it asked for.

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::{
    harness::{
        client::{Answer, Client, send},
        database::assert_same,
        form::PDF,
        house::House,
    },
    route::workflows::{SELF_STUDY, changed, save},
};

/// What a program reads of an answer.
fn told(answer: &Answer) -> (u16, Vec<u8>, [Option<String>; 2]) {
    let headers = ["location", "etag"];
    let headers = headers.map(|name| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()));
    (answer.status, answer.bytes.clone(), headers)
}

/// Sends the same twice, and lets something happen in between.
async fn twice(request: RequestBuilder, key: &str, between: impl AsyncFnOnce(&Answer)) -> Answer {
    let request = request.header("idempotency-key", key);
    let again = request.try_clone().unwrap();
    let first = send(request).await;
    between(&first).await;
    assert_eq!(told(&send(again).await), told(&first), "{key}");
    first
}

async fn post(who: &Client, path: &str, body: &serde_json::Value) -> RequestBuilder {
    who.request(Method::POST, path).await.json(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_change_has_a_receipt_that_is_given_again_whatever_happened_since() {
    let house = House::open().await;
    let (author, administrator) = (house.person("author"), house.person("administrator"));
    let draft = post(&author, "/submissions", &json!({ "workflow": "self-study" })).await;
    let begun = twice(draft, "begin", async |begun| {
        let reference = begun["reference"].as_str().unwrap();
        author.answer(reference, &json!({ "title": "Later" })).await.ok();
    });
    let begun = begun.await.is(201);
    let reference = begun["reference"].as_str().unwrap().to_owned();

    let path = format!("/submissions/{reference}/files?question=evidence");
    let file = author.request(Method::POST, &path).await.header("x-file-name", "log.pdf").body(PDF.to_vec());
    let filed = twice(file, "file", async |filed| {
        let id = filed["id"].as_str().unwrap();
        author.delete(&format!("/submissions/{reference}/files/{id}")).await.ok();
    });
    filed.await.is(201);

    let withdraw =
        post(&author, &format!("/submissions/{reference}/transitions/withdraw"), &json!({ "note": "Not now." })).await;
    twice(withdraw, "step", async |_| {}).await.ok();

    let whom = json!({ "email": "new@example.org", "name": "New Person" });
    let invited = twice(post(&administrator, "/people", &whom).await, "invite", async |invited| {
        let path = format!("/people/{}", invited["id"].as_str().unwrap());
        let request = administrator.request(Method::PATCH, &path).await;
        send(request.json(&json!({ "name": "Another Name" }))).await.ok();
    });
    invited.await.is(201);

    let text = changed(&[("[more-info], to: lapsed, after: P45D", "[more-info], to: lapsed, after: P60D")]);
    assert_ne!(text, SELF_STUDY);
    save(&administrator, &text).await.is(204);
    let propose = post(&administrator, "/workflows/self-study/draft/propose", &json!({})).await;
    let proposed = twice(propose, "propose", async |_| {}).await.is(201);
    let (before, hash) =
        (crate::route::workflows::active(&administrator).await, proposed["hash"].as_str().unwrap().to_owned());

    let why = json!({ "replaces": before, "reason": "It cannot wait." });
    let path = format!("/workflows/self-study/versions/{hash}/activate");
    twice(post(&administrator, &path, &why).await, "activate", async |_| {}).await.ok();

    let plan = json!({ "from": before, "to": hash });
    let planned = post(&administrator, "/workflows/self-study/migrations", &plan).await;
    let planned = twice(planned, "plan", async |planned| {
        let path = format!("/workflows/self-study/migrations/{}/run", planned["id"].as_str().unwrap());
        let run = post(&administrator, &path, &json!({ "reason": "It cannot wait." })).await;
        twice(run, "run", async |_| {}).await.ok();
    });
    planned.await.is(201);
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
