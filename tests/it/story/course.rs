//! The second story: a course, from the draft to the teaching credit, and every way in which it can end.

use serde_json::{Value, json};

use crate::harness::{
    client::Client,
    form::{
        self, CREDITS, accredited_course, asking, content, interest, judge_course, reviewed_course, sent_course,
        taken_between_meetings,
    },
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_course_is_returned_with_coded_reasons_and_can_be_sent_again() {
    let house = House::open().await;
    let (author, screener) = (house.person("author"), house.person("screener"));
    let reference = sent_course(&house, &author, 60).await;
    assert!(reference.starts_with("CA-20"), "{reference}");
    assert_eq!(screener.turn().await, [reference.as_str()]);

    let reasons = json!({ "reasons": ["disclosure", "citations"] });
    screener.fire(&reference, "send-back", &json!({ "answers": reasons })).await.refused("note-missing");
    let unnamed = screener.fire(&reference, "send-back", &json!({ "note": "Slide 3 cites no source." })).await;
    unnamed.faulty("/reasons", "missing");
    let unknown = json!({ "note": "Slide 3.", "answers": { "reasons": ["ugly"] } });
    screener.fire(&reference, "send-back", &unknown).await.faulty("/reasons", "option");
    let back = json!({ "note": "Slide 3 cites no source.", "answers": reasons });
    screener.fire(&reference, "send-back", &back).await.ok();

    // The author reads why, completes it and sends it again.
    let read = author.read(&reference).await.ok();
    assert_eq!((&read["state"]["id"], &read["state"]["editable"]), (&json!("returned"), &json!(true)));
    let history = author.history(&reference).await;
    let returned = history.iter().find(|event| event["transition"] == "send-back").unwrap();
    assert_eq!((&returned["text"], &returned["answers"]), (&back["note"], &reasons));
    assert_eq!(returned["by"], Value::Null, "the author does not learn who screens");
    author.answer(&reference, &json!({ "gap_evidence": "Chart review of 210 patients, Table 2, 2025." })).await.ok();
    author.fire(&reference, "resubmit", &json!({})).await.ok();
    screener.fire(&reference, "send-back", &back).await.ok();
    author.fire(&reference, "resubmit", &json!({})).await.ok();
    screener.fire(&reference, "send-back", &back).await.refused("not-offered");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reviewers_are_sealed_from_each_other_and_the_author_until_the_review_is_complete() {
    let house = House::open().await;
    let author = house.person("author");
    let (first, second) = (house.person("first-reviewer"), house.person("second-reviewer"));
    let reference = sent_course(&house, &author, 60).await;
    house.person("chair").read(&reference).await.is(404);
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();

    // One takes a place, one is given a place and reads nothing before declaring.
    first.claim(&reference, "content").await.ok();
    house.person("coordinator").assign(&reference, "content", house.id("second-reviewer")).await.ok();
    let invited = second.read(&reference).await.ok();
    assert_eq!((&invited["relation"], &invited["answers"]), (&json!("invited"), &Value::Null));
    second.judge(&reference, "content", &content("approve")).await.refused("undeclared");
    second.declare(&reference, "content").await.ok();
    assert_eq!(second.read(&reference).await.ok()["answers"]["title"], "Chronic wounds in home care");

    // What one says the other does not learn while the review is open, nor does the author.
    first.judge(&reference, "content", &asking(content("revise"), ("objectives", "Say by how much."))).await.ok();
    let sealed = second.read(&reference).await.ok();
    let seats = sealed["tracks"]["content"]["seats"].as_array().unwrap();
    assert_eq!(seats.len(), 1, "{seats:?}");
    assert_eq!(seats[0]["person"]["name"], "second reviewer, MD");
    assert_eq!(sealed["requests"], json!([]));
    second.get(&format!("/submissions/{reference}/history")).await.is(403);
    let unknowing = author.read(&reference).await.ok();
    assert_eq!((&unknowing["tracks"], &unknowing["requests"]), (&json!({}), &json!([])));
    let told = author.get(&format!("/submissions/{reference}/history")).await;
    assert!(!String::from_utf8_lossy(&told.bytes).contains("reviewer"), "{told:?}");

    let officer = house.person("officer");
    officer.claim(&reference, "interest").await.ok();
    officer.judge(&reference, "interest", &interest("approve")).await.ok();
    assert_eq!(author.state(&reference).await, "review", "one of two content reviews is in");
    second.judge(&reference, "content", &content("approve")).await.ok();
    assert_eq!(author.state(&reference).await, "docket");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_asks_for_changes_and_approves_what_two_reviewers_approved_with_what_the_agenda_carries() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = sent_course(&house, &author, 60).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    let wish = asking(content("revise"), ("objectives", "Say by how much."));
    judge_course(&house, &reference, ["first-reviewer", "second-reviewer"], &wish).await;

    // Without two approvals nothing is accredited.
    let approve = json!({ "answers": { "credits": CREDITS } });
    assert_eq!(chair.turn().await, [reference.as_str()]);
    chair.fire(&reference, "approve", &approve).await.refused("not-offered");
    chair.fire(&reference, "ask-changes", &json!({})).await.refused("note-missing");
    let changes = asking(json!({ "note": "One change before we decide." }), ("gap", "Say for whom."));
    chair.fire(&reference, "ask-changes", &changes).await.ok();
    let asked = author.read(&reference).await.ok();
    assert_eq!(asked["state"]["id"], "revision");
    let asked: Vec<u64> =
        asked["requests"].as_array().unwrap().iter().map(|request| request["number"].as_u64().unwrap()).collect();
    assert_eq!(asked, [1, 2, 3], "the reviewers' wishes and the committee's");
    for number in asked {
        author.resolve(&reference, number, "By a third within a year.").await.ok();
    }
    author.fire(&reference, "revised", &json!({})).await.ok();

    // A round later two others approve.
    judge_course(&house, &reference, ["first-reviewer", "third-reviewer"], &content("approve")).await;
    for (credits, code) in [("4.10", "step"), ("0", "too-small"), ("-4", "too-small"), ("1e3", "type")] {
        let wrong = json!({ "answers": { "credits": credits } });
        chair.fire(&reference, "approve", &wrong).await.faulty("/credits", code);
    }
    chair.fire(&reference, "approve", &json!({})).await.faulty("/credits", "missing");
    let more = json!({ "answers": { "credits": "4.25" } });
    let refused = chair.fire(&reference, "approve", &more).await.refused("unmet");
    assert!(refused["detail"].as_str().unwrap().contains("agenda does not carry"), "{refused}");
    chair.fire(&reference, "approve", &approve).await.ok();
    assert_eq!(author.state(&reference).await, "accredited");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accredited_course_is_listed_reported_confirmed_and_credited_to_its_presenters() {
    let house = House::open().await;
    let author = house.person("author");
    let (screener, nobody) = (house.person("screener"), house.nobody());
    let reference = accredited_course(&house, &author, 40).await;

    // The catalogue has it, with the statement that must be printed.
    let listed = nobody.get("/catalogue").await.ok();
    let item = &listed["items"][0];
    assert_eq!((&item["reference"], &item["maximum"]), (&json!(reference), &json!("4.00")));
    let statement = item["designation"].as_str().unwrap();
    assert!(statement.starts_with("The Academy of Tests designates this live activity "), "{statement}");
    assert!(statement.contains(" for a maximum of 4 AMA PRA Category 1 Credits™."), "{statement}");
    assert_eq!(nobody.get(&format!("/catalogue/{reference}")).await.ok()["title"], "Chronic wounds in home care");

    // It is reported once it took place, for a day on which it did.
    let report = |day: i64| json!({ "answers": { "held_on": house.day(day).to_string(), "participants": 37 } });
    assert_eq!(author.turn().await, [""; 0], "before its last day nobody waits for the report");
    author.fire(&reference, "report", &report(0)).await.refused("not-here");
    house.skip(41).await;
    assert_eq!(author.state(&reference).await, "to-report");
    assert_eq!(author.turn().await, [reference.as_str()]);
    author.fire(&reference, "report", &report(1)).await.refused("unmet");
    author.fire(&reference, "report", &report(-2)).await.refused("unmet");
    author.fire(&reference, "report", &report(-1)).await.ok();

    // The office asks back, then confirms.
    screener.fire(&reference, "query", &json!({ "note": "The sheet names 29." })).await.ok();
    let mut corrected = report(-1);
    corrected["answers"]["participants"] = json!(29);
    author.fire(&reference, "report", &corrected).await.ok();
    assert_eq!(house.ledger_of("ana@faculty.example").await.len(), 0);
    screener.fire(&reference, "file", &json!({})).await.refused("not-offered");
    screener.fire(&reference, "confirm", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "held");

    // Two credits an hour to each presenter, for what was presented the first time.
    for (email, amount) in [("ana@faculty.example", "4.00"), ("ben@faculty.example", "2.00")] {
        let entries = house.ledger_of(email).await;
        assert_eq!(entries.len(), 1, "{email}");
        assert_eq!((entries[0].amount.to_string().as_str(), entries[0].credit.as_str()), (amount, "ama-pra-1"));
        assert_eq!(entries[0].earned, house.day(-1));
    }
    assert_eq!(author.totals().await, json!({}));

    // Accreditation ends after three years; what was earned stays earned.
    house.skip(3 * 366).await;
    assert_eq!(author.state(&reference).await, "expired");
    assert_eq!(nobody.get("/catalogue").await.ok()["items"], json!([]));
    assert_eq!(house.ledger_of("ana@faculty.example").await.len(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_course_leaves_the_catalogue_and_its_credit_is_taken_back_by_another_line() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = accredited_course(&house, &author, 40).await;
    house.skip(41).await;
    let report = json!({ "answers": { "held_on": house.day(-1).to_string(), "participants": 37 } });
    author.fire(&reference, "report", &report).await.ok();
    house.person("screener").fire(&reference, "confirm", &json!({})).await.ok();
    house.person("chair").fire(&reference, "revoke", &json!({ "note": "The speaker had not disclosed." })).await.ok();
    let mut lines: Vec<String> =
        house.ledger_of("ana@faculty.example").await.iter().map(|entry| entry.amount.to_string()).collect();
    lines.sort();
    assert_eq!(lines, ["-4.00", "4.00"]);
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"], json!([]));
    let page = house.nobody().get(&format!("/catalogue/{reference}")).await.ok();
    assert!(page["ended_at"].is_string(), "who kept its address learns that it ended: {page}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_that_is_upheld_is_reviewed_again_and_there_is_only_one() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = rejected(&house, &author).await;
    author.fire(&reference, "appeal", &json!({})).await.refused("note-missing");
    author.fire(&reference, "appeal", &json!({ "note": "Slide 14 compares all four." })).await.ok();

    // Who took part before cannot sit on the panel.
    for key in ["chair", "first-reviewer"] {
        house.join("appeals", key).await;
        house.person(key).claim(&reference, "panel").await.refused("separated");
    }
    panel(&house, &reference, ["approve", "reject", "approve"]).await;
    assert_eq!(author.state(&reference).await, "review");
    let events = house.person("auditor").history(&reference).await;
    assert!(events.iter().any(|event| event["transition"] == "uphold" && event["by"] == Value::Null));

    judge_course(&house, &reference, ["third-reviewer", "fourth-reviewer"], &content("reject")).await;
    house.person("chair").fire(&reference, "reject", &json!({ "note": "Still one product." })).await.ok();
    author.fire(&reference, "appeal", &json!({ "note": "Again." })).await.refused("not-offered");
    house.skip(31).await;
    assert_eq!(author.state(&reference).await, "final-no");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_that_is_dismissed_is_over() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = rejected(&house, &author).await;
    author.fire(&reference, "appeal", &json!({ "note": "Slide 14 compares all four." })).await.ok();
    panel(&house, &reference, ["reject", "approve", "reject"]).await;
    let end = author.read(&reference).await.ok();
    assert_eq!((&end["state"]["id"], &end["state"]["closed"]), (&json!("dismissed"), &json!(true)));
    author.fire(&reference, "appeal", &json!({ "note": "Again." })).await.refused("closed");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_can_withdraw_until_the_decision_and_everything_is_over_then() {
    let house = House::open().await;
    let (author, reviewer) = (house.person("author"), house.person("first-reviewer"));
    let reference = sent_course(&house, &author, 60).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    reviewer.claim(&reference, "content").await.ok();
    author.fire(&reference, "withdraw", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "withdrawn");
    reviewer.judge(&reference, "content", &content("approve")).await.refused("closed");
    assert_eq!(reviewer.turn().await, [""; 0]);

    let decided = reviewed_course(&house, &author, 60).await;
    author.fire(&decided, "withdraw", &json!({})).await.refused("not-here");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_that_its_author_forgets_lapses() {
    let house = House::open().await;
    let author = house.person("author");
    let returned = sent_course(&house, &author, 200).await;
    let back = json!({ "note": "The agenda ends at noon.", "answers": { "reasons": ["incomplete"] } });
    house.person("screener").fire(&returned, "send-back", &back).await.ok();
    let revised = reviewed_course(&house, &author, 200).await;
    house.person("chair").fire(&revised, "ask-changes", &json!({ "note": "One objective more." })).await.ok();
    house.skip(61).await;
    assert_eq!(author.state(&returned).await, "lapsed");
    assert_eq!(author.state(&revised).await, "revision");
    house.skip(30).await;
    assert_eq!(author.state(&revised).await, "lapsed");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_of_changes_are_counted_and_the_last_one_must_be_decided() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = reviewed_course(&house, &author, 200).await;
    for _ in 0..2 {
        chair.fire(&reference, "ask-changes", &json!({ "note": "Better objectives." })).await.ok();
        author.fire(&reference, "revised", &json!({})).await.ok();
        judge_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    }
    chair.fire(&reference, "ask-changes", &json!({ "note": "Once more." })).await.refused("not-offered");
    chair.fire(&reference, "approve", &json!({ "answers": { "credits": CREDITS } })).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_found_later_takes_access_away_at_once_and_voids_the_verdict() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let (reviewer, coordinator) = (house.person("first-reviewer"), house.person("coordinator"));
    let reference = reviewed_course(&house, &author, 60).await;
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().unwrap().to_owned();
    reviewer.get(&format!("/submissions/{reference}/files/{file}")).await.ok();

    reviewer.recuse(&reference, "").await.refused("note-missing");
    reviewer.recuse(&reference, "We wrote a paper together this year.").await.ok();
    for path in ["", "/offers", "/history", "/files", &format!("/files/{file}")] {
        reviewer.get(&format!("/submissions/{reference}{path}")).await.is(404);
    }
    reviewer.claim(&reference, "content").await.is(404);
    reviewer.judge(&reference, "content", &content("approve")).await.is(404);

    // The verdict no longer counts, nothing is erased, and it goes back for the missing one.
    let seats = coordinator.read(&reference).await.ok()["tracks"]["content"]["seats"].clone();
    let voided = |seat: &Value| seat["verdict"] == "approve" && seat["voided"] == true;
    assert!(seats.as_array().unwrap().iter().any(voided), "{seats}");
    let events = coordinator.history(&reference).await;
    assert!(events.iter().any(|event| event["what"] == "verdict-voided"));
    let approve = json!({ "answers": { "credits": CREDITS } });
    chair.fire(&reference, "approve", &approve).await.refused("not-here");
    assert_eq!(author.state(&reference).await, "review");
    coordinator.assign(&reference, "content", house.id("first-reviewer")).await.refused("conflicted");
    house.person("third-reviewer").claim(&reference, "content").await.ok();
    house.person("third-reviewer").judge(&reference, "content", &content("approve")).await.ok();
    taken_between_meetings(&house, &reference).await;
    chair.fire(&reference, "approve", &approve).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_records_a_conflict_of_somebody_else_and_the_place_is_free_again() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = sent_course(&house, &author, 60).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    let officer = house.person("officer");
    officer.claim(&reference, "interest").await.ok();
    let found = json!({ "person": house.id("officer").0, "reason": "Sits on the board of the sponsor." });
    house.person("first-reviewer").post(&format!("/submissions/{reference}/recuse"), &found).await.is(403);
    coordinator.post(&format!("/submissions/{reference}/recuse"), &found).await.ok();
    officer.read(&reference).await.is(404);
    assert_eq!(officer.turn().await, [""; 0]);
    house.person("second-officer").claim(&reference, "interest").await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_group_waits_and_raises_an_alarm_and_is_never_skipped() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_course(&house, &author, 100).await;
    house.empty_group("integrity").await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    house.work().await;
    for key in ["coordinator", "administrator"] {
        let letters = house.letters_to(key).await;
        assert_eq!(letters.len(), 1, "{letters:#?}");
        assert!(letters[0].text.starts_with("Your attention is needed"), "{}", letters[0].text);
        assert!(letters[0].text.contains("people of the group “integrity” can act"), "{}", letters[0].text);
    }
    for who in ["first-reviewer", "second-reviewer"] {
        house.person(who).claim(&reference, "content").await.ok();
        house.person(who).judge(&reference, "content", &content("approve")).await.ok();
    }
    assert_eq!(author.state(&reference).await, "review");
    house.skip(22).await;
    assert_eq!(author.state(&reference).await, "escalated", "time brings it to the chair, not past the officer");
    house.person("chair").fire(&reference, "extend", &json!({})).await.ok();

    house.join("integrity", "officer").await;
    house.person("officer").claim(&reference, "interest").await.ok();
    house.person("officer").judge(&reference, "interest", &interest("approve")).await.ok();
    assert_eq!(author.state(&reference).await, "docket");
    let events = house.person("auditor").history(&reference).await;
    for what in ["unstaffed", "staffed"] {
        assert!(events.iter().any(|event| event["what"] == what && event["subject"] == "coi-officer"), "{what}");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_accredited_after_the_fact() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));

    // Neither sent once it has begun …
    let late = author.begin("course-accreditation").await;
    author.answer(&late, &form::course(&house, 0)).await.ok();
    author.attach(&late, "materials", "slides.pdf", form::PDF).await.ok();
    let begun = author.fire(&late, "submit", &json!({})).await.refused("unmet");
    assert!(begun["detail"].as_str().unwrap().contains("has begun"), "{begun}");

    // … nor approved from its first day on, by whatever way it comes to the committee.
    let reference = reviewed_course(&house, &author, 10).await;
    house.skip(10).await;
    let approve = json!({ "answers": { "credits": CREDITS } });
    chair.fire(&reference, "approve", &approve).await.refused("unmet");
    let offers = chair.get(&format!("/submissions/{reference}/offers")).await.ok();
    let offer = offers.as_array().unwrap().iter().find(|offer| offer["name"] == "approve").unwrap();
    assert_eq!(offer["refusal"]["code"], "unmet", "{offer}");
    house.skip(60).await;
    assert_eq!(author.state(&reference).await, "overdue");
    chair.fire(&reference, "approve", &approve).await.refused("unmet");
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"], json!([]));
    house.close().await;
}

/// A course that the committee did not accredit.
async fn rejected(house: &House, author: &Client) -> String {
    let reference = reviewed_course(house, author, 200).await;
    house.person("chair").fire(&reference, "reject", &json!({})).await.refused("note-missing");
    house.person("chair").fire(&reference, "reject", &json!({ "note": "One product throughout." })).await.ok();
    assert_eq!(author.state(&reference).await, "rejected");
    reference
}

/// The panel's three verdicts.
async fn panel(house: &House, reference: &str, verdicts: [&str; 3]) {
    for (who, verdict) in ["first-panel", "second-panel", "third-panel"].into_iter().zip(verdicts) {
        let verdict = json!({ "verdict": verdict, "note": "We looked again." });
        house.person(who).claim(reference, "panel").await.ok();
        house.person(who).judge(reference, "panel", &verdict).await.ok();
    }
}
