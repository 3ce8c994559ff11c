//! What only grows, and what can be there once.

use imprimatur::{
    clock::new_id,
    domain::{EntryId, OrganisationId},
    model::{LogKind, LogLine, Organisation, Revision},
    store::Error,
};

use crate::harness::{
    database,
    sample::{NOW, Sample},
};

#[tokio::test(flavor = "multi_thread")]
async fn events_revisions_entries_log_and_definitions_cannot_be_changed_or_deleted() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let tx = database.begin().await;
    tx.add_entry(&sample.entry(submission.id)).await.expect("an entry");
    let answers = submission.answers.clone();
    let revision = Revision { submission: submission.id, number: 1, sequence: 2, answers, at: NOW };
    tx.add_revision(&revision).await.expect("a revision");
    tx.add_log(&LogLine {
        id: new_id(),
        at: NOW,
        kind: LogKind::Change,
        submission: None,
        actor: None,
        act: "person.invite".to_owned(),
        subject: "person/1".to_owned(),
        detail: serde_json::json!({}),
    })
    .await
    .expect("a line");
    tx.commit().await.expect("all of it");
    let columns = [
        ("event", "kind"),
        ("revision", "answers"),
        ("ledger_entry", "title"),
        ("log", "act"),
        ("definition", "source"),
    ];
    for (table, column) in columns {
        for statement in [format!("UPDATE {table} SET {column} = 'x'"), format!("DELETE FROM {table}")] {
            let refused = database.run(&statement).await.expect_err(&statement).to_string();
            assert!(refused.contains("append-only"), "{statement}: {refused}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_awards_a_person_once_and_is_taken_back_once() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let first = sample.entry(submission.id);
    let tx = database.begin().await;
    tx.add_entry(&first).await.expect("an entry");
    tx.commit().await.expect("the entry");
    let tx = database.begin().await;
    let second = tx.add_entry(&sample.entry(submission.id)).await;
    assert!(matches!(second, Err(Error::Duplicate(_))), "{second:?}");
    drop(tx);
    let tx = database.begin().await;
    let reversal = first.reversal(EntryId(new_id()), NOW).expect("a reversal");
    tx.add_entry(&reversal).await.expect("a reversal");
    let totals = tx.totals_of(sample.author).await.expect("totals");
    assert_eq!(totals.into_values().map(imprimatur::domain::Amount::hundredths).collect::<Vec<_>>(), [0]);
    tx.commit().await.expect("the reversal");
    let tx = database.begin().await;
    let again = tx.add_entry(&first.reversal(EntryId(new_id()), NOW).expect("a reversal")).await;
    assert!(matches!(again, Err(Error::Duplicate(_))), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_holds_one_organisation() {
    let database = database::fresh().await;
    Sample::store(&database).await;
    let tx = database.begin().await;
    let first = tx.organisation().await.expect("a look").expect("the first");
    let second = Organisation { id: OrganisationId(new_id()), short: "Other".to_owned(), ..first.clone() };
    let refused = tx.add_organisation(&second).await;
    assert!(matches!(refused, Err(Error::Duplicate(_))), "{refused:?}");
    drop(tx);
    assert_eq!(database.view().await.organisation().await.expect("a look"), Some(first));
}
