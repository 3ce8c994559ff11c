//! Those beside the owner: who writes along, and to whom it is handed over.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::{Client, send},
    form::{PDF, accredited_course, assessment, self_study, sent_self_study},
    house::{House, email},
};

async fn name(author: &Client, reference: &str, key: &str, right: &str) -> crate::harness::client::Answer {
    let body = json!({ "name": "Somebody Else", "email": email(key), "right": right });
    author.post(&format!("/submissions/{reference}/authors"), &body).await
}

async fn told(house: &House, key: &str, words: &str) -> bool {
    house.letters_to(key).await.iter().any(|letter| letter.text.contains(words))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_co_author_is_told_sees_it_writes_where_let_and_can_never_judge_it() {
    let house = House::open().await;
    let (author, along, assessor) = (house.person("author"), house.person("other-author"), house.person("assessor"));
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2")).await.ok();
    along.read(&reference).await.is(404);
    name(&along, &reference, "other-author", "writes").await.is(404);
    name(&author, &reference, "author", "reads").await.is(422);
    name(&author, &reference, "other-author", "reads").await.ok();
    house.work().await;
    assert!(told(&house, "other-author", "named as a co-author").await);
    let read = along.read(&reference).await.ok();
    assert_eq!((&read["relation"], &read["may"]), (&json!("co-author"), &json!(["see", "read"])));
    along.answer(&reference, &json!({ "hours": "3" })).await.is(403);
    let shared = along.get("/me/shared").await.ok();
    assert_eq!(shared[0]["reference"], reference.as_str(), "{shared}");
    name(&author, &reference, "other-author", "writes").await.ok();
    along.answer(&reference, &json!({ "hours": "3" })).await.ok();
    along.attach(&reference, "evidence", "log.pdf", PDF).await.is(201);
    along.fire(&reference, "submit", &json!({})).await.is(403);
    name(&author, &reference, "assessor", "reads").await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    // Conflict-bound as the author is, and hidden from: who judges, and what they say.
    assessor.claim(&reference, "assess").await.is(403);
    house.person("second-assessor").claim(&reference, "assess").await.ok();
    let read = along.read(&reference).await.ok();
    assert_eq!(read["tracks"], json!({}), "{read}");
    let holders: Vec<&Value> = read["turns"].as_array().expect("turns").iter().map(|turn| &turn["person"]).collect();
    assert!(holders.iter().all(|person| person.is_null()), "{read}");
    along.answer(&reference, &json!({ "hours": "4" })).await.is(409);
    // Taken off after it was sent: sees nothing, and judges nothing.
    let id = house.id("other-author");
    author.delete(&format!("/submissions/{reference}/authors/{id}")).await.ok();
    along.read(&reference).await.is(404);
    let id = house.id("assessor");
    author.delete(&format!("/submissions/{reference}/authors/{id}")).await.ok();
    assessor.claim(&reference, "assess").await.is(404);
    house.close().await;
}

/// Somebody without an account gets a letter that says what they need.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_account_is_told_what_they_need() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let body = json!({ "name": "Nia Okafor", "email": "nia@clinic.example", "right": "reads" });
    author.post(&format!("/submissions/{reference}/authors"), &body).await.ok();
    house.work().await;
    let letters = house.letters().await;
    let letter = letters.iter().find(|letter| letter.to.as_str() == "nia@clinic.example").expect("a letter");
    assert!(letter.text.contains("you need an account"), "{}", letter.text);
    house.close().await;
}

async fn hand_over(client: &Client, reference: &str, to: &str, reason: &str) -> crate::harness::client::Answer {
    let body = json!({ "email": email(to), "reason": reason });
    client.post(&format!("/submissions/{reference}/hand-over"), &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_is_handed_over_with_a_reason_and_stays_readable_up_to_that_day() {
    let house = House::open().await;
    let (author, successor) = (house.person("author"), house.person("other-author"));
    let coordinator = house.person("coordinator");
    let reference = sent_self_study(&house, &author, "4").await;
    hand_over(&author, &reference, "other-author", "Mine.").await.is(403);
    house.person("assessor").claim(&reference, "assess").await.ok();
    let ask = crate::harness::form::asking(assessment("revise"), ("hours", "Too many."));
    house.person("assessor").judge(&reference, "assess", &ask).await.ok();
    // Nobody comes to own what they judged.
    hand_over(&coordinator, &reference, "assessor", "They know it.").await.is(422);
    hand_over(&coordinator, &reference, "other-author", "The author has left the hospital.").await.ok();
    house.work().await;
    assert!(told(&house, "other-author", "is yours now").await && told(&house, "author", "was handed over").await);
    assert_eq!(successor.read(&reference).await.ok()["relation"], "owner");
    house.advance(1).await;
    successor.answer(&reference, &json!({ "hours": "2" })).await.ok();
    successor.resolve(&reference, 1, "Two.").await.ok();
    successor.fire(&reference, "answered", &json!({})).await.ok();
    let old = author.read(&reference).await.ok();
    assert_eq!((&old["relation"], &old["answers"]["hours"]), (&json!("former-owner"), &json!("4")), "{old}");
    author.answer(&reference, &json!({ "hours": "9" })).await.is(403);
    let history = coordinator.history(&reference).await;
    let over = history.iter().find(|event| event["what"] == "handed-over").expect("an event");
    assert_eq!(over["text"], "The author has left the hospital.");
    let seen = author.history(&reference).await;
    assert_eq!(seen.last().expect("events")["what"], "handed-over", "what came later is not theirs");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accredited_course_is_handed_over_once_both_agree() {
    let house = House::open().await;
    let (author, successor) = (house.person("author"), house.person("other-author"));
    let coordinator = house.person("coordinator");
    let reference = accredited_course(&house, &author, 30).await;
    hand_over(&coordinator, &reference, "chair", "").await.is(422);
    hand_over(&coordinator, &reference, "other-author", "").await.ok();
    house.work().await;
    assert!(told(&house, "author", "whether you hand this over").await);
    assert!(told(&house, "other-author", "whether you take this over").await);
    let read = successor.read(&reference).await.ok();
    assert!(read["answers"].is_null() && read["relation"] == "successor", "{read}");
    let agree = format!("/submissions/{reference}/hand-over/agree");
    house.person("chair").post(&agree, &json!({})).await.is(403);
    successor.post(&agree, &json!({})).await.ok();
    assert_eq!(author.read(&reference).await.ok()["relation"], "owner", "one is not enough");
    author.post(&agree, &json!({})).await.ok();
    assert_eq!(successor.read(&reference).await.ok()["relation"], "owner");
    assert_eq!(author.read(&reference).await.ok()["relation"], "former-owner");
    successor.fire(&reference, "amend", &json!({})).await.ok();
    author.fire(&reference, "change-dropped", &json!({})).await.is(403);
    house.close().await;
}

/// The pages do the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_name_and_hand_over_too() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let post = async |who: &str, path: &str, body: &'static str| {
        let request = house.nobody().request(Method::POST, &format!("//s/{reference}/{path}")).await;
        let request = request.header("cookie", house.session(who).await).header("sec-fetch-site", "same-origin");
        send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
    };
    let get = async |who: &str, path: &str| {
        let request = house.nobody().request(Method::GET, &format!("//s/{reference}{path}")).await;
        let answer = send(request.header("cookie", house.session(who).await)).await;
        String::from_utf8(answer.bytes).expect("a page")
    };
    let ask = "email=other-author%40academy.example&reason=";
    assert_eq!(post("coordinator", "hand-over", ask).await.status, 303);
    assert!(get("author", "").await.contains("You are asked whether you hand it over"));
    assert!(get("other-author", "/hand-over").await.contains("I agree"));
    assert_eq!(post("other-author", "hand-over/agree", "").await.status, 303);
    assert_eq!(post("author", "hand-over/decline", "").await.status, 303);
    assert_eq!(house.submission(&reference).await.submitter, house.id("author"));
    let name = "name=Ana+Ruiz&email=ana%40clinic.example&right=writes";
    assert_eq!(post("author", "authors", name).await.status, 422, "it was sent");
    house.close().await;
}
