//! No statement that the program sends reads or sorts a whole table that grows with the store, on either database, whether or
//! not there are statistics.
//!
//! The statements are those that are really sent: overheard while the demo's stories are played through the use cases, while
//! people of every kind follow the links of their pages and ask the API, while a worker runs, and while every filter of every
//! list is asked in every order, over a store in which nothing fits a few rows any more.

mod heard;
mod plan;
mod request;
mod walk;

#[path = "../bench/multiply.rs"]
pub(crate) mod multiply;

use std::{collections::BTreeSet, time::Duration};

use uuid::Uuid;

use self::{
    heard::Heard,
    multiply::{Filled, Original},
    walk::Served,
};
use crate::harness::database::{self, Database};

/// Statements that may read everything, by a part of their text, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("\"seaql_migrations\"", "the steps of the schema are few"),
    ("\"sqlite_master\"", "a migration asks for its table; the tables are few"),
    ("\"information_schema\"", "the same on the other database"),
    ("\"signing_key\"", "there is one a month"),
    // `instr` on one database, `strpos` on the other.
    ("(\"subject\", ", "what names a person who is to be erased is looked for in every letter and line of the log"),
];

/// Copies of a submission that waits for a group, and of one that is in the catalogue: more than are looked up one by one.
const MANY: u64 = 9_000;

/// PostgreSQL gathers statistics when it likes, and plans by them: here there are none until the test says so.
async fn without_statistics(database: &Database) {
    if !database.is_sqlite() {
        let off = "DO $$ DECLARE one regclass; BEGIN \
                   FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP \
                   EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', one); END LOOP; END $$";
        database.run(off).await.expect("no statistics");
    }
}

async fn filled(database: &Database) -> Uuid {
    let filled = Filled::open(&database.address).await;
    let hex = if database.is_sqlite() { "hex" } else { "text" };
    let original = async |which: &str, share| {
        let id = |column: &str| format!("{hex}({column})");
        let query = format!("SELECT {} || ' ' || {} FROM submission WHERE {which} LIMIT 1", id("id"), id("submitter"));
        let found = filled.texts(&query).await;
        let (submission, author) = found.first().expect(which).split_once(' ').expect("two ids");
        Original { submission: submission.to_owned(), author: author.to_owned(), share }
    };
    let originals = [
        original("life = 'open' AND unassigned AND next_due IS NOT NULL", 0..10).await,
        original("id IN (SELECT submission FROM activity)", 10..20).await,
    ];
    filled.copy(&originals, 1..MANY).await;
    filled.people(&originals[0].author, 1..MANY).await;
    // What waits is one author's, late, and with the author beside the group.
    let author = if database.is_sqlite() {
        format!("X'{}'", originals[0].author)
    } else {
        format!("'{}'::uuid", originals[0].author)
    };
    let waiting = "SELECT id FROM submission WHERE reference LIKE 'CP-%' AND unassigned";
    filled
        .run(&format!(
            "INSERT INTO turn (submission, position, person, slug, role, track, since, due) \
             SELECT submission, position + 100, {author}, NULL, role, track, since, due FROM turn \
             WHERE submission IN ({waiting})"
        ))
        .await;
    filled.run(&format!("UPDATE submission SET submitter = {author}, due = 1 WHERE id IN ({waiting})")).await;
    let author = originals[0].author.clone();
    filled.close().await;
    database.store.migrate().await.expect("words");
    author.parse().expect("an id")
}

/// With one index less, the list that it served has to be named, below.
#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_or_sorts_a_whole_table_that_grows() {
    let database = database::fresh().await;
    without_statistics(&database).await;
    let heard = Heard::listen();
    let served = Served::played(&database).await;
    let before = heard.statements();
    let author = filled(&database).await;
    // Filling is a migration's work, which may read everything.
    heard.only(before.clone());
    served.lists(author).await;
    assert!(heard.statements().difference(&before).count() > 20, "the lists are asked in many ways");
    served.pages().await;
    served.api().await;
    // Beside the deeds of the stories: what only a server does that runs for a while.
    served.work_until(|| heard.statements().iter().any(|sent| sent.starts_with("DELETE FROM \"session\""))).await;

    let sent: BTreeSet<String> = heard.statements().into_iter().filter(|sent| !is_excepted(sent)).collect();
    let planned = sent.iter().filter(|sent| plan::is_planned(sent)).count();
    assert!(planned > 150, "{planned} statements are not all that this program sends");
    let none = BTreeSet::new();
    let faults = plan::faults(&database.address, &sent, &none).await;
    assert!(faults.is_empty(), "{} of {planned}:\n{}", faults.len(), faults.join("\n"));
    if !database.is_sqlite() {
        database.run("ANALYZE").await.expect("statistics");
        // What has hardly a row is read whole, and rightly.
        let short = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND reltuples < 100";
        let short = database.texts(short).await.into_iter().collect();
        let faults = plan::faults(&database.address, &sent, &short).await;
        assert!(faults.is_empty(), "{} of {planned}, with statistics:\n{}", faults.len(), faults.join("\n"));
    }
    database.run("DROP INDEX submission_life_title").await.expect("an index less");
    let faults = plan::faults(&database.address, &sent, &none).await;
    assert!(faults.iter().any(|fault| fault.contains("everything in submission")), "{faults:?}");
    served.close().await;
    tokio::time::timeout(Duration::from_secs(5), database.store.close()).await.expect("in time").expect("an end");
}

fn is_excepted(statement: &str) -> bool {
    EXCEPTIONS.iter().any(|(part, _)| statement.contains(part))
}
