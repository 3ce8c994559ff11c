//! AAFP credit for an activity: session by session, Prescribed with a member and otherwise Elective, and its appeals.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::{Client, send},
    form::PDF,
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn with_a_member_the_approved_sessions_carry_prescribed_credit() {
    let house = House::open().await;
    let (author, chief) = (house.person("author"), house.person("chief"));
    let reference = reviewed(&house, &author, &json!({})).await;
    chief.fire(&reference, "approve-elective", &approved(&["1"], "1.00")).await.refused("not-offered");
    chief.fire(&reference, "approve-prescribed", &approved(&[], "1.00")).await.faulty("/approved", "too-few");
    chief.fire(&reference, "approve-prescribed", &approved(&["7"], "1.00")).await.faulty("/approved", "option");
    let more = chief.fire(&reference, "approve-prescribed", &approved(&["1"], "1.25")).await.refused("unmet");
    assert!(more["detail"].as_str().unwrap().contains("approved sessions do not carry"), "{more}");
    chief.fire(&reference, "approve-prescribed", &approved(&["1", "3"], "1.75")).await.ok();
    assert_eq!(author.state(&reference).await, "prescribed");
    let listed = house.nobody().get("/catalogue").await.ok();
    assert_eq!(
        (&listed["items"][0]["credit"], &listed["items"][0]["maximum"]),
        (&json!("aafp-prescribed"), &json!("1.75"))
    );
    house.skip(366).await;
    assert_eq!(author.state(&reference).await, "expired");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_member_or_for_others_it_is_elective() {
    let house = House::open().await;
    let (author, chief) = (house.person("author"), house.person("chief"));
    for change in [json!({ "member_part": "none" }), json!({ "physicians": false })] {
        let reference = reviewed(&house, &author, &change).await;
        chief.fire(&reference, "approve-prescribed", &approved(&["1"], "1.00")).await.refused("not-offered");
        chief.fire(&reference, "approve-elective", &approved(&["1"], "1.00")).await.ok();
        assert_eq!(author.state(&reference).await, "elective");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn information_that_is_asked_holds_the_clock_and_the_office_may_go_on_without_it() {
    let house = House::open().await;
    let (author, screener) = (house.person("author"), house.person("screener"));
    let reference = sent(&house, &author, &json!({})).await;
    let ask = json!({ "note": "Which guideline is the second session based on?" });
    screener.fire(&reference, "ask-info", &ask).await.ok();
    assert_eq!(author.turn().await, [reference.as_str()]);
    assert_eq!(screener.turn().await, [""; 0], "the office may go on without it, and nobody waits for that");
    house.skip(30).await;
    author.fire(&reference, "informed", &json!({})).await.ok();
    screener.fire(&reference, "ask-info", &ask).await.ok();
    screener.fire(&reference, "go-on", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "review");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_denied_is_revised_once_before_it_is_held() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = denied(&house, &author).await;
    author.fire(&reference, "revise", &json!({})).await.ok();
    author
        .answer(&reference, &json!({ "gap_evidence": "A second audit, of 300 charts, from this spring." }))
        .await
        .ok();
    author.fire(&reference, "revised", &json!({})).await.ok();
    review(&house, &reference).await;
    deny(&house, &reference).await;
    author.fire(&reference, "revise", &json!({})).await.refused("not-offered");
    author.fire(&reference, "let-go", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "final-no");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commission_has_the_final_word_on_an_appeal() {
    let house = House::open().await;
    let author = house.person("author");
    let granted = denied(&house, &author).await;
    author
        .fire(&granted, "appeal", &json!({ "note": "The second session rests on the guideline of 2025." }))
        .await
        .ok();
    house.join("commission", "chief").await;
    house.person("chief").claim(&granted, "commission").await.refused("separated");
    commission(&house, &granted, ["approve", "reject", "approve"]).await;
    assert_eq!(author.state(&granted).await, "granted");
    let step = approved(&["2"], "1.50");
    house.person("second-commissioner").fire(&granted, "grant-prescribed", &step).await.ok();
    assert_eq!(author.state(&granted).await, "prescribed");

    let dismissed = denied(&house, &author).await;
    author.fire(&dismissed, "appeal", &json!({ "note": "Again." })).await.ok();
    commission(&house, &dismissed, ["reject", "reject", "approve"]).await;
    assert_eq!(author.state(&dismissed).await, "dismissed");

    let late = denied(&house, &author).await;
    house.skip(80).await;
    assert_eq!(author.state(&late).await, "final-no");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_taken_up_to_a_year_after_it_was_held() {
    let house = House::open().await;
    let (author, chief) = (house.person("author"), house.person("chief"));
    let held = |day: i64| json!({ "starts_on": house.day(day).to_string(), "ends_on": house.day(day).to_string() });
    let reference = reviewed(&house, &author, &held(-300)).await;
    chief.fire(&reference, "approve-prescribed", &approved(&["1"], "1.00")).await.ok();
    assert_eq!(author.state(&reference).await, "prescribed");
    let late = filled(&house, &author, &held(-366)).await;
    let refused = author.fire(&late, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("365 days"), "{refused}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_carries_no_more_than_its_minutes_and_in_a_series_no_more_than_four_credits_less_a_quarter() {
    let house = House::open().await;
    let author = house.person("author");
    let session = |minutes: u32, credit_minutes: u32| json!([{ "title": "Rounds", "minutes": minutes, "credit_minutes": credit_minutes, "basis": "evidence" }]);
    let reference = filled(&house, &author, &json!({ "format": "series", "sessions": session(300, 300) })).await;
    author.fire(&reference, "submit", &json!({})).await.faulty("/sessions/0/credit_minutes", "row");
    author.answer(&reference, &json!({ "sessions": session(15, 225) })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.faulty("/sessions/0/credit_minutes", "row");
    for page in ["form/sessions", "check"] {
        let cookie = house.session("author").await;
        let page = house.nobody().request(Method::GET, &format!("//s/{reference}/{page}")).await;
        let shown = String::from_utf8(send(page.header("cookie", cookie)).await.bytes).unwrap();
        assert!(shown.contains("No more minutes count for credit than the session takes."), "{shown}");
    }
    author.answer(&reference, &json!({ "sessions": session(300, 225) })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.close().await;
}

/// The chief's decision: which sessions count, and for how much.
fn approved(rows: &[&str], credits: &str) -> Value {
    json!({ "answers": { "approved": rows, "credits": credits } })
}

async fn sent(house: &House, author: &Client, change: &Value) -> String {
    let reference = filled(house, author, change).await;
    author.fire(&reference, "submit", &json!({})).await.ok();
    reference
}

async fn filled(house: &House, author: &Client, change: &Value) -> String {
    let reference = author.begin("aafp-activity").await;
    let session = |title: &str, minutes: u32| json!({ "title": title, "minutes": minutes, "credit_minutes": minutes, "basis": "evidence" });
    let answers = json!({
        "title": "Skin in primary care", "description": "Three talks on what to biopsy, what to freeze and what to leave alone.",
        "format": "live", "starts_on": house.day(150).to_string(), "ends_on": house.day(150).to_string(),
        "physicians": true, "member_part": "planner", "member": "Ada Lowe, 4711",
        "gap": "Two in three excisions in our practices are of harmless lesions.", "gap_evidence": "Pathology reports of 2025, 412 excisions.",
        "faculty": [{ "name": "Ada Lowe", "email": "ada@faculty.example", "part": "Speaker", "disclosure": "" }],
        "sessions": [session("What to biopsy", 60), session("What to freeze", 90), session("What to leave", 45)],
        "supported": false, "evaluation": "A questionnaire after three months.", "truth": true,
    });
    author.answer(&reference, &answers).await.ok();
    author.answer(&reference, change).await.ok();
    author.attach(&reference, "materials", "programme.pdf", PDF).await.ok();
    reference
}

async fn reviewed(house: &House, author: &Client, change: &Value) -> String {
    let reference = sent(house, author, change).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    review(house, &reference).await;
    reference
}

async fn review(house: &House, reference: &str) {
    let verdict = json!({ "verdict": "approve", "note": "Useful.", "rubric": { "relevant": true, "evidence": true, "sessions": ["1", "3"] } });
    for who in ["first-family", "second-family"] {
        house.person(who).claim(reference, "family").await.ok();
        house.person(who).judge(reference, "family", &verdict).await.ok();
    }
}

async fn denied(house: &House, author: &Client) -> String {
    let reference = reviewed(house, author, &json!({})).await;
    deny(house, &reference).await;
    reference
}

async fn deny(house: &House, reference: &str) {
    let step = json!({ "note": "The evidence is thin.", "answers": { "reasons": ["evidence"] } });
    house.person("chief").fire(reference, "deny", &step).await.ok();
}

async fn commission(house: &House, reference: &str, verdicts: [&str; 3]) {
    for (who, verdict) in ["first-commissioner", "second-commissioner", "third-commissioner"].into_iter().zip(verdicts)
    {
        house.person(who).claim(reference, "commission").await.ok();
        house
            .person(who)
            .judge(reference, "commission", &json!({ "verdict": verdict, "note": "Read again." }))
            .await
            .ok();
    }
}
