//! A file system that is full under four writers, then has space again, then a restart.
//!
//! `FULL_DISK_SECONDS` is how long it stays full: 5 by default.
//!
//! Seen to fail with the program as it was before its SQLite pools looked at what they take back: nobody gets on although there is
//! space again.

use std::{
    env,
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{
    failing_disk::{kept, readiness},
    mount::Mount,
};
use crate::harness::{
    book::{self, Book, Staff},
    process::Installation,
};

/// Of the file system, in megabytes.
const SIZE: u32 = 24;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_system_that_was_full_under_four_writers_has_everything_that_was_acknowledged() {
    if env::var_os("TEST_DATABASE_URL").is_some() {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let Some(_mount) = Mount::memory(SIZE, place.path()) else { return };
    let data = place.path().join("data");
    fs::create_dir(&data).expect("a directory");
    let installation = book::house(async |people| Installation::in_directory(data, None).with(people).await).await;
    let ballast = place.path().join("ballast");
    filled(&installation, async || fill(&ballast), async || fs::remove_file(&ballast).expect("space")).await;
}

/// Four people work where there is no space for some seconds, then where there is again; everything that was acknowledged is there
/// after a restart.
pub(super) async fn filled(installation: &Installation, fill: impl AsyncFnOnce(), empty: impl AsyncFnOnce()) {
    let seconds: u64 = env::var("FULL_DISK_SECONDS").map_or(5, |seconds| seconds.parse().expect("a number"));
    let staff = Staff::of(installation);
    let book = Book::default();
    let server = installation.serve();
    let (authors, assessor) = (staff.authors(&server.url), staff.assessor(&server.url));
    book.one(0, &authors[0], &assessor).await.expect("a life while there is space");
    fill().await;
    let days: Vec<_> = authors
        .iter()
        .enumerate()
        .map(|(number, author)| tokio::spawn(book.clone().day(number, author.clone(), assessor.clone())))
        .collect();
    sleep(Duration::from_secs(seconds)).await;
    let before = book.recognised();
    empty().await;
    readiness(&server, true).await;
    let end = Instant::now() + Duration::from_mins(1);
    while book.recognised() < before + 8 {
        assert!(Instant::now() < end, "nobody gets on although there is space");
        sleep(Duration::from_millis(50)).await;
    }
    server.kill();
    let mut failed = 0;
    for day in days {
        failed += day.await.expect("answers that make sense");
    }
    assert!(failed > 0, "there was space all the time");

    kept(installation, &staff, &book).await;
    eprintln!(
        "{seconds} s without space: {failed} lives cut short, {before} and afterwards {} finished of {}",
        book.recognised(),
        book.records().len()
    );
}

/// Writes until there is no space.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).expect("a file");
    for size in [1 << 20, 4096] {
        while file.write_all(&vec![1; size]).is_ok() {}
    }
}
