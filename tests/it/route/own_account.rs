//! One's own account: what is printed, the password, where one is signed in.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    browser::Browser,
    client::{Client, send},
    form::sent_self_study,
    house::{House, PASSWORD, email},
};

const CHOSEN: &str = "nine patient otters dive";

#[tokio::test(flavor = "multi_thread")]
async fn what_one_says_of_oneself_is_printed_and_what_is_wrong_or_out_of_date_keeps_what_was_typed() {
    let house = House::open().await;
    let author = Browser::of(&house, "author").await;
    let page = author.get("/account").await;
    let version = page.is(200).says("Your account").says(email("author").as_str()).value("version");
    let typed = |name| [("version", version.as_str()), ("name", name), ("credentials", "MD, FAAFP")];
    let refused = author.post("/account", &typed("")).await;
    assert_eq!(refused.is(422).says("enter the name as it should be printed").value("credentials"), "MD, FAAFP");
    assert_eq!(author.post("/account", &typed("Zadie Quill")).await.is(303).to, "/account");
    author.get("/").await.says("Zadie Quill");
    let late = author.post("/account", &typed("Zadie Late")).await;
    assert_eq!(late.is(409).says("so nothing was saved").value("name"), "Zadie Late");
    let me = house.person("author");
    let read = me.get("/me").await;
    assert_eq!((&read["name"], &read["credentials"]), (&json!("Zadie Quill"), &json!("MD, FAAFP")));
    let told = patch(&me, &json!({ "affiliation": "Platte Clinic" })).await;
    assert_eq!((&told["name"], &told["affiliation"]), (&json!("Zadie Quill"), &json!("Platte Clinic")));
    assert_eq!(me.get("/me").await.version(), told.etag(), "the version that a change goes by");
    assert_ne!(read.version(), told.etag());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_works_where_the_author_does_from_now_on_loses_their_place() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let assessor = house.person("assessor");
    assessor.claim(&reference, "assess").await.ok();
    patch(&assessor, &json!({ "affiliation": "hospital OF the author " })).await.ok();
    assessor.read(&reference).await.is(404);
    // There is one place, and it is free again.
    house.person("second-assessor").claim(&reference, "assess").await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_needs_the_one_of_now_and_ends_what_goes_on_elsewhere() {
    let house = House::open().await;
    let here = Browser::of(&house, "author").await;
    let elsewhere = Browser::of(&house, "author").await;
    let post =
        async |current, chosen| here.post("/account/password", &[("current", current), ("password", chosen)]).await;
    here.get("/account/password").await.is(200).says("The password you have now");
    post("not a heron in sight", CHOSEN).await.is(422).says("this is not your password");
    post(PASSWORD, "short").await.is(422);
    elsewhere.get("/account").await.is(200);
    assert_eq!(post(PASSWORD, CHOSEN).await.is(303).to, "/account");
    here.get("/account").await.is(200);
    assert_eq!(elsewhere.get("/account").await.status, 303, "it has to sign in");
    let door = Browser::with(&house, "");
    let address = email("author");
    let enter = async |password| door.post("/sign-in", &[("email", address.as_str()), ("password", password)]).await;
    enter(PASSWORD).await.is(422);
    enter(CHOSEN).await.is(303);
    let trail = house.person("auditor").get("/trail?kind=sign-in").await.ok();
    let acts: Vec<&Value> = trail["items"].as_array().unwrap().iter().map(|line| &line["act"]).collect();
    assert!(acts.contains(&&json!("password-changed")) && acts.contains(&&json!("sign-in-refused")), "{acts:?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signs_out_elsewhere_and_nobody_signs_somebody_else_out() {
    let house = House::open().await;
    let (here, there) = (Browser::of(&house, "author").await, Browser::of(&house, "author").await);
    let other = Browser::of(&house, "assessor").await;
    let author = house.person("author");
    let sessions = author.get("/me/sessions").await.ok();
    let ids: Vec<String> =
        sessions.as_array().unwrap().iter().map(|session| session["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    for id in &ids {
        house.person("assessor").delete(&format!("/me/sessions/{id}")).await.is(204);
        other.post(&format!("/account/sessions/{id}/end"), &[]).await.is(303);
    }
    let page = here.get("/account/sessions").await;
    page.is(200).says("Here: ").says("Sign out: ");
    let end = page.html.split('"').find(|part| part.ends_with("/end")).unwrap();
    assert_eq!(here.post(end, &[]).await.is(303).to, "/account/sessions");
    here.get("/account/sessions").await.is(200).says("signed in nowhere else");
    assert_eq!(there.get("/account").await.status, 303);
    let third = Browser::of(&house, "author").await;
    third.post("/account/sessions/end-others", &[]).await.is(303);
    assert_eq!(here.get("/account").await.status, 303);
    third.get("/account").await.is(200);
    other.get("/account").await.is(200);
    house.close().await;
}

async fn patch(who: &Client, body: &Value) -> crate::harness::client::Answer {
    send(who.request(Method::PATCH, "/me").await.json(body)).await
}
