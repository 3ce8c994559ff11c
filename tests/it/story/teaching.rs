//! Teaching credit: two credits an hour, for a first presentation, once the sponsor has confirmed it.

use serde_json::{Value, json};

use crate::harness::{client::Client, form::PDF, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn a_presenter_claims_two_credits_an_hour_and_the_sponsor_confirms_them() {
    let house = House::open().await;
    let (author, sponsor) = (house.person("author"), house.person("sponsor"));
    let reference = sent(&house, &author, "Wound day 2026").await;
    assert_eq!(sponsor.turn().await, [reference.as_str()]);

    // What does not agree comes back, is corrected and confirmed.
    let mut wish = confirmation("revise");
    wish["requests"] = json!([{ "question": "sessions", "text": "The programme has 45 minutes." }]);
    judge(&sponsor, &reference, &wish).await;
    assert_eq!(author.state(&reference).await, "more-info");
    author
        .answer(&reference, &json!({ "sessions": [session("The leg ulcer", 45, 45), session("Cases", 60, 0)] }))
        .await
        .ok();
    author.resolve(&reference, 1, "Corrected.").await.ok();
    author.fire(&reference, "corrected", &json!({})).await.ok();
    judge(&house.person("second-sponsor"), &reference, &confirmation("approve")).await;
    assert_eq!(author.state(&reference).await, "recognised");
    assert_eq!(author.totals().await, json!({ "ama-pra-1": "1.50" }), "45 minutes twice over; cases were not new");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_presentation_earns_nothing_and_is_told_before_it_is_sent() {
    let house = House::open().await;
    let (author, other) = (house.person("author"), house.person("other-author"));
    let first = sent(&house, &author, "Wound day 2026").await;

    // The same course again, in other letters: refused while the first is being confirmed, and after.
    let again = filled(&house, &author, "  wound DAY 2026").await;
    let refused = author.fire(&again, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("claimed this course already"), "{refused}");
    judge(&house.person("sponsor"), &first, &confirmation("approve")).await;
    author.fire(&again, "submit", &json!({})).await.refused("unmet");

    // A session presented before has no minutes of a first presentation.
    let repeated = filled(&house, &author, "Wound day 2027").await;
    author.answer(&repeated, &json!({ "sessions": [session("The leg ulcer", 60, 0)] })).await.ok();
    let refused = author.fire(&repeated, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("Only a first presentation"), "{refused}");

    // Another presenter of the same course has a claim of their own.
    let theirs = sent(&house, &other, "Wound day 2026").await;
    judge(&house.person("sponsor"), &theirs, &confirmation("reject")).await;
    assert_eq!(other.state(&theirs).await, "refused");
    assert_eq!(other.totals().await, json!({}));
    assert_eq!(author.totals().await, json!({ "ama-pra-1": "2.00" }));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn teaching_is_claimed_after_the_day_and_within_six_years() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = filled(&house, &author, "Wound day").await;
    for (day, code) in [(1, "too-late"), (-6 * 366, "too-early")] {
        author.answer(&reference, &json!({ "presented_on": house.day(day).to_string() })).await.ok();
        author.fire(&reference, "submit", &json!({})).await.faulty("/presented_on", code);
    }
    author.answer(&reference, &json!({ "presented_on": house.day(-6 * 364).to_string() })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_session_has_more_first_minutes_than_minutes_whatever_the_others_have() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = filled(&house, &author, "Wound day").await;
    let sessions = [session("The leg ulcer", 60, 0), session("Cases", 15, 60)];
    author.answer(&reference, &json!({ "sessions": sessions })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.faulty("/sessions/1/first_minutes", "row");
    house.close().await;
}

fn session(title: &str, minutes: u32, first: u32) -> Value {
    json!({ "title": title, "minutes": minutes, "first_minutes": first })
}

fn confirmation(verdict: &str) -> Value {
    json!({ "verdict": verdict, "note": "As the programme says.", "rubric": { "accredited": true, "presented": true, "first_time": true } })
}

async fn judge(sponsor: &Client, reference: &str, verdict: &Value) {
    sponsor.claim(reference, "confirm").await.ok();
    sponsor.judge(reference, "confirm", verdict).await.ok();
}

async fn filled(house: &House, author: &Client, course: &str) -> String {
    let reference = author.begin("teaching").await;
    let answers = json!({
        "title": "The leg ulcer", "course": course, "sponsor": "Academy of Tests",
        "presented_on": house.day(-3).to_string(), "original": true, "no_other": true,
        "sessions": [session("The leg ulcer", 60, 60), session("Cases", 60, 0)],
    });
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "letter", "letter.pdf", PDF).await.ok();
    reference
}

async fn sent(house: &House, author: &Client, course: &str) -> String {
    let reference = filled(house, author, course).await;
    author.fire(&reference, "submit", &json!({})).await.ok();
    reference
}
