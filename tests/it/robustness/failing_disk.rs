//! A disk that fails once, at any write and any sync of a submission's life, and one that fails for good.
//!
//! `FAULT_POINTS` is at how many points of a life each kind of failure is tried: 8 by default, `all` for every one.
//!
//! Seen to fail with the program as it was before its SQLite pools looked at what they take back: 404 for a submission whose creation
//! was just acknowledged, into a transaction that nobody ended.

use std::{env, time::Duration};

use reqwest::Method;
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::fault::{Calls, Count, Disk, Errno, Fault};
use crate::harness::{
    book::{self, Book, Staff, Stopped, compare, credits_stand},
    process::{Installation, Server},
};

/// How long readiness may take to follow the truth.
const TRUTH: Duration = Duration::from_secs(5);

const FAULTS: [Fault; 4] = [
    Fault { calls: Calls::Write, error: Errno::Io, shortened: false },
    Fault { calls: Calls::Write, error: Errno::NoSpace, shortened: false },
    Fault { calls: Calls::Write, error: Errno::NoSpace, shortened: true },
    Fault { calls: Calls::Sync, error: Errno::Io, shortened: false },
];

/// Waits until the server says that it is ready, or not.
pub(super) async fn readiness(server: &Server, ready: bool) {
    let url = format!("{}/readyz", server.url);
    let expected = if ready { 200 } else { 503 };
    let mut said = String::new();
    let waited = timeout(TRUTH, async {
        loop {
            let answer = reqwest::get(&url).await.expect("an answer");
            let status = answer.status();
            said = answer.text().await.unwrap_or_default();
            if status == expected {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    });
    assert!(waited.await.is_ok(), "readyz never says {expected}: {said}");
}

/// What was acknowledged is there after a kill and a restart.
pub(super) async fn kept(installation: &Installation, staff: &Staff, book: &Book) {
    let server = installation.serve();
    let authors = staff.authors(&server.url);
    compare(&book.records(), &authors).await;
    credits_stand(&book.records(), &authors).await;
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    assert!(server.stop().0.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fails_once_at_any_point_takes_nothing_that_was_acknowledged() {
    let points = match env::var("FAULT_POINTS").as_deref() {
        Ok("all") => u64::MAX,
        Ok(points) => points.parse().expect("a number"),
        Err(_) => 8,
    };
    let installation = book::house(Installation::founded).await;
    if !installation.is_sqlite() {
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::below(installation.folder(), scratch.path()) else { return };
    let staff = Staff::of(&installation);
    let book = Book::default();
    let (mut tried, mut refused, mut lives) = (0, 0, 0);
    for fault in FAULTS {
        let server = installation.serve_by(|command| disk.under(command));
        let (authors, assessor) = (staff.authors(&server.url), staff.assessor(&server.url));
        let before = disk.count();
        book.one(0, &authors[0], &assessor).await.expect("a life without failures");
        let Count { writes, syncs } = disk.count();
        let calls = if fault.calls == Calls::Sync { syncs - before.syncs } else { writes - before.writes };
        assert!(calls > 5, "{calls} calls in a whole life: they are not seen");
        let mut at = 1;
        while at <= calls {
            disk.fail_at(fault, at);
            let outcome = book.one(1, &authors[1], &assessor).await;
            assert_ne!(outcome, Err(Stopped::Cut), "the server broke off at {at} of {calls}, {fault:?}");
            refused += u64::from(outcome.is_err());
            tried += disk.heal();
            lives += 1;
            if let Err(stopped) = book.one(2, &authors[2], &assessor).await {
                panic!("after the failure at {at} of {calls}, {fault:?}: {stopped:?}");
            }
            at += (calls / points).max(1);
        }
        readiness(&server, true).await;
        server.kill();
        kept(&installation, &staff, &book).await;
    }
    eprintln!(
        "{lives} lives with {tried} failures of the disk, {refused} of which a request met; {} submissions",
        book.records().len()
    );
    assert!(tried > 3 && refused > 3, "{tried} failures, {refused} seen: nothing was tested");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_takes_nothing_is_told_of_and_serves_again_when_it_is_well() {
    let installation = book::house(Installation::founded).await;
    if !installation.is_sqlite() {
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::below(installation.folder(), scratch.path()) else { return };
    let staff = Staff::of(&installation);
    let book = Book::default();
    let server = installation.serve_by(|command| disk.under(command));
    let (authors, assessor) = (staff.authors(&server.url), staff.assessor(&server.url));
    for error in [Errno::NoSpace, Errno::Io] {
        readiness(&server, true).await;
        disk.fail(Fault { calls: Calls::Either, error, shortened: false });
        let draft = authors[0].request(Method::POST, "/submissions").await.json(&json!({ "workflow": "self-study" }));
        let refused = draft.send().await.expect("an answer").status();
        assert!(refused.is_server_error(), "{refused} while nothing can be written");
        readiness(&server, false).await;
        authors[0].get("/submissions").await.ok();
        assert!(disk.heal() > 0);
        readiness(&server, true).await;
        for (number, author) in authors.iter().enumerate() {
            book.one(number, author, &assessor).await.expect("a life after the failure");
        }
    }
    let log = std::fs::read_to_string(installation.folder().join("server.log")).expect("a log");
    assert!(log.contains("A trial change could not be kept"), "{log}");
    server.kill();
    kept(&installation, &staff, &book).await;
}
