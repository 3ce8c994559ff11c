//! Answers that cannot be taken.

use serde_json::{Value, json};

use crate::harness::{
    database::assert_same,
    form::{self, PDF},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_answer_is_named_and_none_of_its_company_is_kept() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    author.answer(&reference, &json!({ "title": "As it was", "hours": "2.50" })).await.ok();
    let before = house.database.dump().await;
    let long = "x".repeat(201);
    for (question, value, pointer, code) in [
        ("colour", json!("red"), "/colour", "unknown"),
        ("title", json!(7), "/title", "type"),
        ("title", json!(long), "/title", "too-long"),
        ("title", json!("\u{200b}\u{7}"), "/title", "missing"),
        ("title", json!("turned \u{202e}round"), "/title", "characters"),
        ("hours", json!("2.30"), "/hours", "step"),
        ("hours", json!("-2"), "/hours", "too-small"),
        ("hours", json!("21"), "/hours", "too-large"),
        ("hours", json!("99999999999999999999999999999999999999"), "/hours", "type"),
        ("hours", json!("1e9"), "/hours", "type"),
        ("hours", json!("two"), "/hours", "type"),
        ("hours", json!(["2"]), "/hours", "type"),
        ("completed_on", json!("2026-02-30"), "/completed_on", "type"),
        ("completed_on", json!("30.02.2026"), "/completed_on", "type"),
        ("completed_on", json!("2026-W10-1"), "/completed_on", "type"),
        ("credit_type", json!("ama-pra-1"), "/credit_type", "option"),
        ("reflection", json!("too short"), "/reflection", "too-short"),
        ("attest", json!("yes"), "/attest", "type"),
        ("attest", json!(false), "/attest", "must"),
        ("evidence", json!(["0192f0c4-0000-7000-8000-000000000000"]), "/evidence", "files"),
    ] {
        let answers = json!({ "source": "would be fine", question: value });
        let detail = author.answer(&reference, &answers).await.faulty(pointer, code);
        assert!(detail.len() > 10, "{question}: {detail}");
    }
    // All faults are told at once.
    let many = author.answer(&reference, &json!({ "hours": "-1", "completed_on": "soon", "nothing": 1 })).await.is(422);
    assert_eq!(many["errors"].as_array().map(Vec::len), Some(3), "{many}");
    assert_same(&before, &house.database.dump().await);
    let kept = author.read(&reference).await.ok();
    assert_eq!(kept["answers"], json!({ "title": "As it was", "hours": "2.50" }));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_in_tables_and_lists_of_people_point_at_the_cell() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let before = house.database.dump().await;
    let person = |email: &str| json!({ "name": "Ana", "email": email, "part": "Speaker" });
    let row = |minutes: Value| json!({ "title": "Session", "minutes": minutes, "credit_minutes": 0 });
    for (answers, pointer, code) in [
        (json!({ "agenda": [row(json!(60)), row(json!(0))] }), "/agenda/1/minutes", "too-small"),
        (json!({ "agenda": [row(json!("an hour"))] }), "/agenda/0/minutes", "type"),
        (json!({ "agenda": [{ "colour": "red" }] }), "/agenda/0/colour", "unknown"),
        (json!({ "agenda": "none" }), "/agenda", "type"),
        (json!({ "agenda": vec![row(json!(1)); 101] }), "/agenda", "too-many"),
        (
            json!({ "faculty": [person("ana@faculty.example"), person("ANA@faculty.example")] }),
            "/faculty/1/email",
            "twice",
        ),
        (json!({ "faculty": [person("ana")] }), "/faculty/0/email", "email"),
        (json!({ "audience": ["physicians", "physicians"] }), "/audience", "twice"),
        (json!({ "audience": ["cats"] }), "/audience", "option"),
        (json!({ "expected": 2.5 }), "/expected", "type"),
        (json!({ "expected": 9_223_372_036_854_775_807_i64 }), "/expected", "too-large"),
    ] {
        author.answer(&reference, &answers).await.faulty(pointer, code);
    }
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_without_its_attestation_its_disclosures_and_what_the_course_must_have() {
    let house = House::open().await;
    let author = house.person("author");
    let study = author.begin("self-study").await;
    let mut answers = form::self_study(&house, "2.00");
    answers["attest"] = Value::Null;
    author.answer(&study, &answers).await.ok();
    author.attach(&study, "evidence", "log.pdf", PDF).await.ok();
    let course = author.begin("course-accreditation").await;
    let mut answers = form::course(&house, 30);
    answers["faculty"][0]["disclosure"] = Value::Null;
    answers["agenda"][1]["presenter"] = json!("nobody@faculty.example");
    author.answer(&course, &answers).await.ok();
    let before = house.database.dump().await;
    author.fire(&study, "submit", &json!({})).await.faulty("/attest", "missing");
    let sent = author.fire(&course, "submit", &json!({})).await.is(422);
    let pointers: Vec<&Value> = sent["errors"].as_array().unwrap().iter().map(|fault| &fault["pointer"]).collect();
    assert_eq!(pointers, ["/faculty/0/disclosure", "/agenda/1/presenter", "/materials"]);
    assert_same(&before, &house.database.dump().await);

    // What depends on another answer says in words what to do.
    author.attach(&course, "materials", "slides.pdf", PDF).await.ok();
    for (change, sentence) in [
        (json!({ "ends_on": house.day(29).to_string() }), "last day is before the first"),
        (json!({ "supported": true }), "describe its source"),
        (json!({ "format": "enduring" }), "needs an assessment"),
        (json!({ "agenda": [{ "title": "Talk", "minutes": 60, "credit_minutes": 0 }] }), "No minutes of the agenda"),
    ] {
        author.answer(&course, &form::course(&house, 30)).await.ok();
        author.answer(&course, &change).await.ok();
        let refused = author.fire(&course, "submit", &json!({})).await.refused("unmet");
        assert!(refused["detail"].as_str().unwrap().contains(sentence), "{refused}");
    }
    house.close().await;
}
