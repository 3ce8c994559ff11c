//! Who is away holds nothing up: places pass on or wait, as each group says, and the office knows.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::send,
    form::{reviewed_course, sent_self_study},
    house::House,
};

/// Absent for so many days, from a day on.
fn away(house: &House, first: i64, last: i64) -> Value {
    json!({ "first": house.day(first).to_string(), "last": house.day(last).to_string() })
}

async fn unassigned(house: &House) -> Vec<String> {
    let queue = house.person("coordinator").get("/queue?attention=unassigned").await.ok();
    let rows = queue["items"].as_array().expect("rows").clone();
    rows.iter().map(|row| row["reference"].as_str().expect("a reference").to_owned()).collect()
}

async fn told(house: &House, key: &str, words: &str) -> bool {
    house.letters_to(key).await.iter().any(|letter| letter.text.contains(words))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_of_who_is_away_passes_on_and_no_new_one_is_offered() {
    let house = House::open().await;
    let assessor = house.person("assessor");
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    assessor.claim(&reference, "assess").await.ok();
    house.work().await;
    assert!(unassigned(&house).await.is_empty());
    assessor.post("/me/absences", &away(&house, 0, 20)).await.is(204);
    assert_eq!(unassigned(&house).await, [reference.as_str()]);
    house.work().await;
    assert!(told(&house, "coordinator", "is away from").await);
    assert!(told(&house, "coordinator", "is free again").await);
    assert!(told(&house, "coordinator", "away until").await);
    let before = house.letters_to("assessor").await.len();
    assessor.claim(&reference, "assess").await.refused("away");
    let other = sent_self_study(&house, &house.person("other-author"), "3").await;
    house.advance(15).await;
    assert_eq!(house.letters_to("assessor").await.len(), before, "letters about others' work wait");
    let coordinator = house.person("coordinator");
    coordinator.assign(&other, "assess", house.id("assessor")).await.refused("away");
    house.person("second-assessor").claim(&reference, "assess").await.ok();
    let mine = assessor.get("/me/absences").await.ok();
    let id = mine[0]["id"].as_str().expect("an id").to_owned();
    assessor.delete(&format!("/me/absences/{id}")).await.is(204);
    assessor.claim(&other, "assess").await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_places_wait_they_stay_and_a_letter_comes_on_the_first_day_back() {
    let house = House::open().await;
    let (assessor, administrator) = (house.person("assessor"), house.person("administrator"));
    let wait = administrator.request(Method::PUT, "/groups/self-study-assessors/places-wait").await;
    send(wait).await.is(204);
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let other = sent_self_study(&house, &house.person("other-author"), "4").await;
    assessor.claim(&reference, "assess").await.ok();
    house.work().await;
    assessor.post("/me/absences", &away(&house, 0, 10)).await.is(204);
    house.work().await;
    assert!(!unassigned(&house).await.contains(&reference));
    assessor.claim(&other, "assess").await.refused("away");
    let before = house.letters_to("assessor").await.len();
    house.advance(8).await;
    assert_eq!(house.letters_to("assessor").await.len(), before, "the reminder after seven days waits");
    house.advance(4).await;
    assert!(told(&house, "assessor", "waited for you").await);
    // Another word of the group counts at once, also for who is away already.
    assessor.post("/me/absences", &away(&house, 0, 3)).await.is(204);
    administrator.delete("/groups/self-study-assessors/places-wait").await.is(204);
    assert!(unassigned(&house).await.contains(&reference));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_of_a_group_of_whom_all_are_away_is_told_to_the_office_and_goes_on_when_one_is_back() {
    let house = House::open().await;
    let reference = reviewed_course(&house, &house.person("author"), 60).await;
    let administrator = house.person("administrator");
    for chair in ["chair", "second-chair"] {
        let path = format!("/people/{}/absences", house.id(chair));
        administrator.post(&path, &away(&house, 2, 9)).await.is(204);
    }
    house.work().await;
    assert!(told(&house, "chair", "You are away from").await, "entered by the office");
    assert!(!told(&house, "coordinator", "Too few people").await, "not before the day");
    house.advance(3).await;
    assert!(told(&house, "coordinator", "Too few people").await);
    assert!(unassigned(&house).await.contains(&reference));
    house.person("chair").fire(&reference, "ask-changes", &json!({ "note": "Add a reference." })).await.refused("away");
    house.advance(8).await;
    let submission = house.submission(&reference).await;
    assert!(submission.item.unstaffed.is_empty(), "{:?}", submission.item.unstaffed);
    house.person("chair").fire(&reference, "ask-changes", &json!({ "note": "Add a reference." })).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_they_themselves_and_the_office_say_when_somebody_is_away() {
    let house = House::open().await;
    let path = format!("/people/{}/absences", house.id("assessor"));
    let days = away(&house, 1, 2);
    for stranger in ["author", "lead", "auditor"] {
        house.person(stranger).post(&path, &days).await.is(403);
        house.person(stranger).get(&path).await.is(403);
    }
    let assessor = house.person("assessor");
    for (first, last) in [(3, 1), (-9, -3), (0, 900)] {
        assessor.post("/me/absences", &away(&house, first, last)).await.is(422);
    }
    house.person("coordinator").post(&path, &days).await.is(204);
    let seen = page(&house, "/absence").await;
    assert!(seen.contains("Not away from"), "{seen}");
    house.close().await;
}

async fn page(house: &House, path: &str) -> String {
    let request = house.nobody().request(Method::GET, &format!("/{path}")).await;
    let answer = send(request.header("cookie", house.session("assessor").await)).await;
    String::from_utf8(answer.bytes).expect("a page")
}
