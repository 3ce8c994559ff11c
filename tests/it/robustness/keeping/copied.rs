//! The copy itself: every table, every kind of value.

use imprimatur::store::{StoreUrl, copy};

use super::rows;
use crate::harness::{
    database::{self, Database},
    sample::Sample,
};

/// Texts that some format on the way could take for something else.
const NASTY: [&str; 9] =
    ["", " ", "\\N", "\\", "tab\tline\nreturn\r\\t", "'\"`;--", "Żółć 漢字 🎓 \u{202e}", "\u{1}\u{7f}", "\\."];

/// A database with something nasty in it.
async fn sample() -> Database {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    for (number, text) in (1..).zip(NASTY) {
        let submission = sample.add(&database, number, text).await;
        if number == 1 {
            let tx = database.begin().await;
            tx.add_entry(&sample.entry(submission.id)).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
    database
}

/// A file of this test.
fn file(folder: &tempfile::TempDir, name: &str) -> (String, StoreUrl) {
    let address = format!("sqlite://{}/{name}.db", folder.path().display());
    (address.clone(), address.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_and_every_text_arrives_as_it_was() {
    let database = sample().await;
    let folder = tempfile::tempdir().unwrap();
    let (first, first_url) = file(&folder, "first");
    let there = copy::transfer(&database.url, &first_url).await.unwrap();
    assert_eq!(there, copy::contents(&database.url).await.unwrap());
    assert_eq!(rows(&first).await, rows(&database.address).await);
    // And on to where it came from.
    let (second, second_url, _kept) = if database.is_sqlite() {
        let (second, url) = file(&folder, "second");
        (second, url, None)
    } else {
        let other = database::empty().await;
        (other.address.clone(), other.url.clone(), Some(other))
    };
    assert_eq!(copy::transfer(&first_url, &second_url).await.unwrap(), there);
    assert_eq!(rows(&second).await, rows(&first).await);
    // Constraints and triggers are back.
    for statement in ["UPDATE event SET kind = 'x'", "DELETE FROM ledger_entry"] {
        let refused = database::run(&second, statement).await.expect_err(statement).to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    let dangling = "UPDATE membership SET slug = 'nobody knows it'";
    assert!(database::run(&second, dangling).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_schema_is_counted() {
    let database = sample().await;
    let mut there: Vec<String> = rows(&database.address).await.into_keys().collect();
    there.retain(|table| table != "seaql_migrations");
    let counted: Vec<String> = copy::contents(&database.url).await.unwrap().tables.into_keys().collect();
    assert_eq!(counted, there);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_not_as_it_was_made_is_refused() {
    let database = sample().await;
    if database.is_sqlite() {
        // From file to file SQLite copies whatever there is.
        return;
    }
    database.run("ALTER TABLE person ADD COLUMN shoe_size bigint").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_, url) = file(&folder, "target");
    let refused = copy::transfer(&database.url, &url).await.unwrap_err().to_string();
    assert!(refused.contains("the table person is not as this version of the program made it"), "{refused}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something was left behind");
    // A table of somebody else is left where it is.
    database.run("ALTER TABLE person DROP COLUMN shoe_size; CREATE TABLE notes (text text)").await.unwrap();
    let copied = copy::transfer(&database.url, &url).await.unwrap();
    assert!(!copied.tables.contains_key("notes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_character_stops_the_way_to_postgresql_and_is_named() {
    let database = database::fresh().await;
    if database.is_sqlite() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (address, url) = file(&folder, "source");
    copy::transfer(&database.url, &url).await.unwrap();
    database::run(&address, "INSERT INTO setting (name, value) VALUES ('odd', 'Dear ' || char(0) || 'Ada')")
        .await
        .unwrap();
    let other = database::empty().await;
    let refused = copy::transfer(&url, &other.url).await.unwrap_err().to_string();
    assert!(refused.contains("setting.value") && refused.contains("Dear Ada"), "{refused}");
    assert!(
        rows(&other.address)
            .await
            .iter()
            .all(|(table, rows)| *rows == 0 || table == "seaql_migrations" || table == "setting")
    );
    // Nobody serves what is half there, and it can be filled all the same.
    let served = imprimatur::store::Store::connect(&other.url).await.unwrap_err().to_string();
    assert!(served.contains("being filled"), "{served}");
    database::run(&address, "DELETE FROM setting WHERE name = 'odd'").await.unwrap();
    copy::transfer(&url, &other.url).await.unwrap();
    imprimatur::store::Store::connect(&other.url).await.unwrap();
}
