//! `doctor` finds what an intruder or a broken disk did.

use imprimatur::store::integrity;

use crate::harness::{database, database::Database, sample::Sample};

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

/// What an intruder runs, the table he unlocks for it, and the findings.
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
