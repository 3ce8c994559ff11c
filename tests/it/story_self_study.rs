//! The first story: a practitioner's self-study, from the first answer to the credit.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::harness::{
    client::Client,
    form::{self, PDF, asking, assessment, sent_self_study},
    house::{House, email},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_self_study_is_filled_in_over_days_assessed_changed_and_recognised() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));

    // The draft has its reference at once, and says what it lacks.
    let reference = author.begin("self-study").await;
    assert!(reference.starts_with("SS-20") && reference.ends_with("-0001"), "{reference}");
    let draft = author.read(&reference).await.ok();
    assert_eq!((&draft["state"]["id"], &draft["relation"]), (&json!("draft"), &json!("owner")));
    assert!(draft["missing"].as_array().unwrap().iter().any(|missing| missing["pointer"] == "/hours"));

    // Section by section, over days.
    let answers = form::self_study(&house, "6.50");
    author
        .answer(&reference, &json!({ "title": answers["title"], "completed_on": answers["completed_on"] }))
        .await
        .ok();
    house.advance(2).await;
    let too_early = author.fire(&reference, "submit", &json!({})).await;
    too_early.faulty("/hours", "missing");
    author.answer(&reference, &answers).await.ok();
    let log =
        author.attach(&reference, "evidence", "reading log.txt", "Monday: chapter 1\nTuesday: chapter 2\n").await.ok();
    let certificate = author.attach(&reference, "evidence", "Urkunde ü.pdf", PDF).await.ok();
    assert_eq!(certificate["media_type"], "application/pdf");
    let before = author.read(&reference).await.ok();
    assert_eq!(before["missing"], json!([]));
    assert_eq!(before["answers"]["evidence"], json!([log["id"], certificate["id"]]));
    author.fire(&reference, "submit", &json!({})).await.ok();
    let sent = author.read(&reference).await.ok();
    assert_eq!((&sent["state"]["id"], &sent["state"]["editable"]), (&json!("assessment"), &json!(false)));

    // The assessor finds it, sees its name only, declares no conflict by taking it, and reads.
    assert_eq!(assessor.turn().await, [reference.as_str()]);
    let seen = assessor.read(&reference).await.ok();
    assert_eq!((&seen["relation"], &seen["answers"]), (&json!("candidate"), &Value::Null));
    let file = format!("/submissions/{reference}/files/{}", certificate["id"].as_str().unwrap());
    assessor.get(&file).await.is(403);
    assessor.claim(&reference, "assess").await.ok();
    assert_eq!(assessor.read(&reference).await.ok()["answers"]["hours"], "6.50");
    let download = assessor.get(&file).await;
    assert_eq!((download.status, download.bytes.as_slice()), (200, PDF));
    assert!(download.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));

    // It asks for changes bound to a question and to a file.
    let unbound = assessor.judge(&reference, "assess", &assessment("revise")).await;
    assert_eq!(unbound.status, 422, "{unbound:?}");
    let mut verdict = assessment("revise");
    verdict["requests"] = json!([
        { "question": "reflection", "text": "Say what you will do differently." },
        { "file": certificate["id"], "text": "The certificate has no date." },
    ]);
    assessor.judge(&reference, "assess", &verdict).await.ok();
    house.work().await;

    // The author sees each, answers it, and sends again.
    let back = author.read(&reference).await.ok();
    assert_eq!(back["state"]["id"], "more-info");
    let asked: Vec<(&Value, &Value)> =
        back["requests"].as_array().unwrap().iter().map(|request| (&request["question"], &request["file"])).collect();
    assert_eq!(asked, [(&json!("reflection"), &Value::Null), (&Value::Null, &certificate["id"])]);
    assert_eq!(author.turn().await, [reference.as_str()]);
    author.fire(&reference, "answered", &json!({})).await.refused("open-requests");
    let reflection =
        "I will look at the lung before every film, and after three months count how often it changed what I did next.";
    author.answer(&reference, &json!({ "reflection": reflection, "hours": "6.00" })).await.ok();
    author.delete(&file).await.ok();
    let dated = author.attach(&reference, "evidence", "dated.pdf", PDF).await.ok();
    author.resolve(&reference, 1, "Rewritten.").await.ok();
    author.resolve(&reference, 2, "A dated one is there now.").await.ok();
    author.fire(&reference, "answered", &json!({})).await.ok();
    house.work().await;

    // The assessor sees what changed since, and approves.
    assert_eq!(assessor.turn().await, [reference.as_str()]);
    if assessor.read(&reference).await.ok()["relation"] == "candidate" {
        assessor.claim(&reference, "assess").await.ok();
    }
    let again = assessor.read(&reference).await.ok();
    assert_eq!(again["answers"]["evidence"], json!([log["id"], dated["id"]]));
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();

    // Recognised: the credit stands in the ledger and on the practitioner's page.
    let recognised = author.read(&reference).await.ok();
    assert_eq!((&recognised["state"]["id"], &recognised["state"]["closed"]), (&json!("recognised"), &json!(true)));
    assert_eq!(author.totals().await, json!({ "ama-pra-2": "6.00" }));
    let credits = author.get("/me/credits").await.ok();
    let line = &credits["items"][0];
    assert_eq!((&line["amount"], &line["earned"]), (&json!("6.00"), &answers["completed_on"]));
    let entry = house.ledger_of(&email("author")).await;
    assert_eq!(entry.len(), 1);
    assert_eq!(entry[0].earned, answers["completed_on"].as_str().unwrap().parse::<Date>().unwrap());
    assert_eq!(assessor.totals().await, json!({}));
    house.close().await;
}
