//! How long things are kept: what is old goes, what is needed stays, and the log only under a recorded end.

use imprimatur::{
    clock::new_id,
    domain::{JobId, LinkId, MailId, SessionId},
    model::{
        Aged, Claim, Job, KeptReceipt, Lane, Link, LinkPurpose, LogKind, LogLine, Mail, Next, Receipt, Session,
        TrailFilter,
    },
    store::Tx,
    usecase::retention,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::harness::house::{House, email};

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(days * 24)
}

/// What there is of each kind, as text that begins with the kind.
const LEFT: &str = "SELECT COUNT(*) FROM ";

/// Something old of every kind that grows, beside the same that is still needed.
async fn seed(house: &House, tx: &Tx, now: Timestamp) {
    let person = house.id("author");
    for (subject, sent_at) in [("sent", Some(now)), ("unsent", None)] {
        let (text, html) = ("text".to_owned(), "html".to_owned());
        let (to, subject) = (email("author").parse().unwrap(), subject.to_owned());
        let id = MailId(new_id());
        let mail = Mail {
            id,
            person,
            to,
            subject,
            text,
            html,
            about: None,
            queued_at: now,
            sent_at,
            dedupe: None,
            kept_at: None,
            dropped_at: None,
        };
        tx.add_mail(&mail).await.unwrap();
    }
    for (byte, expires_at) in [(1, now), (2, now + days(1_000))] {
        let purpose = LinkPurpose::Invitation;
        let link = Link { id: LinkId(new_id()), token_hash: [byte; 32], person, purpose, expires_at, used_at: None };
        tx.add_link(&link).await.unwrap();
        let (id, agent) = (SessionId(new_id()), String::new());
        let session = Session {
            id,
            secret_hash: [byte; 32],
            person,
            created_at: now,
            seen_at: now,
            expires_at,
            agent,
            address: String::new(),
        };
        tx.add_session(&session).await.unwrap();
    }
    let hour = SignedDuration::from_mins(60);
    for bucket in ["account:open", "account:closed"] {
        tx.count_failure(bucket, now, hour).await.unwrap();
    }
    tx.close_bucket("account:closed", now + days(1_000)).await.unwrap();
    for kind in ["done", "waiting", "given-up"] {
        // Claimed one by one below; the one that waits is not due yet.
        let run_at = if kind == "waiting" { now + days(1_000) } else { now };
        tx.add_job(&Job::new(JobId(new_id()), kind, json!({}), run_at, None)).await.unwrap();
    }
    let token = new_id();
    let claim = Claim { lane: Lane::Errands, token, limit: 100 };
    for job in tx.claim_jobs(claim, now).await.unwrap() {
        match job.kind.as_str() {
            "given-up" => tx.fail_job(job.id, token, now, "it cannot be", Next::GiveUp).await.unwrap(),
            _ => tx.finish_job(job.id, token, now).await.unwrap(),
        }
    }
    let answer =
        KeptReceipt { person, key: "key".to_owned(), fingerprint: [0; 32], receipt: Receipt::Done, created_at: now };
    tx.keep_receipt(&answer).await.unwrap();
}

async fn left(house: &House) -> Vec<(&'static str, i64)> {
    let mut left = Vec::new();
    for what in [
        "mail WHERE sent_at IS NULL",
        "mail WHERE sent_at IS NOT NULL",
        "link",
        "session",
        "throttle",
        "job WHERE kind = 'waiting'",
        "job WHERE kind = 'given-up'",
        "job WHERE kind = 'done'",
        "kept_receipt",
    ] {
        left.push((what, house.database.count(&format!("{LEFT}{what}")).await));
    }
    left
}

/// Seen to fail: without the condition on `until` the closed account was forgotten (2 attempts for 1), and by the time of
/// writing the unsent letter went (2 letters for 1).
#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_long_enough_goes_and_what_is_needed_stays() {
    let house = House::open().await;
    let context = &house.app.context;
    let tx = house.database.begin().await;
    seed(&house, &tx, context.clock.now()).await;
    tx.commit().await.unwrap();
    let before = left(&house).await;
    retention::sweep(context).await.unwrap();
    assert_eq!(left(&house).await, before, "nothing is old yet");
    assert!(context.clock.advance(days(181)));
    let swept = retention::sweep(context).await.unwrap();
    for kind in [Aged::Letters, Aged::Links, Aged::Sessions, Aged::Attempts, Aged::Work, Aged::Answers] {
        assert_eq!(swept.get(&kind), Some(&1), "{kind:?}: {swept:?}");
    }
    assert_eq!(
        left(&house).await,
        [
            ("mail WHERE sent_at IS NULL", 1),
            ("mail WHERE sent_at IS NOT NULL", 0),
            ("link", 1),
            ("session", 1),
            ("throttle", 1),
            ("job WHERE kind = 'waiting'", 1),
            ("job WHERE kind = 'given-up'", 1),
            ("job WHERE kind = 'done'", 0),
            ("kept_receipt", 0),
        ]
    );
    assert!(retention::sweep(context).await.unwrap().values().all(|rows| *rows == 0), "a second time finds nothing");
}

/// Seen to fail: with `Period::Forever` read as now, all 7 kinds were swept.
#[tokio::test(flavor = "multi_thread")]
async fn never_is_never() {
    let kinds =
        ["keep_letters", "keep_links", "keep_sessions", "keep_attempts", "keep_work", "keep_answers", "keep_log"];
    let house = House::open_with(&kinds.map(|kind| (kind, "never"))).await;
    let context = &house.app.context;
    let tx = house.database.begin().await;
    seed(&house, &tx, context.clock.now()).await;
    tx.commit().await.unwrap();
    let before = left(&house).await;
    assert!(context.clock.advance(days(366 * 50)));
    assert_eq!(retention::sweep(context).await.unwrap().len(), 0);
    assert_eq!(left(&house).await, before);
}

/// Seen to fail: without the limit in the statement the first of them deleted all 1,200.
#[tokio::test(flavor = "multi_thread")]
async fn one_transaction_deletes_a_bounded_number_of_rows() {
    let house = House::open().await;
    let now = house.app.context.clock.now();
    let tx = house.database.begin().await;
    for number in 0..1_200 {
        tx.count_failure(&format!("account:{number}"), now, days(1)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let later = now + days(2);
    let tx = house.database.begin().await;
    assert_eq!(tx.sweep(Aged::Attempts, later, later, 500).await.unwrap(), 500);
    drop(tx);
    assert!(house.app.context.clock.advance(days(3)));
    assert_eq!(retention::sweep(&house.app.context).await.unwrap().get(&Aged::Attempts), Some(&1_200));
}

/// Seen to fail: with a trigger that never refuses, the intruder emptied the log.
#[tokio::test(flavor = "multi_thread")]
async fn lines_of_the_log_go_only_under_an_end_that_was_written_down() {
    let house = House::open().await;
    let context = &house.app.context;
    let now = context.clock.now();
    let line = |at: Timestamp, act: &str| LogLine {
        id: new_id(),
        at,
        kind: LogKind::Change,
        submission: None,
        actor: None,
        act: act.to_owned(),
        subject: "anything".to_owned(),
        detail: json!({}),
    };
    let tx = house.database.begin().await;
    for (back, act) in [(days(366 * 8), "old"), (days(366 * 7 + 1), "barely-old"), (days(366 * 6), "young")] {
        tx.add_log(&line(now - back, act)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let all = "DELETE FROM log";
    assert!(house.database.run(all).await.unwrap_err().to_string().contains("append-only"));
    let tx = house.database.begin().await;
    tx.end_log(now - days(300), now).await.expect_err("an end of less than a year back");
    drop(tx);

    let swept = retention::sweep(context).await.unwrap();
    assert_eq!(swept.get(&Aged::Log), Some(&2), "{swept:?}");
    let log = house.database.view().await.log(&TrailFilter::default(), None, None, 10).await.unwrap().rows;
    let acts: Vec<&str> = log.iter().map(|line| line.act.as_str()).collect();
    assert_eq!(acts, ["log-swept", "young"]);
    assert_eq!(log[0].detail["lines"], 2);
    // What is left is guarded as before, and so is the end itself.
    for statement in [all, "UPDATE log SET act = 'x'", "DELETE FROM log_end", "UPDATE log_end SET upto = 0"] {
        let refused = house.database.run(statement).await.expect_err(statement).to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    retention::sweep(context).await.unwrap();
    let ends = house.database.count("SELECT COUNT(*) FROM log_end").await;
    assert_eq!(ends, 1, "the log is swept a whole day at a time");
}
