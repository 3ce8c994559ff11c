//! `doctor` finds what an intruder or a broken disk did.

use imprimatur::{
    clock::new_id,
    domain::EntryId,
    store::{Error, integrity},
    workflow::EventKind,
};

use crate::harness::{
    database,
    database::Database,
    sample::{NOW, Sample},
};

async fn codes(database: &Database) -> Vec<String> {
    let findings = integrity::findings(&database.view().await).await.expect("a look");
    let mut codes: Vec<_> = findings.into_iter().map(|finding| finding.code).collect();
    codes.sort();
    codes.dedup();
    codes
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_found_where_all_is_well() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let mut submission = sample.add(&database, 1, "Sutures").await;
    sample.happen(&database, &mut submission, sample.award()).await;
    let tx = database.begin().await;
    tx.add_entry(&sample.entry(submission.id)).await.expect("an entry");
    tx.commit().await.expect("the entry");
    assert_eq!(codes(&database).await, [""; 0]);
}

/// What an intruder runs, the table they unlock for it, and the findings.
const CORRUPTIONS: [(&str, &str, &[&str]); 10] = [
    ("DELETE FROM event WHERE sequence = 2", "event", &["gap-in-events", "item-differs-from-events"]),
    ("UPDATE event SET body = '{' WHERE sequence = 2", "event", &["unreadable"]),
    ("UPDATE submission SET state = 'approved'", "", &["row-differs-from-item"]),
    ("UPDATE submission SET next_due = NULL", "", &["row-differs-from-item"]),
    ("DELETE FROM turn; UPDATE submission SET next_due = NULL", "", &["nobodys-turn", "row-differs-from-item"]),
    ("DELETE FROM submission_content", "", &["no-content"]),
    (
        "UPDATE submission_content SET answers = '{\"slides\":{\"files\":[\"0192f0c1-2345-7890-abcd-ef0123456789\"]}}'",
        "",
        &["missing-document"],
    ),
    ("DELETE FROM activation", "activation", &["activation-differs"]),
    ("DELETE FROM ledger_entry", "ledger_entry", &["award-without-entry"]),
    ("UPDATE ledger_entry SET amount = 9000", "ledger_entry", &["amount-differs"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_corruption_is_found() {
    for (statement, locked, expected) in CORRUPTIONS {
        let database = database::fresh().await;
        let sample = Sample::store(&database).await;
        let mut submission = sample.add(&database, 1, "Sutures").await;
        sample.happen(&database, &mut submission, sample.award()).await;
        let tx = database.begin().await;
        tx.add_entry(&sample.entry(submission.id)).await.expect("an entry");
        tx.commit().await.expect("the entry");
        if !locked.is_empty() {
            database.unlock(locked).await;
        }
        database.run(statement).await.expect(statement);
        assert_eq!(codes(&database).await, expected, "{statement}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_that_no_event_awarded_is_found() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let tx = database.begin().await;
    tx.add_entry(&sample.entry(submission.id)).await.expect("an entry");
    tx.commit().await.expect("the entry");
    assert_eq!(codes(&database).await, ["entry-without-award"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_awards_again_once_its_award_was_taken_back_and_nothing_disagrees() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let mut submission = sample.add(&database, 1, "Sutures").await;
    let stop = EventKind::CreditStopped { rule: "approved".to_owned() };
    for round in 0..3 {
        sample.happen(&database, &mut submission, sample.award()).await;
        let entry = sample.entry(submission.id);
        let tx = database.begin().await;
        tx.add_entry(&entry).await.expect("an entry");
        tx.commit().await.expect("the entry");
        let tx = database.begin().await;
        let second = tx.add_entry(&sample.entry(submission.id)).await;
        assert!(matches!(second, Err(Error::Duplicate(_))), "{second:?}");
        drop(tx);
        assert_eq!(codes(&database).await, [""; 0], "while the award of round {round} stands");
        sample.happen(&database, &mut submission, stop.clone()).await;
        assert_eq!(codes(&database).await, ["reversal-differs"], "stopped and not reversed");
        let tx = database.begin().await;
        tx.add_entry(&entry.reversal(EntryId(new_id()), NOW).expect("a reversal")).await.expect("a line");
        tx.commit().await.expect("the line");
        assert_eq!(codes(&database).await, [""; 0], "after round {round}");
    }
}
