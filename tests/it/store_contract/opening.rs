//! Opening, migrating, beginning.

use std::{future::Future, pin::pin, task::Poll};

use imprimatur::store::{Error, Store};
use tokio::task::JoinSet;

use crate::harness::{database, sample::Sample};

#[tokio::test(flavor = "multi_thread")]
async fn eight_servers_that_start_at_once_migrate_once() {
    let database = database::empty().await;
    assert!(!database.store.is_current().await.expect("a look"));
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
    assert!(database.store.is_current().await.expect("a look"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_a_file_is_refused_and_a_look_is_not() {
    let database = database::fresh().await;
    if !database.is_sqlite() {
        return;
    }
    let second = Store::connect(&database.url).await;
    assert!(matches!(&second, Err(Error::Unusable(why)) if why.contains("another server")), "{second:?}");
    let looking = Store::inspect(&database.url).await.expect("a look");
    assert!(looking.is_current().await.expect("a look"));
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
    assert!(view.person(sample.organisation, sample.author).await.expect("a look").is_some());
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
        assert!(store.is_current().await.expect("a look"));
        if !database.is_sqlite() {
            // Outside of a transaction the connection is idle; a division by nothing is the finding.
            let left = "SELECT 1 / (CASE WHEN EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
                        AND state LIKE 'idle in transaction%') THEN 0 ELSE 1 END)";
            database.run(left).await.unwrap_or_else(|error| panic!("after {polls} polls: {error}"));
        }
    }
}
