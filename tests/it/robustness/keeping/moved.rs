//! From one database to the other and back, and from files to a bucket and back.

use std::{env, time::Instant};

use super::{rows, seal, serves, text, worked};
use crate::harness::{bucket::Bucket, database, process::Installation};

/// The file that installations move to.
fn file(installation: &Installation) -> String {
    format!("sqlite://{}/moved.db", installation.folder().display())
}

/// Another database of the kind that the tests run on.
async fn another(installation: &Installation) -> (String, Option<database::Database>) {
    if installation.is_sqlite() {
        return (format!("sqlite://{}/back.db", installation.folder().display()), None);
    }
    let other = database::empty().await;
    other.store.close().await.expect("closed");
    (other.address.clone(), Some(other))
}

/// On PostgreSQL it goes to SQLite and back; on SQLite from file to file.
#[tokio::test(flavor = "multi_thread")]
async fn an_installation_moves_to_another_database_and_back() {
    let (installation, staff, book) = worked(6).await;
    let (file, (back, _kept)) = (file(&installation), another(&installation).await);
    let before = rows(&installation.address()).await;
    let said = installation.run(&["move", "--to", &file]).ok();
    assert!(said.contains("Copied and compared") && !said.contains("WRONG"), "{said}");
    assert_eq!(rows(&file).await, before, "{said}");
    serves(&installation, &["--database", &file], &staff, &book.records()).await;

    let before = rows(&file).await;
    installation.run(&["move", "--database", &file, "--to", &back]).ok();
    assert_eq!(rows(&back).await, before);
    serves(&installation, &["--database", &back], &staff, &book.records()).await;
    installation.run(&["doctor", "--database", &back]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_moved_is_not_served_by_mistake() {
    let (installation, staff, book) = worked(1).await;
    let file = file(&installation);
    installation.run(&["move", "--to", &file]).ok();
    for command in [&["serve"][..], &["migrate"], &["job", "list"]] {
        let refused = installation.run(command).failed();
        assert!(
            refused.contains(&format!("was moved to {file}")) && refused.contains("--undo"),
            "{command:?}: {refused}"
        );
    }
    let again = installation.run(&["move", "--to", &format!("{file}.other")]).failed();
    assert!(again.contains("was moved to"), "{again}");
    installation.run(&["doctor"]).ok();
    installation.run(&["move", "--undo"]).ok();
    serves(&installation, &[], &staff, &book.records()).await;
}

/// Whichever side of the mark on the old place it was killed: never can both be served, and the same command ends it.
#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_was_killed_at_its_end_is_ended_by_the_same_command() {
    let (installation, staff, book) = worked(2).await;
    let (to, _kept) = another(&installation).await;
    let again = || installation.run(&["move", "--to", &to]);
    again().ok();
    let moved = rows(&to).await;

    // Before: the old place is what counts.
    installation.run(&["move", "--undo"]).ok();
    seal(&to).await;
    let refused = installation.run(&["serve", "--database", &to]).failed();
    assert!(refused.contains("being filled"), "{refused}");
    serves(&installation, &[], &staff, &book.records()).await;
    again().ok();
    assert_eq!(rows(&to).await.get("submission"), moved.get("submission"));
    serves(&installation, &["--database", &to], &staff, &book.records()).await;

    // After: the new one is.
    seal(&to).await;
    let refused = installation.run(&["serve"]).failed();
    assert!(refused.contains("was moved to"), "{refused}");
    again().ok();
    serves(&installation, &["--database", &to], &staff, &book.records()).await;
    let refused = again().failed();
    assert!(refused.contains("was moved to"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_move_to_a_bucket_and_back() {
    let bucket = Bucket::open().await;
    let (installation, staff, book) = worked(3).await;
    let installation = bucket.known_to(installation);
    let said = installation.run(&["move", "--blobs-to", Bucket::PLACE]).ok();
    assert!(said.contains("Documents: 3"), "{said}");
    serves(&installation, &["--blobs", Bucket::PLACE], &staff, &book.records()).await;
    let refused = installation.run(&["serve"]).failed();
    assert!(refused.contains("moved from here to another place") && !refused.contains("adopt` to"), "{refused}");

    let back = installation.folder().join("back");
    installation.run(&["move", "--blobs", Bucket::PLACE, "--blobs-to", text(&back)]).ok();
    serves(&installation, &["--blobs", text(&back)], &staff, &book.records()).await;
}

/// `MOVED` submissions, copies of one that was really sent; 300 where nothing is said.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_installation_moves_in_bounded_memory() {
    let many: usize = env::var("MOVED").map_or(300, |many| many.parse().expect("a number"));
    let (installation, staff, book) = worked(2).await;
    super::multiplied(&installation, &staff, many).await;
    let before = rows(&installation.address()).await;
    let (file, (back, _kept)) = (file(&installation), another(&installation).await);
    for (from, to) in [(&installation.address(), &file), (&file, &back)] {
        let began = Instant::now();
        let said = installation.run(&["move", "--database", from, "--to", to]);
        eprintln!("{} rows in {:.1} s\n{}", before.values().sum::<i64>(), began.elapsed().as_secs_f64(), said.err);
        said.ok();
        let mut after = rows(to).await;
        after.remove("setting");
        assert!(after.iter().all(|(table, rows)| before[table] == *rows), "{before:?}\n{after:?}");
    }
    serves(&installation, &["--database", &back], &staff, &book.records()).await;
}
