//! What the office redacts is gone from every store; hash, who, when and why stay.

use serde_json::json;

use crate::harness::{
    form::{asking, assessment, pdf, self_study},
    house::House,
};

/// A phrase that nobody else writes.
const PATIENT: &str = "Erika Mustermann of room 12";

#[tokio::test(flavor = "multi_thread")]
async fn a_redacted_answer_is_in_no_table_any_more() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let coordinator = house.person("coordinator");
    let reference = author.begin("self-study").await;
    let mut answers = self_study(&house, "2");
    answers["reflection"] = json!(format!("{}. {PATIENT} had a pneumothorax.\n{}", "x".repeat(100), "y".repeat(40)));
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "evidence", "log.pdf", pdf(10, PATIENT)).await.is(201);
    author.fire(&reference, "submit", &json!({})).await.ok();
    assessor.claim(&reference, "assess").await.ok();
    let quoted = format!("{}. {PATIENT} had a pneumothorax.", "x".repeat(100));
    let ask = asking(assessment("revise"), ("reflection", &format!("Who is this: “{quoted}”? Take them out.")));
    assessor.judge(&reference, "assess", &ask).await.ok();
    house.work().await;
    assert!(!left(&house, PATIENT).await.is_empty());
    let path = format!("/submissions/{reference}/redactions");
    let redact = json!({ "question": "reflection", "reason": "It names a patient." });
    for stranger in ["author", "assessor"] {
        house.person(stranger).post(&path, &redact).await.is(403);
    }
    coordinator.post(&path, &json!({ "question": "hours", "reason": "Why not." })).await.is(422);
    coordinator.post(&path, &json!({ "question": "reflection" })).await.is(422);
    coordinator.post(&path, &redact).await.ok();
    house.work().await;
    assert_eq!(left(&house, PATIENT).await, Vec::<String>::new());
    let read = author.read(&reference).await.ok();
    assert_eq!(read["answers"]["reflection"], "(redacted)");
    assert_eq!(read["redactions"][0]["reason"], "It names a patient.");
    assert_eq!(read["redactions"][0]["sha256"].as_str().expect("a hash").len(), 64);
    let told = house.letters_to("author").await;
    assert!(told.iter().any(|letter| letter.text.contains("took something out of it")));
    let history = coordinator.history(&reference).await;
    let event = history.iter().find(|event| event["what"] == "redacted").expect("an event");
    assert_eq!(event["by"]["id"], house.id("coordinator").to_string());
    coordinator.post(&path, &redact).await.is(409);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redacted_file_is_in_no_store_any_more_and_says_why() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2")).await.ok();
    author.attach(&reference, "evidence", "Mustermann.pdf", pdf(300_000, PATIENT)).await.is(201);
    author.fire(&reference, "submit", &json!({})).await.ok();
    let read = author.read(&reference).await.ok();
    let (file, hash) = (read["files"][0]["id"].as_str().expect("an id"), read["files"][0]["sha256"].clone());
    let kept = bytes(&house);
    assert!(kept.iter().any(|bytes| holds(bytes)));
    let path = format!("/submissions/{reference}/redactions");
    coordinator.post(&path, &json!({ "file": file, "reason": "It names a patient." })).await.ok();
    assert!(!bytes(&house).iter().any(|bytes| holds(bytes)), "the bytes are deleted");
    assert_eq!(left(&house, "Mustermann").await, Vec::<String>::new());
    let read = author.read(&reference).await.ok();
    assert_eq!((&read["files"], &read["redactions"][0]["sha256"]), (&json!([]), &hash));
    author.get(&format!("/submissions/{reference}/files/{file}")).await.is(410);
    house.close().await;
}

fn holds(bytes: &[u8]) -> bool {
    bytes.windows(PATIENT.len()).any(|window| window == PATIENT.as_bytes())
}

/// All that lies among the documents.
fn bytes(house: &House) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut folders = vec![house.app.context.config.data.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if !entry.path().to_string_lossy().contains(".db") {
                found.extend(std::fs::read(entry.path()));
            }
        }
    }
    found
}

/// Rows of the database with these words in them.
async fn left(house: &House, words: &str) -> Vec<String> {
    let dump = house.database.dump().await;
    let rows = dump.iter().flat_map(|(table, rows)| rows.iter().map(move |row| format!("{table}: {row}")));
    rows.filter(|row| row.contains(words)).collect()
}
