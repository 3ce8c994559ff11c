//! What was handed in before is told to its author and to who judges it, never refused; and nobody attends two sessions at once.

use serde_json::{Value, json};

use crate::harness::{
    form::{PDF, content, course, judge_course, pdf, self_study, sent_self_study},
    house::House,
};

fn before(read: &Value) -> Vec<(String, bool, bool)> {
    let rows = read["handed_in_before"].as_array().expect("a list");
    let row = |row: &Value| {
        let reference = row["reference"].as_str().expect("a reference").to_owned();
        (reference, row["same_author"] == true, row["file"].is_string())
    };
    rows.iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_and_the_same_claim_are_told_with_the_reference() {
    let house = House::open().await;
    let (author, other, assessor) = (house.person("author"), house.person("other-author"), house.person("assessor"));
    let first = sent_self_study(&house, &author, "2").await;
    let again = sent_self_study(&house, &author, "2").await;
    let theirs = sent_self_study(&house, &other, "2").await;
    let own = before(&author.read(&again).await.ok());
    assert_eq!(own, [(first.clone(), true, false), (first.clone(), true, true)]);
    assert!(before(&other.read(&theirs).await.ok()).is_empty(), "what others hand in is none of an author's business");
    assessor.claim(&theirs, "assess").await.ok();
    let judged = before(&assessor.read(&theirs).await.ok());
    for reference in [&first, &again] {
        assert!(judged.contains(&(reference.clone(), false, true)), "{judged:?}");
        assert!(judged.contains(&(reference.clone(), false, false)), "{judged:?}");
    }
    // A file that nobody has, for a study of another day, is nothing new.
    let fresh = author.begin("self-study").await;
    let mut answers = self_study(&house, "2");
    answers["completed_on"] = json!(house.day(-20).to_string());
    author.answer(&fresh, &answers).await.ok();
    author.attach(&fresh, "evidence", "other.pdf", pdf(10, "another one")).await.ok();
    assert!(before(&author.read(&fresh).await.ok()).is_empty());
    // Already at the upload, before anything is sent.
    author.attach(&fresh, "evidence", "again.pdf", PDF).await.ok();
    assert!(before(&author.read(&fresh).await.ok()).contains(&(first, true, true)));
    house.close().await;
}

/// The course that somebody learnt in and taught at, on one day.
#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_recognised_as_learner_and_as_teacher() {
    let house = House::open().await;
    let author = house.person("author");
    let learnt = sent_self_study(&house, &author, "2").await;
    let taught = author.begin("teaching").await;
    let claim = json!({
        "title": "Scanning the lung at the bedside",
        "course": "POINT-OF-CARE ULTRASOUND  of the lung",
        "presented_on": house.day(-10).to_string(),
    });
    author.answer(&taught, &claim).await.ok();
    assert_eq!(before(&author.read(&taught).await.ok()), [(learnt, true, false)]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_at_the_same_time_carry_credit_once() {
    let house = House::open().await;
    let mut answers = course(&house, 30);
    answers["ends_on"] = answers["starts_on"].clone();
    let session = |title: &str| json!({ "title": title, "minutes": 120, "credit_minutes": 120, "starts": "09:00", "ends": "11:00" });
    answers["agenda"] = json!([session("Wounds"), session("Sepsis")]);
    let reference = reviewed_course_with(&house, &answers).await;
    let chair = house.person("chair");
    let approve = |credits: &str| json!({ "note": "Needed.", "answers": { "credits": credits } });
    chair.fire(&reference, "approve", &approve("4.00")).await.refused("unmet");
    chair.fire(&reference, "approve", &approve("2.00")).await.ok();
    house.close().await;
}

async fn reviewed_course_with(house: &House, answers: &Value) -> String {
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    author.answer(&reference, answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    judge_course(house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    reference
}
