//! Review that is blind both ways.

use std::fs;

use reqwest::Method;
use serde_json::json;

use crate::harness::{client::send, house::House};

/// A workflow in which an essay is read blindly.
pub(crate) const ESSAY: &str = r#"
format: 1
workflow: essay
title: Prize essay
subject: self-study
form:
  - section: essay
    title: Your essay
    questions:
      - { id: title, type: text, label: Title }
      - { id: writers, type: people, label: Who wrote it, disclosure: true }
      - id: parts
        type: table
        label: Parts
        columns:
          - { id: what, type: text, label: Part }
          - { id: whose, type: person, of: writers, label: Written by }
roles:
  author: { is: submitter }
  reader: { group: self-study-assessors, at_least: 2 }
  lead:   { group: self-study-leads, at_least: 1 }
states:
  draft:   { kind: start, label: Draft }
  reading:
    label: Being read
    remind: [P7D]
    tracks:
      read: { label: Blind reading, role: reader, seats: 2, quorum: 1, verdicts: [approve, reject], blind: double }
  chosen:  { label: With the jury, remind: [P7D] }
  over:    { kind: end, label: Over }
transitions:
  send:   { from: [draft], to: reading, by: [author], label: Send }
  choose: { from: [reading], to: chosen, auto: true, when: "complete('read')" }
  close:  { from: [chosen], to: over, by: [lead], label: Close }
"#;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_blindly_learns_nowhere_who_the_author_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("essay.yaml"), ESSAY).unwrap();
    fs::create_dir(folder.path().join("credits")).unwrap();
    let house = House::open_with(&[("workflows", folder.path().to_str().unwrap())]).await;
    let author = house.person("other-author");
    let reference = author.begin("essay").await;
    let answers = json!({
        "title": "On listening",
        "writers": [
            { "name": "other author", "email": "other-author@academy.example", "part": "Writer", "disclosure": "" },
            { "name": "Ben Wolfe", "email": "ben@faculty.example", "part": "Editor", "disclosure": "" },
        ],
        "parts": [{ "what": "All of it", "whose": "other-author@academy.example" }],
    });
    author.answer(&reference, &answers).await.ok();
    author.fire(&reference, "send", &json!({})).await.ok();
    house.work().await;

    let told = async |key: &str| {
        let (person, cookie) = (house.person(key), house.session(key).await);
        let mut told = String::new();
        for path in
            [format!("/submissions/{reference}"), "/me/turn".to_owned(), format!("/submissions/{reference}/offers")]
        {
            told += &String::from_utf8(person.get(&path).await.bytes).unwrap();
        }
        for path in ["//".to_owned(), format!("//s/{reference}"), format!("//s/{reference}/review/read")] {
            let path = if path == "//" { "//?" } else { &path };
            let page = house.nobody().request(Method::GET, path).await.header("cookie", &cookie);
            told += &String::from_utf8(send(page).await.bytes).unwrap();
        }
        told += &house.letters_to(key).await.into_iter().map(|letter| letter.text + &letter.html).collect::<String>();
        told.to_lowercase()
    };
    let names = ["other author", "other-author@", "hospital of the other-author"];
    let known = |told: &str| names.iter().filter(|name| told.contains(*name)).count();

    let before = told("assessor").await;
    assert!(before.contains("on listening") && before.contains("blind reading"), "{before}");
    assert_eq!(known(&before), 0, "{before}");
    let assessor = house.person("assessor");
    assessor.claim(&reference, "read").await.ok();
    let reading = told("assessor").await;
    assert!(reading.contains("ben wolfe") && reading.contains("author@hidden.invalid"), "{reading}");
    assert_eq!(known(&reading), 0, "{reading}");
    assert_eq!(assessor.read(&reference).await.ok()["author"], json!(null));
    assert_eq!(assessor.get(&format!("/submissions/{reference}/history")).await.status, 403);

    assessor.judge(&reference, "read", &json!({ "verdict": "approve" })).await.ok();
    house.work().await;
    assert_eq!(known(&told("assessor").await), 0);
    // Who decides, runs the queue or audits knows; and the author still knows themselves.
    for key in ["lead", "coordinator", "auditor", "other-author"] {
        assert!(known(&told(key).await) > 0, "{key}");
    }
    house.close().await;
}
