//! The first story: a practitioner's self-study, from the first answer to the credit.

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

    let (reference, [log, certificate]) = filled_in_over_days(&house, &author).await;

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
    author.fire(&reference, "answered", &json!({})).await.refused("requests-open");
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
    assessor.claim(&reference, "assess").await.ok();
    let again = assessor.read(&reference).await.ok();
    let changed: Vec<&String> = again["changed"].as_object().unwrap().keys().collect();
    assert_eq!(changed, ["evidence", "hours", "reflection"]);
    assert_eq!(again["changed"]["hours"], "6.5");
    assert_eq!(again["requests"][0]["reply"], "Rewritten.");
    assert_eq!(again["answers"]["evidence"], json!([log["id"], dated["id"]]));
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();

    // Recognised: the credit stands in the ledger and on the practitioner's page.
    let recognised = author.read(&reference).await.ok();
    assert_eq!((&recognised["state"]["id"], &recognised["state"]["closed"]), (&json!("recognised"), &json!(true)));
    assert_eq!(author.totals().await, json!({ "ama-pra-2": "6.00" }));
    let credits = author.get("/me/credits").await.ok();
    let line = &credits["items"][0];
    assert_eq!((&line["amount"], &line["earned"]), (&json!("6.00"), &recognised["answers"]["completed_on"]));
    let entry = house.ledger_of(&email("author")).await;
    assert_eq!(entry.len(), 1);
    assert_eq!(json!(entry[0].earned.to_string()), recognised["answers"]["completed_on"]);
    assert_eq!(assessor.totals().await, json!({}));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_eight_hours_go_to_an_audit_sample_that_no_assessor_of_it_may_join() {
    let house = House::open().await;
    let (author, assessor, sampler) = (house.person("author"), house.person("assessor"), house.person("sampler"));
    house.join("audit", "assessor").await;
    let reference = sent_self_study(&house, &author, "8.25").await;
    assess(&assessor, &reference, &assessment("approve")).await;
    assert_eq!(author.state(&reference).await, "sampled");
    assert_eq!(author.totals().await, json!({}));
    let kept_apart = assessor.claim(&reference, "audit").await.refused("separated");
    assert_eq!(kept_apart["refusal"]["role"], "auditor");
    assert_eq!(kept_apart["refusal"]["acted"], "assessor");
    assert_eq!(sampler.turn().await, [reference.as_str()]);
    sampler.claim(&reference, "audit").await.ok();
    sampler.judge(&reference, "audit", &json!({ "verdict": "revise" })).await.refused("unknown-verdict");
    sampler.judge(&reference, "audit", &json!({ "verdict": "approve" })).await.ok();
    assert_eq!(author.state(&reference).await, "recognised");
    assert_eq!(author.totals().await, json!({ "ama-pra-2": "8.25" }));

    // Exactly eight are no more than eight.
    let reference = sent_self_study(&house, &author, "8").await;
    assess(&house.person("second-assessor"), &reference, &assessment("approve")).await;
    assert_eq!(author.state(&reference).await, "recognised");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_that_nobody_looks_at_for_sixty_days_costs_the_author_nothing() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "12.00").await;
    assess(&house.person("assessor"), &reference, &assessment("approve")).await;
    house.skip(59).await;
    assert_eq!(author.state(&reference).await, "sampled");
    house.skip(2).await;
    assert_eq!(author.state(&reference).await, "recognised");
    assert_eq!(author.totals().await, json!({ "ama-pra-2": "12.00" }));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_two_rounds_of_changes_a_third_wish_is_a_refusal_that_becomes_final() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    let wish = asking(assessment("revise"), ("reflection", "Say what you will do differently."));
    for round in 1..=2 {
        assess(&assessor, &reference, &wish).await;
        assert_eq!(author.state(&reference).await, "more-info");
        author.resolve(&reference, round, "Done.").await.ok();
        author.fire(&reference, "answered", &json!({})).await.ok();
    }
    assess(&assessor, &reference, &wish).await;
    assert_eq!(author.state(&reference).await, "refused");
    author.answer(&reference, &json!({ "hours": "1.00" })).await.is(409);
    house.skip(31).await;
    let end = author.read(&reference).await.ok();
    assert_eq!((&end["state"]["id"], &end["state"]["closed"]), (&json!("closed"), &json!(true)));
    assert_eq!(author.totals().await, json!({}));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_answered_in_time_ends_as_lapsed() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    let wish = asking(assessment("revise"), ("hours", "The log has one hour."));
    assess(&house.person("assessor"), &reference, &wish).await;
    house.skip(46).await;
    assert_eq!(author.state(&reference).await, "lapsed");
    author.fire(&reference, "answered", &json!({})).await.refused("closed");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_assessment_is_handed_to_another_by_the_lead() {
    let house = House::open().await;
    let (author, lead) = (house.person("author"), house.person("lead"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.person("assessor").claim(&reference, "assess").await.ok();
    house.skip(31).await;
    assert_eq!(author.state(&reference).await, "overdue");
    assert_eq!(lead.turn().await, [reference.as_str()]);
    lead.fire(&reference, "reassign", &json!({})).await.ok();
    assess(&house.person("second-assessor"), &reference, &assessment("approve")).await;
    assert_eq!(author.state(&reference).await, "recognised");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_is_told_before_sending_and_never_passed_silently() {
    let house = House::open().await;
    let author = house.person("author");
    let claimed = async |hours: &str| {
        let reference = author.begin("self-study").await;
        author.answer(&reference, &form::self_study(&house, hours)).await.ok();
        author.answer(&reference, &json!({ "kind": "point-of-care", "credit_type": "aafp-elective" })).await.ok();
        author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
        reference
    };
    let recognised = async |reference: &str| {
        assess(&house.person("assessor"), reference, &assessment("approve")).await;
        if author.state(reference).await == "sampled" {
            house.person("sampler").claim(reference, "audit").await.ok();
            house.person("sampler").judge(reference, "audit", &json!({ "verdict": "approve" })).await.ok();
        }
    };
    for hours in ["20.00", "20.00"] {
        let reference = claimed(hours).await;
        author.fire(&reference, "submit", &json!({})).await.ok();
        recognised(&reference).await;
    }

    // 20 are left: 20.25 is too much, and the reason says of what.
    let reference = claimed("20.00").await;
    author.answer(&reference, &json!({ "hours": "19.75" })).await.ok();
    let parallel = claimed("4.00").await;
    author.fire(&parallel, "submit", &json!({})).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    recognised(&reference).await;
    assert_eq!(author.totals().await, json!({ "aafp-elective": "59.75" }));
    let more = claimed("0.50").await;
    let refused = author.fire(&more, "submit", &json!({})).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("At most 60 credits"), "{refused}");
    assert_eq!(refused["refusal"]["values"]["record.point_of_care"], "59.75");
    author.answer(&more, &json!({ "kind": "reading" })).await.ok();
    author.fire(&more, "submit", &json!({})).await.ok();

    // What was sent before and is approved now would pass the cap: it comes back, and nothing is recorded.
    recognised(&parallel).await;
    assert_eq!(author.state(&parallel).await, "weighing");
    assert_eq!(author.totals().await, json!({ "aafp-elective": "59.75" }));
    author.fire(&parallel, "claim-less", &json!({})).await.refused("unmet");
    author.answer(&parallel, &json!({ "hours": "0.25" })).await.ok();
    author.fire(&parallel, "claim-less", &json!({})).await.ok();
    recognised(&parallel).await;
    assert_eq!(author.state(&parallel).await, "recognised");
    assert_eq!(author.totals().await, json!({ "aafp-elective": "60.00" }));
    house.close().await;
}

/// From the first click to the sending: the reference and the two files.
async fn filled_in_over_days(house: &House, author: &Client) -> (String, [Value; 2]) {
    // The draft has its reference at once, and says what it lacks.
    let reference = author.begin("self-study").await;
    assert!(reference.starts_with("SS-20") && reference.ends_with("-0001"), "{reference}");
    let draft = author.read(&reference).await.ok();
    assert_eq!((&draft["state"]["id"], &draft["relation"]), (&json!("draft"), &json!("owner")));
    assert!(draft["missing"].as_array().unwrap().iter().any(|missing| missing["pointer"] == "/hours"));

    // Section by section, over days.
    let answers = form::self_study(house, "6.50");
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
    (reference, [log, certificate])
}

/// Takes the place and judges.
async fn assess(assessor: &Client, reference: &str, verdict: &Value) {
    assessor.claim(reference, "assess").await.ok();
    assessor.judge(reference, "assess", verdict).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cap_counts_every_three_years_that_contain_the_day_claimed() {
    let house = House::open().await;
    let author = house.person("author");
    let claimed = async |day: i64| {
        let reference = author.begin("self-study").await;
        author.answer(&reference, &form::self_study(&house, "8.00")).await.ok();
        let learned = json!({ "kind": "point-of-care", "credit_type": "aafp-elective", "completed_on": house.day(day).to_string() });
        author.answer(&reference, &learned).await.ok();
        author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
        reference
    };
    // 56 hours around one day, and 4 are left there.
    for day in [-1300, -1290, -1280, -1000, -990, -980, -970] {
        let reference = claimed(day).await;
        author.fire(&reference, "submit", &json!({})).await.ok();
        assess(&house.person("assessor"), &reference, &assessment("approve")).await;
        assert_eq!(author.state(&reference).await, "recognised");
    }
    let between = claimed(-1100).await;
    let refused = author.fire(&between, "submit", &json!({})).await.refused("unmet");
    assert_eq!(refused["refusal"]["values"]["record.point_of_care"], "56");
    // Three years earlier and today there is room.
    for day in [-2450, -1] {
        let reference = claimed(day).await;
        author.fire(&reference, "submit", &json!({})).await.ok();
    }
    house.close().await;
}
