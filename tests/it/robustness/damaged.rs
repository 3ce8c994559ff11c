//! A database file that is damaged on the disk: `doctor` says so, and where.

use std::{fs::File, os::unix::fs::FileExt as _};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::harness::process::Installation;

const SOUND: &str = "the database finds its pages, indexes and references sound";

async fn connect(installation: &Installation) -> DatabaseConnection {
    Database::connect(installation.address()).await.expect("a connection")
}

#[tokio::test]
async fn doctor_finds_a_damaged_page_and_a_reference_to_nothing() {
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    if !installation.is_sqlite() {
        return;
    }
    let said = installation.run(&["doctor"]).ok();
    assert!(said.contains(&format!("ok      {SOUND}")), "{said}");

    let connection = connect(&installation).await;
    let dangling = "PRAGMA foreign_keys = OFF; INSERT INTO link (id, token_hash, person, purpose, expires_at) \
                    VALUES (x'01', x'02', x'03', 'reset', 0)";
    connection.execute_unprepared(dangling).await.expect("a row");
    let said = installation.run(&["doctor"]).failed();
    assert!(said.contains(&format!("WRONG   {SOUND}")) && said.contains("link row"), "{said}");
    connection.execute_unprepared("DELETE FROM link WHERE id = x'01'").await.expect("no row");
    installation.run(&["doctor"]).ok();

    let query = "SELECT rootpage FROM sqlite_master WHERE name = 'mail_of_person'";
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), query)).await;
    let page: i64 = row.expect("a row").expect("a row").try_get_by_index(0).expect("a number");
    connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("everything in the file");
    connection.close().await.expect("an end");
    let file = File::options().write(true).open(installation.folder().join("imprimatur.db")).expect("the file");
    file.write_all_at(&[0xff; 4096], (u64::try_from(page).expect("a page") - 1) * 4096).expect("damage");
    let said = installation.run(&["doctor"]).failed();
    assert!(said.contains(&format!("WRONG   {SOUND}")), "{said}");
}
