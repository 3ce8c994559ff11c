//! Backups beside a server that people work with, each brought back and compared with what had been acknowledged.
//!
//! `BACKUPS` makes it longer than the three of every run.

use std::{env, time::Instant};

use tokio::task::block_in_place;

use super::{backups, text};
use crate::harness::{
    book::{self, Book, Staff},
    bucket::Bucket,
    process::{Installation, Part},
};

/// How many backups are made.
fn number() -> usize {
    env::var("BACKUPS").map_or(3, |number| number.parse().expect("a number"))
}

/// Makes backups while four practitioners work, and brings each back into an installation that `empty` gives.
async fn backed_up(installation: &Installation, empty: impl AsyncFn() -> Installation) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("backups");
    let (staff, book) = (Staff::of(installation), Book::default());
    let server = installation.serve();
    let days: Vec<_> = staff
        .authors(&server.url)
        .into_iter()
        .enumerate()
        .map(|(number, author)| tokio::spawn(book.clone().day(number, author, staff.assessor(&server.url))))
        .collect();
    let mut known = 0;
    for number in 1..=number() {
        // Work goes on between two, so that the next has something new.
        let wanted = book.recognised() + 3;
        while book.recognised() < wanted {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let before = book.records();
        let began = Instant::now();
        let said = block_in_place(|| installation.run(&["backup", text(&to), "--keep", "2"])).ok();
        let seconds = began.elapsed().as_secs_f64();
        eprintln!("{seconds:.1} s, {} submissions known before: {}", before.len(), said.lines().next().unwrap());
        assert!(before.len() > known, "nothing was done meanwhile");
        known = before.len();
        assert_eq!(backups(&to).len(), number.min(2), "{said}");

        // What is compared should not grow with how long that takes.
        let rest = book.rest().await;
        let restored = empty().await;
        let said = block_in_place(|| restored.run(&["restore", text(&to)])).ok();
        assert!(said.contains("Done; it can be served.") && !said.contains("WRONG"), "{said}");
        let expected = book::between(before, &book.records());
        let copy = restored.serve();
        book::compare(&expected, &staff.authors(&copy.url)).await;
        assert!(copy.stop().0.success());
        drop(rest);
    }
    server.kill();
    for day in days {
        assert_eq!(day.await.expect("a day"), 0, "backing up made a request fail");
    }
    assert!(book.recognised() > 5, "nothing was tested");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_has_all_that_was_acknowledged_before_it_began() {
    let installation = book::house(Installation::founded).await;
    backed_up(&installation, Installation::empty).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_of_a_bucket_has_all_that_was_acknowledged_before_it_began() {
    let (bucket, other) = (Bucket::open().await, Bucket::open().await);
    let installation = bucket.known_to(Installation::empty().await).set("IMPRIMATUR_BLOBS", Bucket::PLACE);
    let installation = book::house(async |people: &[Part<'_>]| installation.with(people).await).await;
    // The same folder serves for both: each restore goes to a prefix of its own.
    let count = std::sync::atomic::AtomicU32::new(0);
    backed_up(&installation, async || {
        let prefix = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let place = format!("s3://evidence/restored-{prefix}");
        other.known_to(Installation::empty().await).set("IMPRIMATUR_BLOBS", place)
    })
    .await;
}
