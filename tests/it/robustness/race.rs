//! Many at once: whatever is sent side by side, one thing happens, and everybody is told the truth about it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::harness::{
    client::{Answer, send},
    form::{PDF, assessment, reviewed_course, self_study, sent_self_study},
    house::{House, email},
};

/// How many ask at the same time.
const CROWD: usize = 64;

/// How often each status was answered.
fn counted(answers: &[Answer]) -> BTreeMap<u16, usize> {
    let mut counted = BTreeMap::new();
    for answer in answers {
        *counted.entry(answer.status).or_default() += 1;
    }
    counted
}

/// One was told yes, and all others that it is not to be done (again).
#[track_caller]
fn one_of_many(answers: &[Answer]) {
    let counted = counted(answers);
    assert_eq!(counted.get(&200), Some(&1), "{counted:?}");
    let other: Vec<&Answer> = answers.iter().filter(|answer| ![200, 409, 422].contains(&answer.status)).collect();
    assert!(other.is_empty(), "{counted:?} {:?}", other[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_four_verdicts_for_one_seat_one_counts_and_credit_is_given_once() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "4").await;
    let assessor = house.person("assessor");
    assessor.claim(&reference, "assess").await.ok();
    let verdict = assessment("approve");
    one_of_many(&join_all((0..CROWD).map(|_| assessor.judge(&reference, "assess", &verdict))).await);
    let ledger = house.ledger_of(&email("author")).await;
    assert_eq!(ledger.len(), 1, "{ledger:?}");
    assert_eq!(author.totals().await, json!({ "ama-pra-2": "4.00" }));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_four_who_take_the_only_seat_one_has_it() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let assessors = [house.person("assessor"), house.person("second-assessor")];
    let claims = (0..CROWD).map(|turn| assessors[turn % 2].claim(&reference, "assess"));
    one_of_many(&join_all(claims).await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_four_accreditations_of_one_course_one_happens() {
    let house = House::open().await;
    let reference = reviewed_course(&house, &house.person("author"), 30).await;
    let chairs = [house.person("chair"), house.person("second-chair")];
    let decision = json!({ "answers": { "credits": "4.00" } });
    one_of_many(&join_all((0..CROWD).map(|turn| chairs[turn % 2].fire(&reference, "approve", &decision))).await);
    let catalogue = house.nobody().get("/catalogue").await.ok();
    assert_eq!(catalogue["items"].as_array().unwrap().len(), 1, "{catalogue}");
    let history = house.person("auditor").history(&reference).await;
    let designated = history.iter().filter(|event| event["what"] == "designated").count();
    assert_eq!(designated, 1, "{history:?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_four_approvals_at_once_no_more_are_recorded_than_a_cap_leaves() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let study = async || {
        let reference = author.begin("self-study").await;
        author.answer(&reference, &self_study(&house, "8.00")).await.ok();
        author.answer(&reference, &json!({ "kind": "point-of-care", "credit_type": "aafp-elective" })).await.ok();
        author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
        author.fire(&reference, "submit", &json!({})).await.ok();
        assessor.claim(&reference, "assess").await.ok();
        reference
    };
    let studies = join_all((0..CROWD).map(|_| study())).await;
    let verdict = assessment("approve");
    let judged = async |reference: &String| loop {
        let answer = assessor.judge(reference, "assess", &verdict).await;
        // Where too many wait for one another, some are told to come again, and come.
        let Some(after) = answer.headers.get("retry-after").filter(|_| answer.status == 503) else { break answer };
        let after = after.to_str().unwrap().parse().unwrap();
        sleep(Duration::from_secs(after)).await;
    };
    let answers = join_all(studies.iter().map(judged)).await;
    assert_eq!(counted(&answers), BTreeMap::from([(200, CROWD)]));
    // Sixty in three years: seven of eight hours each.
    assert_eq!(author.totals().await, json!({ "aafp-elective": "56.00" }));
    assert_eq!(house.ledger_of(&email("author")).await.len(), 7);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_repeated_thirty_two_times_with_its_key_happens_once_and_is_answered_alike() {
    let house = House::open().await;
    let author = house.person("author");
    let keyed = async |path: &str, key: &str, body: &Value| {
        send(author.request(Method::POST, path).await.header("idempotency-key", key).json(body)).await
    };
    let draft = json!({ "workflow": "self-study" });
    let begun = join_all((0..32).map(|_| keyed("/submissions", "begin-1", &draft))).await;
    assert_eq!(counted(&begun), BTreeMap::from([(201, 32)]));
    let alike: BTreeSet<&[u8]> = begun.iter().map(|answer| answer.bytes.as_slice()).collect();
    assert_eq!(alike.len(), 1);
    assert!(begun.iter().all(|answer| answer.headers["location"] == begun[0].headers["location"]));
    let mine = author.get("/submissions").await.ok();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "{mine}");

    let reference = begun[0]["reference"].as_str().unwrap().to_owned();
    author.answer(&reference, &self_study(&house, "4")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    let submit = format!("/submissions/{reference}/transitions/submit");
    let nothing = json!({});
    let sent = join_all((0..32).map(|_| keyed(&submit, "submit-1", &nothing))).await;
    assert_eq!(counted(&sent), BTreeMap::from([(200, 32)]));
    assert_eq!(sent.iter().map(|answer| answer.bytes.as_slice()).collect::<BTreeSet<_>>().len(), 1);
    let moves = author.history(&reference).await.into_iter().filter(|event| event["what"] == "moved").count();
    assert_eq!(moves, 1);

    keyed(&submit, "submit-1", &json!({ "note": "another request" })).await.faulty("/Idempotency-Key", "reused");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_eight_browsers_that_read_the_same_version_one_is_taken_and_seven_are_told() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    for _ in 0..4 {
        let etag = author.read(&reference).await.etag();
        let titles: Vec<Value> = (0..8).map(|browser| json!({ "title": format!("Browser {browser}") })).collect();
        let answers = join_all(titles.iter().map(|title| author.answer_version(&reference, &etag, title))).await;
        assert_eq!(counted(&answers), BTreeMap::from([(200, 1), (412, 7)]));
        let winner = answers.iter().position(|answer| answer.status == 200).unwrap();
        assert_eq!(author.read(&reference).await.ok()["answers"]["title"], titles[winner]["title"]);
    }
    house.close().await;
}

/// Nobody said which version they had read, so that nobody is told that it is out of date.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_changes_to_one_submission_each_waits_for_its_turn_and_none_is_refused() {
    const FILES: usize = 20;
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let names: Vec<String> = (0..FILES).map(|number| format!("{number}.pdf")).collect();
    let files = names.iter().map(|name| author.attach(&reference, "evidence", name, PDF));
    assert_eq!(counted(&join_all(files).await), BTreeMap::from([(201, FILES)]));
    let after = author.read(&reference).await;
    assert_eq!(after["files"].as_array().map(Vec::len), Some(FILES), "{after:?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_invitations_of_one_address_none_fails_and_there_is_one_person() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    let newcomer = json!({ "email": "new@academy.example", "name": "Nora Quist" });
    let invited = join_all((0..24).map(|_| administrator.post("/people", &newcomer))).await;
    assert_eq!(counted(&invited), BTreeMap::from([(201, 24)]));
    let found = administrator.get("/people?search=quist").await.ok();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_beside_an_approval_leaves_credit_exactly_where_it_was_approved() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let mut recognised = 0;
    for _ in 0..6 {
        let reference = sent_self_study(&house, &author, "4").await;
        assessor.claim(&reference, "assess").await.ok();
        let (verdict, nothing) = (assessment("approve"), json!({}));
        let (approved, withdrawn) =
            tokio::join!(assessor.judge(&reference, "assess", &verdict), author.fire(&reference, "withdraw", &nothing));
        one_of_many(&[approved, withdrawn]);
        recognised += usize::from(author.state(&reference).await == "recognised");
        assert_eq!(house.ledger_of(&email("author")).await.len(), recognised);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_eight_workers_see_fires_once_and_is_written_about_once() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "4").await;
    house.work().await;
    let before = house.letters().await.len();
    assert!(house.app.context.clock.advance(SignedDuration::from_hours(24 * 31)));
    let workers: Vec<_> = (0..8).map(|_| house.worker()).collect();
    for _ in 0..6 {
        join_all(workers.iter().map(|worker| async { worker.round().await.unwrap() })).await;
    }
    house.work().await;
    let history = house.person("auditor").history(&reference).await;
    let overdue = history.iter().filter(|event| event["to"] == "overdue").count();
    assert_eq!(overdue, 1, "{history:?}");
    let letters = house.letters().await;
    let to: Vec<(String, &str)> =
        letters[before..].iter().map(|letter| (letter.to.to_string(), letter.subject.as_str())).collect();
    assert_eq!(to.iter().collect::<BTreeSet<_>>().len(), to.len(), "somebody was written to twice: {to:?}");
    house.close().await;
}
