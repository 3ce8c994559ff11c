//! Opening, migrating, beginning.

use std::{future::Future, pin::pin, task::Poll, time::Duration};

use imprimatur::store::{Error, Schema, Store};
use tokio::{task::JoinSet, time::timeout};

use crate::harness::{
    database::{self, Database},
    sample::Sample,
};

#[tokio::test(flavor = "multi_thread")]
async fn eight_servers_that_start_at_once_migrate_once() {
    let database = database::empty().await;
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Behind);
    let mut servers = JoinSet::new();
    for _ in 0..8 {
        // A second server on a SQLite file is refused; there, one server migrates eight times at once.
        let store = if database.is_sqlite() {
            database.store.clone()
        } else {
            Store::connect(&database.url).await.expect("a store")
        };
        servers.spawn(async move { store.migrate().await });
    }
    for migrated in servers.join_all().await {
        migrated.expect("the schema");
    }
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Current);
}

/// What the `migrate` of a newer program leaves behind that has one step more.
async fn a_step_further(database: &Database, floor: &str) {
    let steps = format!(
        "ALTER TABLE person ADD COLUMN nickname TEXT; \
         INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_newer', 0); \
         UPDATE setting SET value = '\"{floor}\"' WHERE name = 'schema_floor'"
    );
    database.run(&steps).await.expect("a newer store");
}

/// Before, every step that the program did not know was an error.
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_served_from_where_it_only_added() {
    let database = database::fresh().await;
    let floor: String = database.view().await.setting("schema_floor").await.expect("a look").expect("a floor");
    a_step_further(&database, &floor).await;
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Ahead);
    assert_eq!(database.store.migrate().await.expect("nothing to do"), Schema::Ahead);
    // What is written goes in beside the new column.
    Sample::store(&database).await;

    let database = database::fresh().await;
    a_step_further(&database, "m9999_newer").await;
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Beyond);
    assert_eq!(database.store.migrate().await.expect("nothing to do"), Schema::Beyond);

    // A newer database that says nothing of it is not trusted.
    database.run("DELETE FROM setting WHERE name = 'schema_floor'").await.expect("an unknown floor");
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Beyond);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_a_file_is_refused_and_a_look_is_not() {
    let database = database::fresh().await;
    if !database.is_sqlite() {
        return;
    }
    let second = Store::connect(&database.url).await;
    assert!(matches!(&second, Err(Error::InUse(_))), "{second:?}");
    let looking = Store::inspect(&database.url).await.expect("a look");
    assert_eq!(looking.schema().await.expect("a look"), Schema::Current);
    assert!(matches!(looking.begin().await, Err(Error::Unusable(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_dropped_changes_nothing() {
    let database = database::fresh().await;
    let tx = database.begin().await;
    tx.set_setting("colour", &"blue").await.expect("a setting");
    drop(tx);
    let tx = database.begin().await;
    assert_eq!(tx.setting::<String>("colour").await.expect("a look"), None);
    tx.set_setting("colour", &"green").await.expect("a setting");
    tx.commit().await.expect("the setting");
    assert_eq!(database.view().await.setting("colour").await.expect("a look"), Some("green".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_stays_as_it_began() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let view = database.view().await;
    assert_eq!(view.setting::<u8>("after").await.expect("a look"), None);
    let tx = database.begin().await;
    tx.set_setting("after", &1_u8).await.expect("a setting");
    tx.commit().await.expect("the setting");
    assert_eq!(view.setting::<u8>("after").await.expect("a look"), None);
    assert!(view.person(sample.author).await.expect("a look").is_some());
}

/// Polls a future so many times, then drops it, as a server does when its client goes away.
async fn cancelled_after<F: Future>(polls: u32, future: F) {
    let mut future = pin!(future);
    for _ in 0..polls {
        let done = std::future::poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if done {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_begin_whose_caller_went_away_leaves_no_transaction_open() {
    let database = database::fresh().await;
    // One connection, so that whatever was left on it is met by the next user.
    let url = database.url.clone().with_connections(1);
    let store =
        if database.is_sqlite() { database.store.clone() } else { Store::connect(&url).await.expect("a store") };
    for polls in (1..40).chain(1..40) {
        cancelled_after(polls, store.begin()).await;
        assert_eq!(store.schema().await.expect("a look"), Schema::Current);
        if !database.is_sqlite() {
            // Outside of a transaction the connection is idle; a division by nothing is the finding.
            let left = "SELECT 1 / (CASE WHEN EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
                        AND state LIKE 'idle in transaction%') THEN 0 ELSE 1 END)";
            // A look that just ended is rolled back by a task of its own.
            let gone = timeout(Duration::from_secs(5), async { while database.run(left).await.is_err() {} });
            assert!(gone.await.is_ok(), "after {polls} polls a transaction stays open");
        }
    }
}

/// PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, which sqlx takes for a success; SQLite would keep the half that
/// worked.
#[tokio::test]
async fn a_change_is_over_when_a_statement_of_it_failed() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let tx = database.begin().await;
    tx.set_setting("before", &1_u8).await.expect("a setting");
    let known = tx.person(sample.author).await.expect("a look").expect("a person");
    let refused = tx.add_person(&known).await;
    assert!(matches!(refused, Err(Error::Duplicate(_))), "{refused:?}");
    tx.set_setting("after", &1_u8).await.expect_err("nothing is done after a failure");
    tx.commit().await.expect_err("nothing is kept after a failure");
    let view = database.view().await;
    assert_eq!(view.setting::<u8>("before").await.expect("a look"), None);
    assert_eq!(view.setting::<u8>("after").await.expect("a look"), None);
}

#[tokio::test]
async fn a_change_is_over_when_a_statement_of_it_was_dropped_half_way() {
    let database = database::fresh().await;
    let mut cut = 0;
    for polls in 1..40 {
        let tx = database.begin().await;
        let mut done = false;
        cancelled_after(polls, async {
            tx.set_setting("colour", &polls).await.expect("a setting");
            done = true;
        })
        .await;
        if !done {
            cut += 1;
            tx.commit().await.expect_err("nothing is kept of what was dropped half-way");
            assert_eq!(database.view().await.setting::<u32>("colour").await.expect("a look"), None);
        }
    }
    assert!(cut > 0, "no statement was dropped half-way");
}

#[tokio::test]
async fn the_canary_proves_that_a_change_can_be_kept_and_writes_seldom() {
    let database = database::fresh().await;
    let written = async || database.view().await.setting::<String>("canary").await.expect("a look");
    // Preparing the database was a change too, which is proof enough for its second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    database.store.canary().await.expect("a sound store");
    let first = written().await.expect("a row");
    for _ in 0..20 {
        database.store.canary().await.expect("a sound store");
    }
    assert_eq!(written().await, Some(first), "it wrote again within a second");
}
