//! Steps that somebody cannot take.

use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{
    client::send,
    database::assert_same,
    form::{self, PDF, asking, assessment, content, sent_course, sent_self_study},
    house::{House, email},
};

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_sends_once() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    let before = house.database.dump().await;
    author.fire(&reference, "submit", &json!({})).await.refused("not-here");
    assert_same(&before, &house.database.dump().await);

    // Two at once: one goes through, and the other one is told.
    let draft = author.begin("self-study").await;
    author.answer(&draft, &form::self_study(&house, "2.00")).await.ok();
    author.attach(&draft, "evidence", "log.pdf", PDF).await.ok();
    let nothing = json!({});
    let (one, two) = tokio::join!(author.fire(&draft, "submit", &nothing), author.fire(&draft, "submit", &nothing));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [200, 409 | 422]), "{one:?} {two:?}");
    let sent = house.person("auditor").history(&draft).await;
    assert_eq!(sent.iter().filter(|event| event["transition"] == "submit").count(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_with_a_stale_version_overwrites_nothing() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let seen = author.read(&reference).await.etag();
    author.answer_version(&reference, &seen, &json!({ "title": "The first tab" })).await.ok();
    let before = house.database.dump().await;
    let stale = author.answer_version(&reference, &seen, &json!({ "title": "The second tab" })).await.is(412);
    assert!(stale["detail"].as_str().unwrap().contains("load it again"), "{stale}");
    let path = format!("/submissions/{reference}/answers");
    send(author.request(Method::PATCH, &path).await.json(&json!({ "title": "Blind" }))).await.is(428);
    author.answer_version(&reference, "seven", &json!({ "title": "Bad" })).await.is(400);
    let submit = author.request(Method::POST, &format!("/submissions/{reference}/transitions/withdraw")).await;
    send(submit.header(header::IF_MATCH, &seen).json(&json!({}))).await.is(412);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_part_in_it_or_not_this_part_changes_nothing() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    let before = house.database.dump().await;

    // Out of turn.
    author.fire(&reference, "answered", &json!({})).await.refused("not-here");
    author.fire(&reference, "accept", &json!({})).await.refused("not-offered");
    author.fire(&reference, "nonsense", &json!({})).await.refused("unknown-transition");
    house.person("assessor").judge(&reference, "assess", &assessment("approve")).await.refused("not-seated");
    house.person("assessor").claim(&reference, "audit").await.refused("no-track");
    author.resolve(&reference, 1, "Done.").await.refused("not-here");

    // Without the role: somebody who may see it is told, anybody else is told nothing.
    house.person("assessor").fire(&reference, "withdraw", &json!({})).await.refused("wrong-role");
    house.person("coordinator").fire(&reference, "withdraw", &json!({})).await.refused("wrong-role");
    house.person("coordinator").claim(&reference, "assess").await.refused("wrong-role");
    house.person("auditor").claim(&reference, "assess").await.is(403);
    house.person("assessor").assign(&reference, "assess", house.id("second-assessor")).await.is(403);
    for key in ["other-author", "lead", "first-reviewer", "chair", "administrator"] {
        let person = house.person(key);
        person.read(&reference).await.is(404);
        person.claim(&reference, "assess").await.is(404);
        person.fire(&reference, "withdraw", &json!({})).await.is(404);
    }
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_their_own_work() {
    let house = House::open().await;
    let assessor = house.person("assessor");
    let own = sent_self_study(&house, &assessor, "2.00").await;
    let before = house.database.dump().await;
    assessor.claim(&own, "assess").await.refused("own-work");
    assert_eq!(assessor.turn().await, [""; 0]);
    house.person("coordinator").assign(&own, "assess", house.id("assessor")).await.refused("own-work");
    assert_same(&before, &house.database.dump().await);

    // Not by the duty either: a coordinator's own work is not in their hands.
    let coordinator = house.person("coordinator");
    let own = sent_self_study(&house, &coordinator, "2.00").await;
    coordinator.assign(&own, "assess", house.id("assessor")).await.is(403);
    coordinator.post(&format!("/submissions/{own}/remind"), &json!({})).await.is(403);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_nobody_sees_are_never_a_fault_of_the_server() {
    const NASTY: &str = "a\0b\u{202e}c\u{feff}d\r\ne";
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let (coordinator, administrator) = (house.person("coordinator"), house.person("administrator"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    let release = json!({ "reason": NASTY });
    let wish = json!({ "verdict": "revise", "note": NASTY, "requests": [{ "question": "hours", "text": NASTY }],
        "rubric": { "hours_plausible": "fully", "professional": true, "remarks": NASTY } });
    let invitation =
        json!({ "name": NASTY, "email": "new@academy.example", "affiliation": NASTY, "credentials": NASTY });
    assessor.claim(&reference, "assess").await.ok();
    let mut answers = vec![
        assessor.post(&format!("/submissions/{reference}/tracks/assess/release"), &release).await,
        assessor.claim(&reference, "assess").await,
        assessor.judge(&reference, "assess", &wish).await,
        assessor.judge(&reference, "assess", &asking(assessment("revise"), ("hours", NASTY))).await,
        author.resolve(&reference, 1, NASTY).await,
        author.fire(&reference, "answered", &json!({ "note": NASTY })).await,
        coordinator.get("/queue?search=%E2%80%AE").await,
        house.person("second-assessor").recuse(&reference, NASTY).await,
        author.post("/submissions", &json!({ "workflow": NASTY })).await,
        author.fire(&reference, "withdraw", &json!({ "note": NASTY })).await,
        administrator.post("/people", &invitation).await,
        house.nobody().post("/token", &json!({ "email": NASTY, "password": NASTY })).await,
    ];
    answers.retain(|answer| answer.status >= 500);
    assert!(answers.is_empty(), "{answers:#?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_closed_stays_as_it_is() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
    house.work().await;
    let before = house.database.dump().await;
    author.fire(&reference, "withdraw", &json!({})).await.refused("closed");
    author.answer(&reference, &json!({ "hours": "20" })).await.is(409);
    assessor.judge(&reference, "assess", &assessment("reject")).await.refused("closed");
    house.person("coordinator").assign(&reference, "assess", house.id("second-assessor")).await.refused("closed");
    house.person("coordinator").post(&format!("/submissions/{reference}/remind"), &json!({})).await.refused("closed");
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_after_the_quorum_and_one_that_lacks_its_rubric_are_not_taken() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_course(&house, &author, 60).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    let reviewers = ["first-reviewer", "second-reviewer", "third-reviewer"];
    for key in reviewers {
        house.person(key).claim(&reference, "content").await.ok();
    }
    house.person("fourth-reviewer").claim(&reference, "content").await.refused("no-seat");
    let first = house.person("first-reviewer");
    first.claim(&reference, "content").await.refused("already-seated");
    let mut lacking = content("approve");
    lacking["rubric"]["measurable"] = serde_json::Value::Null;
    let before = house.database.dump().await;
    first.judge(&reference, "content", &lacking).await.faulty("/measurable", "missing");
    lacking["rubric"]["measurable"] = json!("yes");
    first.judge(&reference, "content", &lacking).await.faulty("/measurable", "type");
    lacking["rubric"] = json!({ "colour": "red" });
    first.judge(&reference, "content", &lacking).await.faulty("/colour", "unknown");
    first.judge(&reference, "content", &content("revise")).await.refused("nothing-asked");
    first.judge(&reference, "content", &content("maybe")).await.faulty("/verdict", "type");
    let mut about = content("revise");
    about["requests"] = json!([{ "question": "colour", "text": "Which?" }]);
    first.judge(&reference, "content", &about).await.refused("unknown-subject");
    about["requests"] = json!([{ "text": "Which?" }]);
    first.judge(&reference, "content", &about).await.faulty("/requests/0", "subject");
    assert_same(&before, &house.database.dump().await);

    first.judge(&reference, "content", &content("approve")).await.ok();
    first.judge(&reference, "content", &content("reject")).await.refused("already-judged");
    house.person("second-reviewer").judge(&reference, "content", &content("approve")).await.ok();
    let before = house.database.dump().await;
    house.person("third-reviewer").judge(&reference, "content", &content("reject")).await.refused("track-complete");
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_conflict_of_interest_is_shown_as_such_and_cannot_be_assigned() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    house.change("third-reviewer", |person| person.affiliation = "hospital OF the author ".to_owned()).await;
    let reference = author.begin("course-accreditation").await;
    let mut answers = form::course(&house, 60);
    answers["faculty"][1]["email"] = json!(email("second-reviewer"));
    answers["agenda"] = json!([{ "title": "Talk", "minutes": 60, "credit_minutes": 60 }]);
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    let candidates = coordinator.get(&format!("/submissions/{reference}/candidates/content")).await.ok();
    let obstacle = |key: &str| {
        let name = format!("{}, MD", key.replace('-', " "));
        let found =
            candidates.as_array().unwrap().iter().find(|candidate| candidate["person"]["name"] == name.as_str());
        found.unwrap()["obstacle"].clone()
    };
    assert_eq!(obstacle("first-reviewer"), json!(null));
    assert_eq!(obstacle("second-reviewer"), "Conflict of interest: is named in the submission");
    assert_eq!(obstacle("third-reviewer"), "Conflict of interest: works at Hospital of the author, like the author");
    let before = house.database.dump().await;
    for key in ["second-reviewer", "third-reviewer"] {
        coordinator.assign(&reference, "content", house.id(key)).await.refused("conflicted");
        house.person(key).read(&reference).await.is(404);
        house.person(key).claim(&reference, "content").await.is(404);
    }
    coordinator.assign(&reference, "content", house.id("author")).await.refused("wrong-role");
    coordinator.assign(&reference, "content", house.id("chair")).await.refused("wrong-role");
    coordinator.assign(&reference, "content", house.id("other-author")).await.refused("wrong-role");
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}
