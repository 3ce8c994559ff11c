//! Stores as the programs of before wrote them, one of each version of the schema: `migrate` brings them up to date.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use imprimatur::domain::Duty;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::json;

use crate::harness::{client::Client, process::Installation};

/// The title of what was submitted and accepted in each of them.
const TITLE: &str = "Leg ulcers in home care";
/// What is not kept: a private key, and what belongs to the machine on which it was written.
const LEFT_OUT: [&str; 3] = ["signing_key", "machine_clock", "throttle"];

/// Where they are, each under the name of the last step of its schema.
fn shelf() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/stores")
}

async fn texts(database: &DatabaseConnection, query: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), query)).await;
    rows.expect(query).iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}

async fn opened(installation: &Installation) -> DatabaseConnection {
    Database::connect(format!("{}?mode=rwc", installation.address())).await.expect("a database")
}

/// A store with people, letters, work and a disclosure that was checked, as this program writes it.
async fn written(folder: &Path) -> String {
    let installation = Installation::in_directory(folder.to_owned(), None);
    let nobody: &[Duty] = &[];
    let officers = ["officer", "second-officer"].map(|key| (key, nobody, &["integrity"][..]));
    installation.found(&[("author", nobody, &[]), officers[0], officers[1]]).await;
    let server = installation.serve();
    let who = |key: &str| Client::with_token(server.url.clone(), installation.token(key));
    let (author, officer) = (who("author"), who("officer"));
    let reference = author.begin("disclosure").await;
    let answers = json!({
        "title": TITLE, "begins_on": "2030-01-01",
        "any_relationship": false, "insider": false, "truth": true,
    });
    author.answer(&reference, &answers).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    officer.claim(&reference, "check").await.ok();
    let verdict = json!({ "verdict": "approve", "note": "Read.", "rubric": { "stated": true, "relevant": "none" } });
    officer.judge(&reference, "check", &verdict).await.ok();
    assert_eq!(author.state(&reference).await, "clear");
    assert!(server.stop().0.success());

    let database = opened(&installation).await;
    let mut lines = texts(
        &database,
        "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .await;
    for table in texts(&database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").await {
        if LEFT_OUT.contains(&table.as_str()) || table.starts_with("sqlite_") {
            continue;
        }
        let columns = texts(&database, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let values: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        let (columns, values) = (columns.join("\", \""), values.join(" || ', ' || "));
        let rows =
            format!("SELECT 'INSERT INTO \"{table}\" (\"{columns}\") VALUES (' || {values} || ');' FROM \"{table}\"");
        lines.extend(texts(&database, &rows).await);
    }
    database.close().await.expect("an end");
    lines.join("\n") + "\n"
}

/// Puts a kept store where an installation has its own.
async fn laid_down(store: &str, folder: &Path) -> Installation {
    let installation = Installation::in_directory(folder.to_owned(), None);
    let database = opened(&installation).await;
    database.execute_unprepared(&format!("PRAGMA foreign_keys = OFF; BEGIN; {store} COMMIT;")).await.expect("a store");
    database.close().await.expect("an end");
    let private = fs::Permissions::from_mode(0o600);
    fs::set_permissions(folder.join("imprimatur.db"), private).expect("for oneself alone");
    installation
}

/// The statements that made a store.
async fn schema(installation: &Installation) -> Vec<String> {
    let database = opened(installation).await;
    let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name";
    let found = texts(&database, query).await;
    database.close().await.expect("an end");
    found
}

/// Brings a store up to date and reads what was submitted in it.
async fn is_read(store: &str, name: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let installation = laid_down(store, folder.path()).await;
    installation.run(&["migrate"]).ok();
    // It has no documents, and its place for them is a new one.
    installation.run(&["documents", "adopt"]).ok();
    let doctor = installation.run(&["doctor"]).ok();
    assert!(doctor.contains("ok      events, states, ledger and references agree"), "{name}: {doctor}");

    let database = opened(&installation).await;
    let reference = texts(&database, "SELECT reference FROM submission").await.remove(0);
    database.close().await.expect("an end");
    let store = installation.store().await;
    let view = store.view().await.expect("a look");
    let submission = view.submission_by_reference(&reference).await.expect("a look").expect(name);
    assert_eq!((submission.item.state.as_str(), submission.title.as_str()), ("clear", TITLE), "{name}");
    let events = view.events(submission.id, 0, 100).await.expect("a look");
    assert!(events.len() > 4, "{name}: {events:?}");
    drop(view);
    store.close().await.expect("an end");
    drop(store);

    // Served, it may be over meanwhile: a disclosure is good for two years.
    let server = installation.serve();
    let author = Client::with_token(server.url.clone(), installation.token("author"));
    assert_eq!(author.read(&reference).await.ok()["title"], TITLE, "{name}");
    assert!(server.stop().0.success());

    let fresh = tempfile::tempdir().expect("a folder");
    let fresh = Installation::in_directory(fresh.path().to_owned(), None);
    fresh.init().ok();
    assert_eq!(schema(&installation).await, schema(&fresh).await, "{name}: a step that is kept was changed since");
}

/// Before the first release a step may still be changed, and this store is written anew; from then on a new step follows:
/// `KEEP_STORE=1 cargo nextest run -E 'test(every_kept_store)'` writes the one of its schema.
#[tokio::test(flavor = "multi_thread")]
async fn every_kept_store_is_brought_up_to_date_and_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = written(folder.path()).await;
    is_read(&new, "as it is written now").await;
    let database = opened(&Installation::in_directory(folder.path().to_owned(), None)).await;
    let last = texts(&database, "SELECT max(version) FROM seaql_migrations").await.remove(0);
    database.close().await.expect("an end");
    if env::var_os("KEEP_STORE").is_some() {
        fs::write(shelf().join(format!("{last}.sql")), &new).expect("kept");
    }
    let mut kept: Vec<PathBuf> =
        fs::read_dir(shelf()).expect("stores").map(|file| file.expect("a file").path()).collect();
    kept.sort();
    let newest = kept.last().and_then(|file| file.file_stem()).expect("a store").to_string_lossy();
    assert_eq!(newest, last, "no store of the newest schema is kept");
    for file in kept {
        is_read(&fs::read_to_string(&file).expect("text"), &file.display().to_string()).await;
    }
}
