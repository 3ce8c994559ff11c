//! A save writes what changed: a column that is named in a change has the database look for what refers to it, check what it
//! refers to and write its indexes, whatever its value.

use imprimatur::workflow::EventKind;

use crate::harness::{
    database::{self, Database},
    sample::{Sample, reviewers_turn},
};

/// Has the database refuse a kind of change.
async fn refuse(database: &Database, table: &str, change: &str) {
    let name = format!("{table}_unchanged");
    let statements = if database.is_sqlite() {
        format!("CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END")
    } else {
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{name}'; END $$; \
             CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    };
    database.run(&statements).await.expect("a trigger");
}

/// A save that does change a title is refused by the same triggers, below.
#[tokio::test(flavor = "multi_thread")]
async fn a_save_names_only_what_changed() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let mut submission = sample.add(&database, 1, "Sutures").await;
    for (table, change) in [
        ("submission", "UPDATE OF id, workflow, definition, reference, submitter, begun_at, sent_at, title, title_key"),
        ("submission_content", "UPDATE OF submission, answers"),
        ("turn", "DELETE"),
        ("seat", "DELETE"),
        ("submission_word", "INSERT"),
    ] {
        refuse(&database, table, change).await;
    }
    let [first, second] = sample.reviewers;
    for person in [first, second] {
        let track = "content".to_owned();
        sample.happen(&database, &mut submission, EventKind::Claimed { track, person }).await;
    }
    assert_eq!(database.count("SELECT COUNT(*) FROM seat").await, 2);
    // What is refused above is what other saves do write.
    let before = submission.clone();
    submission.title = "Other sutures".to_owned();
    let tx = database.begin().await;
    let saved = tx.save_submission(&submission, &before, &[], &[reviewers_turn(&submission)]).await;
    assert!(saved.is_err(), "{saved:?}");
}
