//! Disclosure of financial relationships, and the nursing activity that relies on it.

use serde_json::{Value, json};

use crate::harness::{
    client::Client,
    form::PDF,
    house::{House, email},
};

#[tokio::test(flavor = "multi_thread")]
async fn one_disclosure_is_good_for_twenty_four_months_and_there_is_only_one() {
    let house = House::open().await;
    let (author, officer) = (house.person("author"), house.person("officer"));
    let reference = sent(&house, &author, &json!({})).await;
    assert_eq!(officer.turn().await, [reference.as_str()]);
    check(&officer, &reference, "approve").await;
    assert_eq!(author.state(&reference).await, "clear");
    assert_eq!(author.turn().await, [""; 0]);

    let second = filled(&house, &author, &json!({})).await;
    let refused = author.fire(&second, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("have a disclosure already"), "{refused}");
    house.skip(2 * 365 + 2).await;
    assert_eq!(author.state(&reference).await, "expired");
    author.answer(&second, &json!({ "begins_on": house.day(30).to_string() })).await.ok();
    author.fire(&second, "submit", &json!({})).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_of_an_ineligible_company_is_excluded_but_for_three_exceptions() {
    let house = House::open().await;
    let author = house.person("author");
    let employed = json!({
        "any_relationship": true, "insider": true,
        "relationships": [{ "company": "Bandage Inc.", "nature": "employee", "subject": "Dressings" }],
    });
    let reference = filled(&house, &author, &employed).await;
    let refused = author.fire(&reference, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("three exceptions"), "{refused}");
    author.answer(&reference, &json!({ "exception": "none" })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "excluded", "by the rule, before anybody looks");

    // Whoever claims an exception is looked at by an officer.
    author.fire(&reference, "change", &json!({})).await.ok();
    author.answer(&reference, &json!({ "exception": "technician" })).await.ok();
    author.fire(&reference, "updated", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "review");
    check(&house.person("officer"), &reference, "approve").await;
    assert_eq!(author.state(&reference).await, "clear");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relevant_relationship_is_mitigated_before_the_part_begins_or_the_person_is_excluded() {
    let house = House::open().await;
    let (author, officer) = (house.person("author"), house.person("officer"));
    let speaker = json!({
        "any_relationship": true,
        "relationships": [{ "company": "Bandage Inc.", "nature": "speaker", "subject": "Dressings" }],
    });
    let steps = json!({ "answers": { "steps": ["peer-review"], "how": "Two reviewers read the slides on the third of the month." } });
    let reference = sent(&house, &author, &speaker).await;
    check(&officer, &reference, "reject").await;
    let told = json!({ "note": "The fees of Bandage Inc. bear on your second session." });
    officer.fire(&reference, "must-mitigate", &told).await.ok();
    author.fire(&reference, "mitigation-sent", &steps).await.ok();
    officer.fire(&reference, "confirm", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "mitigated");

    // Somebody else lets the day come.
    let other = house.person("other-author");
    let late = sent(&house, &other, &speaker).await;
    check(&officer, &late, "reject").await;
    officer.fire(&late, "must-mitigate", &told).await.ok();
    house.skip(29).await;
    assert_eq!(other.state(&late).await, "mitigation");
    house.skip(1).await;
    assert_eq!(other.state(&late).await, "excluded");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_counts_from_an_answer_moves_with_it_while_it_can_be_changed() {
    let house = House::open().await;
    let (author, officer) = (house.person("author"), house.person("officer"));
    let speaker = json!({
        "any_relationship": true,
        "relationships": [{ "company": "Bandage Inc.", "nature": "speaker", "subject": "Dressings" }],
    });
    let reference = sent(&house, &author, &speaker).await;
    check(&officer, &reference, "reject").await;
    let told = json!({ "note": "The fees of Bandage Inc. bear on your second session." });
    officer.fire(&reference, "must-mitigate", &told).await.ok();
    author.answer(&reference, &json!({ "begins_on": house.day(60).to_string() })).await.ok();
    house.skip(31).await;
    assert_eq!(author.state(&reference).await, "mitigation", "the day was put off");
    author.answer(&reference, &json!({ "begins_on": house.day(2).to_string() })).await.ok();
    house.skip(3).await;
    assert_eq!(author.state(&reference).await, "excluded", "and brought forward");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nursing_activity_relies_on_disclosures_and_a_reopened_one_stops_only_what_names_the_person() {
    let house = House::open().await;
    let (planner, expert) = (house.person("author"), house.person("other-author"));
    let (screener, officer) = (house.person("screener"), house.person("officer"));
    let reference = activity(&house, &planner).await;
    let refused = screener.fire(&reference, "to-peers", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("no disclosure"), "{refused}");
    assert_eq!(refused["refusal"]["values"]["record.undisclosed"], "2");

    // Each files one; it serves for all.
    let mut disclosures = Vec::new();
    for person in [&planner, &expert] {
        let disclosure = sent(&house, person, &json!({})).await;
        check(&officer, &disclosure, "approve").await;
        disclosures.push(disclosure);
    }
    screener.fire(&reference, "to-peers", &json!({})).await.ok();
    peers(&house, &reference).await;

    // A new relationship of the expert holds this one up until it is looked at.
    expert.fire(&disclosures[1], "change", &json!({})).await.ok();
    let leader = house.person("leader");
    leader.fire(&reference, "approve", &json!({})).await.refused("unmet");
    let grant = json!({ "any_relationship": true, "relationships": [{ "company": "Gauze Ltd", "nature": "grant", "subject": "None of ours" }] });
    expert.answer(&disclosures[1], &grant).await.ok();
    expert.fire(&disclosures[1], "updated", &json!({})).await.ok();
    check(&officer, &disclosures[1], "approve").await;
    leader.fire(&reference, "approve", &json!({})).await.ok();
    assert_eq!(planner.state(&reference).await, "approved");
    let listed = house.nobody().get("/catalogue").await.ok();
    assert_eq!(
        (&listed["items"][0]["credit"], &listed["items"][0]["maximum"]),
        (&json!("ancc-contact-hour"), &json!("1.50"))
    );

    // A change is approved before it is used, and one that is refused leaves what was approved.
    for (verdict, hours) in [("reject", "1.50"), ("approve", "1.25")] {
        planner.fire(&reference, "amend", &json!({})).await.ok();
        planner.answer(&reference, &json!({ "hours": "1.25" })).await.ok();
        let what = json!({ "answers": { "change": "The discussion is shorter by a quarter." } });
        planner.fire(&reference, "change-sent", &what).await.ok();
        let third = house.person("third-nurse");
        third.claim(&reference, "change").await.ok();
        third.judge(&reference, "change", &nursing(verdict)).await.ok();
        assert_eq!(planner.state(&reference).await, "approved");
        assert_eq!(house.nobody().get("/catalogue").await.ok()["items"][0]["maximum"], hours);
    }
    house.skip(2 * 366).await;
    assert_eq!(planner.state(&reference).await, "expired");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_nursing_activity_goes_to_a_panel_that_took_no_part() {
    let house = House::open().await;
    let (planner, expert) = (house.person("author"), house.person("other-author"));
    let reference = activity(&house, &planner).await;
    for person in [&planner, &expert] {
        let disclosure = sent(&house, person, &json!({})).await;
        check(&house.person("officer"), &disclosure, "approve").await;
    }
    house.person("screener").fire(&reference, "to-peers", &json!({})).await.ok();
    peers(&house, &reference).await;
    house.person("leader").fire(&reference, "deny", &json!({ "note": "The gap is not one of nurses." })).await.ok();
    planner.fire(&reference, "appeal", &json!({ "note": "It is: see page two." })).await.ok();
    for who in ["first-elder", "second-elder", "third-elder"] {
        house.person(who).claim(&reference, "panel").await.ok();
        house.person(who).judge(&reference, "panel", &json!({ "verdict": "approve", "note": "It is." })).await.ok();
    }
    house.person("first-elder").fire(&reference, "grant", &json!({})).await.ok();
    assert_eq!(planner.state(&reference).await, "approved");
    house.close().await;
}

async fn filled(house: &House, author: &Client, more: &Value) -> String {
    let reference = author.begin("disclosure").await;
    let answers = json!({
        "title": "Leg ulcers in home care", "begins_on": house.day(30).to_string(),
        "any_relationship": false, "insider": false, "truth": true,
    });
    author.answer(&reference, &answers).await.ok();
    author.answer(&reference, more).await.ok();
    reference
}

async fn sent(house: &House, author: &Client, more: &Value) -> String {
    let reference = filled(house, author, more).await;
    author.fire(&reference, "submit", &json!({})).await.ok();
    reference
}

async fn check(officer: &Client, reference: &str, verdict: &str) {
    let relevant = if verdict == "approve" { "none" } else { "some" };
    officer.claim(reference, "check").await.ok();
    let verdict = json!({ "verdict": verdict, "note": "Read.", "rubric": { "stated": true, "relevant": relevant } });
    officer.judge(reference, "check", &verdict).await.ok();
}

fn nursing(verdict: &str) -> Value {
    json!({ "verdict": verdict, "note": "Read.", "rubric": { "gap_shown": true, "measurable": true, "hours": true } })
}

async fn peers(house: &House, reference: &str) {
    for who in ["first-nurse", "second-nurse"] {
        house.person(who).claim(reference, "peers").await.ok();
        house.person(who).judge(reference, "peers", &nursing("approve")).await.ok();
    }
}

async fn activity(house: &House, planner: &Client) -> String {
    let reference = planner.begin("nursing-activity").await;
    let answers = json!({
        "title": "Compression at the kitchen table",
        "description": "How to choose, apply and check a compression bandage in the patient's home.",
        "starts_on": house.day(40).to_string(), "ends_on": house.day(400).to_string(),
        "gap": "Two bandages in three are too loose after a day, and nobody measures the ankle.",
        "need": ["skill"], "outcome": "Nurses reach 35 to 40 mmHg at the ankle in eight of ten bandages within a month.",
        "planners": [
            { "name": "Ana", "email": email("author"), "part": "Nurse planner" },
            { "name": "Ben", "email": email("other-author"), "part": "Content expert" },
        ],
        "nurse_planner": "Ana, MSN, RN 12345", "qualified": true,
        "sessions": [{ "title": "Bandaging", "minutes": 60 }, { "title": "Discussion and evaluation", "minutes": 30 }],
        "hours": "1.50", "evaluation": "A pressure sensor before and after.", "truth": true,
    });
    planner.answer(&reference, &answers).await.ok();
    planner.attach(&reference, "materials", "plan.pdf", PDF).await.ok();
    planner.fire(&reference, "submit", &json!({})).await.ok();
    reference
}
