//! Backing up, restoring, moving: by the program itself, as an operator does it.

mod broken_off;
mod copied;
mod moved;
mod refused;
mod under_load;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use imprimatur::{
    clock::new_id,
    domain::SubmissionId,
    model::{Revision, Submission},
    workflow::{Holder, Turn},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::json;

use crate::harness::{
    book::{self, Book, Staff, answers},
    database,
    form::pdf,
    process::Installation,
};

/// An installation in which some studies were taken to their end, and what is known of them.
async fn worked(studies: usize) -> (Installation, Staff, Book) {
    let installation = book::house(Installation::founded).await;
    let (staff, book) = work(&installation, studies).await;
    (installation, staff, book)
}

/// Takes some studies to their end.
async fn work(installation: &Installation, studies: usize) -> (Staff, Book) {
    let (staff, book) = (Staff::of(installation), Book::default());
    let server = installation.serve();
    let (authors, assessor) = (staff.authors(&server.url), staff.assessor(&server.url));
    for study in 0..studies {
        let author = study % authors.len();
        book.one(author, &authors[author], &assessor).await.expect("a study");
    }
    assert!(server.stop().0.success());
    (staff, book)
}

/// Adds so many submissions that were sent, copies of one that really was.
async fn multiplied(installation: &Installation, staff: &Staff, many: usize) {
    let server = installation.serve();
    let author = staff.authors(&server.url).remove(0);
    let reference = author.begin("self-study").await;
    author.answer(&reference, &answers("One of many")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", pdf(2_000, &reference)).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    assert!(server.stop().0.success());

    let store = installation.store().await;
    let view = store.view().await.unwrap();
    let sent = view.submission_by_reference(&reference).await.unwrap().unwrap();
    let events = view.events(sent.id, 0, 1000).await.unwrap();
    drop(view);
    let mut answers = sent.answers.clone();
    // Its file belongs to the one that was sent.
    answers.0.remove("evidence");
    let holder = Holder::Group("self-study-assessors".to_owned());
    let since = sent.item.since;
    let turn = Turn {
        holder,
        role: "assessor".to_owned(),
        track: Some("assess".to_owned()),
        since,
        by: None,
        late_since: None,
    };
    let mut number = 0;
    while number < many {
        let tx = store.begin().await.unwrap();
        for _ in 0..1_000.min(many - number) {
            number += 1;
            let (id, reference) = (SubmissionId(new_id()), format!("SS-1999-{number:06}"));
            let title = format!("Copy {number}\tof\nmany \\N 'ü' \u{1f393}");
            let copy = Submission { id, reference, title, answers: answers.clone(), ..sent.clone() };
            tx.add_submission(&copy, &events, std::slice::from_ref(&turn)).await.unwrap();
            let revision = Revision { submission: id, number: 1, sequence: 2, answers: answers.clone(), at: since };
            tx.add_revision(&revision).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    store.close().await.unwrap();
}

/// What was acknowledged is served, byte for byte.
async fn serves(installation: &Installation, more: &[&str], staff: &Staff, book: &[book::Record]) {
    let server = installation.serve_with(more);
    let authors = staff.authors(&server.url);
    book::compare(book, &authors).await;
    book::credits_stand(book, &authors).await;
    assert!(server.stop().0.success());
}

/// How many rows each table has, asked past the program.
async fn rows(address: &str) -> BTreeMap<String, i64> {
    if let Some(file) = address.strip_prefix("sqlite://")
        && !Path::new(file).exists()
    {
        return BTreeMap::new();
    }
    let connection: DatabaseConnection = sea_orm::Database::connect(address).await.expect("a connection");
    let backend = connection.get_database_backend();
    let tables = if address.starts_with("sqlite") {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
    };
    let tables = connection.query_all_raw(Statement::from_string(backend, tables)).await.expect("tables");
    let mut rows = BTreeMap::new();
    for table in tables {
        let table: String = table.try_get_by_index(0).expect("a name");
        let count = Statement::from_string(backend, format!("SELECT COUNT(*) FROM \"{table}\""));
        let count = connection.query_one_raw(count).await.expect("a count").expect("a row");
        rows.insert(table, count.try_get_by_index(0).expect("a number"));
    }
    connection.close().await.expect("closed");
    rows
}

/// Seals a database as one that is being filled, which is how a restore or a move leaves it that is killed at its end.
async fn seal(address: &str) {
    let put = "INSERT INTO setting (name, value) VALUES ('sealed', '\"filling\"')";
    database::run(address, put).await.expect("sealed");
}

/// Whether a database is marked as not to be served.
async fn is_sealed(address: &str) -> bool {
    // A file that is not there, or has no tables yet, has no marks.
    let Ok(connection) = sea_orm::Database::connect(address).await else { return false };
    let mark = "SELECT value FROM setting WHERE name = 'sealed'";
    let mark = Statement::from_string(connection.get_database_backend(), mark);
    let found = connection.query_one_raw(mark).await;
    connection.close().await.expect("closed");
    found.is_ok_and(|mark| mark.is_some())
}

/// The backups of a folder that are whole, the oldest first.
fn backups(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.join("manifest.json").exists() && path.extension().is_none());
    found.sort();
    found
}

/// The documents in a folder of backups.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder.join("files/documents")).expect("documents");
    found.map(|entry| entry.unwrap().path()).collect()
}

/// A path as text.
fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}
