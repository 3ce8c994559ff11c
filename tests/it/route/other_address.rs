//! Another address: asked for, confirmed by both, and what hangs on it.

use imprimatur::domain::Email;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    browser::{Browser, Page},
    client::send,
    form::{PDF, course},
    house::{House, PASSWORD, email},
    post_office::PostOffice,
};

const NEW: &str = "ana@clinic.example";

/// The link in the last letter to an address.
fn link(post: &PostOffice, to: &str) -> String {
    let letters = post.letters();
    let letter = letters.iter().rev().find(|letter| letter.contains(&format!("To: {to}"))).expect("a letter");
    let whole = letter.replace("=\r\n", "").replace("=\n", "");
    let (_, rest) = whole.split_once("/address/").unwrap_or_else(|| panic!("no link in {letter}"));
    format!("/address/{}", rest.chars().take(43).collect::<String>())
}

async fn ask(browser: &Browser<'_>, to: &str, password: &str) -> Page {
    browser.post("/account/address", &[("email", to), ("password", password)]).await
}

async fn address(house: &House, key: &str) -> String {
    let view = house.database.view().await;
    view.person(house.id(key)).await.unwrap().unwrap().email.to_string()
}

async fn signs_in(house: &House, address: &str) -> bool {
    let page = Browser::with(house, "").post("/sign-in", &[("email", address), ("password", PASSWORD)]).await;
    page.status == 303
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_ones_own_once_both_addresses_have_confirmed_it_whichever_is_first() {
    let post = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &post.url)]).await;
    let author = Browser::of(&house, "author").await;
    author.get("/account").await.says("/account/address");
    author.get("/account/address").await.is(200).says(&email("author"));
    let refused = ask(&author, NEW, "not a heron in sight").await;
    assert_eq!(refused.is(422).says("this is not your password").value("email"), NEW);
    ask(&author, &email("author"), PASSWORD).await.is(422).says("enter another address");
    ask(&author, "nowhere", PASSWORD).await.is(422);
    assert_eq!(ask(&author, NEW, PASSWORD).await.is(303).to, "/account/address");
    house.work().await;
    let first = link(&post, &email("author"));
    // Another one takes its place, and its links say so.
    ask(&author, "ana@other.example", PASSWORD).await.is(303);
    ask(&author, NEW, PASSWORD).await.is(303);
    house.work().await;
    author.get("/account/address").await.says("neither address has confirmed it yet");
    let nobody = Browser::with(&house, "");
    nobody.get(&first).await.is(410).says("took the place of this one");
    nobody.post(&first, &[]).await.is(410);
    let (old, new) = (link(&post, &email("author")), link(&post, NEW));
    nobody.get(&new).await.is(200).says(NEW);
    nobody.get(&new).await.is(200);
    nobody.post(&new, &[]).await.is(303);
    assert_eq!(address(&house, "author").await, email("author"));
    nobody.post(&new, &[]).await.is(410).says("confirmed already");
    let told = house.person("author").get("/me/address").await.ok();
    assert_eq!((&told["asked"], &told["confirmed_by_old"]), (&json!(NEW), &Value::Null));
    assert!(told["confirmed_by_new"].is_string());
    nobody.get(&old).await.is(200).says(&email("author"));
    nobody.post(&old, &[]).await.is(303);
    assert_eq!(address(&house, "author").await, NEW);
    nobody.get(&old).await.is(410);
    author.get("/account").await.is(200).says(NEW);
    assert!(signs_in(&house, NEW).await && !signs_in(&house, &email("author")).await);
    // It is still known who that was, and the trail says what became of it.
    let view = house.database.view().await;
    let former: Email = email("author").parse().unwrap();
    assert_eq!(view.person_by_any_address(&former).await.unwrap().expect("somebody").id, house.id("author"));
    drop(view);
    let trail = house.person("auditor").get("/trail").await.ok();
    let line = trail["items"].as_array().unwrap().iter().find(|line| line["act"] == "address-changed").unwrap();
    assert_eq!(line["detail"]["before"]["address"], email("author"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_expire_and_an_address_of_somebody_else_is_answered_like_any_other() {
    let post = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &post.url)]).await;
    let author = Browser::of(&house, "author").await;
    ask(&author, NEW, PASSWORD).await.is(303);
    house.work().await;
    let late = link(&post, NEW);
    assert!(house.app.context.clock.advance(SignedDuration::from_hours(49)));
    Browser::with(&house, "").post(&late, &[]).await.is(410).says("has expired");
    let author = Browser::of(&house, "author").await;
    let told = house.person("author").get("/me/address").await.ok();
    assert_eq!(told["asked"], Value::Null);
    let theirs = email("assessor");
    let (free, taken) = (ask(&author, NEW, PASSWORD).await, ask(&author, &theirs, PASSWORD).await);
    assert_eq!((free.status, free.to, free.html), (taken.status, taken.to, taken.html));
    author.get("/account/address").await.says(&theirs).says("neither address has confirmed it yet");
    house.work().await;
    let letters = post.letters();
    let told = letters.iter().rev().find(|letter| letter.contains(&format!("To: {theirs}"))).expect("a letter");
    assert!(told.contains("known here already") && !told.contains("/address/"), "{told}");
    Browser::with(&house, "").post(&link(&post, &email("author")), &[]).await.is(303);
    assert_eq!((address(&house, "author").await, address(&house, "assessor").await), (email("author"), theirs));
    // No more than five an hour.
    let mut asked = 0;
    while ask(&author, NEW, PASSWORD).await.status == 303 {
        asked += 1;
        assert!(asked < 10, "nobody is stopped");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_named_under_their_new_address_loses_their_place_and_one_of_before_still_counts() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let mut answers = course(&house, 30);
    for address in [NEW, email("lead").as_str()] {
        let named = json!({ "name": "Somebody", "email": address, "part": "Speaker", "disclosure": "" });
        answers["faculty"].as_array_mut().unwrap().push(named);
    }
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    let office = house.person("administrator");
    let give = async |key: &str, to: &str| {
        let path = format!("/people/{}/address", house.id(key));
        send(office.request(Method::PUT, &path).await.json(&json!({ "email": to }))).await
    };
    house.person("screener").read(&reference).await.ok();
    give("screener", NEW).await.is(204);
    house.person("screener").read(&reference).await.is(404);
    // Named under the address of before.
    house.person("lead").read(&reference).await.is(404);
    give("lead", "lead@elsewhere.example").await.is(204);
    house.person("lead").read(&reference).await.is(404);
    // Nobody gets an address that somebody has, or had.
    give("second-screener", NEW).await.faulty("/email", "taken");
    give("second-screener", &email("lead")).await.faulty("/email", "taken");
    give("second-screener", &email("second-screener")).await.faulty("/email", "same");
    let path = format!("/people/{}/address", house.id("screener"));
    let request = house.person("coordinator").request(Method::PUT, &path).await;
    send(request.json(&json!({ "email": "x@y.example" }))).await.is(403);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_along_stays_so_and_where_letters_are_off_the_page_says_who_changes_it() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let along = json!({ "name": "Other Author", "email": email("other-author"), "right": "reads" });
    author.post(&format!("/submissions/{reference}/authors"), &along).await.ok();
    let other = Browser::of(&house, "other-author").await;
    other.get("/account/address").await.is(200).says("an administrator changes yours");
    ask(&other, NEW, PASSWORD).await.is(409).says("so no address can be confirmed");
    let administrator = Browser::of(&house, "administrator").await;
    let page = format!("/people/{}/address", house.id("other-author"));
    administrator.get(&page).await.is(200);
    administrator.post(&page, &[("email", &email("author"))]).await.is(422).says("somebody else here has this address");
    administrator.post(&page, &[("email", NEW)]).await.is(303);
    house.person("other-author").read(&reference).await.ok();
    other.get("/").await.says(&reference);
    let path = format!("/submissions/{reference}/authors/{}", house.id("other-author"));
    author.delete(&path).await.ok();
    house.person("other-author").read(&reference).await.is(404);
    // Named once more under the address of before, they are the same person.
    author.post(&format!("/submissions/{reference}/authors"), &along).await.ok();
    house.person("other-author").read(&reference).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_somebody_takes_their_addresses_of_before_too() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    house.change("author", |person| person.email = "zyxformer@academy.example".parse().unwrap()).await;
    let path = format!("/people/{}", house.id("author"));
    let request = administrator.request(Method::PATCH, &path).await;
    send(request.json(&json!({ "credentials": "MD" }))).await.ok();
    let request = administrator.request(Method::PUT, &format!("{path}/address")).await;
    send(request.json(&json!({ "email": NEW }))).await.ok();
    house.work().await;
    assert!(house.database.places("zyxformer").await.len() > 2);
    administrator.post(&format!("{path}/erasure"), &json!({ "reason": "They asked for it." })).await.ok();
    assert_eq!(house.database.places("zyxformer").await.len(), 0);
    assert_eq!(house.database.places("clinic.example").await.len(), 0);
    house.close().await;
}
