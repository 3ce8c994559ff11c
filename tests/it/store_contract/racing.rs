//! Many at once.

use std::collections::BTreeSet;

use imprimatur::{
    clock::new_id,
    domain::{JobId, LinkId},
    model::{Claim, Job, Lane, Link, LinkPurpose, Next, Queued, Ripe, Submission},
    store::{Error, Store},
};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::harness::{
    database,
    sample::{NOW, Sample, reviewers_turn},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_save_of_a_stale_version_is_refused_and_changes_nothing() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let mut submission = sample.add(&database, 1, "Sutures").await;
    let before = Submission { version: 2, ..submission.clone() };
    submission.title = "Other sutures".to_owned();
    let tx = database.begin().await;
    let saved = tx.save_submission(&submission, &before, &[], &[]).await;
    assert!(matches!(saved, Err(Error::Stale)), "{saved:?}");
    drop(tx);
    let kept = database.view().await.submission(submission.id).await.expect("a look");
    assert_eq!(kept.expect("it").title, "Sutures");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_saves_of_one_version_one_wins() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let mut saves = JoinSet::new();
    for _ in 0..64 {
        let (store, submission): (Store, _) = (database.store.clone(), submission.clone());
        saves.spawn(async move {
            let tx = store.begin().await?;
            tx.save_submission(&submission, &submission, &[], &[reviewers_turn(&submission)]).await?;
            tx.commit().await
        });
    }
    let (won, lost): (Vec<_>, Vec<_>) = saves.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|lost| matches!(lost, Err(Error::Stale))), "{lost:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_workers_claim_every_job_once() {
    let database = database::fresh().await;
    let tx = database.begin().await;
    for _ in 0..100 {
        let job = Job::new(JobId(new_id()), "mail", serde_json::json!({"to": "x"}), NOW, None);
        assert_eq!(tx.add_job(&job).await.expect("a job"), Queued::Added);
    }
    tx.commit().await.expect("the jobs");
    let mut workers = JoinSet::new();
    for _ in 0..8 {
        let store = database.store.clone();
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let token = new_id();
                let tx = store.begin().await.expect("a change");
                let claim = Claim { lane: Lane::Errands, token, limit: 3 };
                let jobs = tx.claim_jobs(claim, NOW).await.expect("a claim");
                tx.commit().await.expect("the claim");
                if jobs.is_empty() {
                    return mine;
                }
                assert!(jobs.iter().all(|job| job.attempts == 1 && job.token == Some(token)));
                mine.extend(jobs.into_iter().map(|job| job.id));
            }
        });
    }
    let claimed: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(claimed.len(), 100);
    assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>().len(), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_whose_lease_is_over_cannot_finish() {
    let database = database::fresh().await;
    let (first, second) = (new_id(), new_id());
    let claim = |token| Claim { lane: Lane::Errands, token, limit: 9 };
    let later = NOW + SignedDuration::from_mins(1);
    let tx = database.begin().await;
    let job = Job::new(JobId(new_id()), "mail", serde_json::Value::Null, NOW, Some("once".to_owned()));
    tx.add_job(&job).await.expect("a job");
    let again = Job { id: JobId(new_id()), ..job.clone() };
    assert_eq!(tx.add_job(&again).await.expect("no second"), Queued::Known);
    assert!(tx.claim_jobs(Claim { lane: Lane::Letters, ..claim(first) }, NOW).await.expect("no letter").is_empty());
    assert_eq!(tx.claim_jobs(claim(first), NOW).await.expect("a claim").len(), 1);
    // A year later for this process is no time at all for the database, whose clock counts.
    let year = NOW + SignedDuration::from_hours(24 * 365);
    assert!(tx.claim_jobs(claim(second), year).await.expect("nothing").is_empty());
    assert_eq!(tx.ripe(year).await.expect("a look"), Ripe::default());
    tx.commit().await.expect("the claim");
    // A lease that is over, and one that ends later than any that is given: by a clock that has gone back since.
    let (over, mut holder) = (["1", "9000000000000000"], first);
    for until in over {
        database.run(&format!("UPDATE job SET locked_until = {until}")).await.expect("moved");
        let tx = database.begin().await;
        assert!(tx.ripe(NOW).await.expect("a look").errands);
        let next = new_id();
        assert_eq!(tx.claim_jobs(claim(next), NOW).await.expect("a claim").len(), 1);
        assert!(matches!(tx.finish_job(job.id, holder, NOW).await, Err(Error::Stale)));
        assert!(matches!(tx.release_job(job.id, holder, NOW).await, Err(Error::Stale)));
        tx.commit().await.expect("the claim");
        holder = next;
    }
    let tx = database.begin().await;
    tx.fail_job(job.id, holder, NOW, "no answer", Next::Retry(later)).await.expect("a failure");
    assert!(tx.claim_jobs(claim(first), NOW).await.expect("nothing").is_empty());
    let third = tx.claim_jobs(claim(first), later).await.expect("a claim");
    assert_eq!(third.first().map(|job| (job.attempts, job.error.as_deref())), Some((4, Some("no answer"))));
    tx.release_job(job.id, first, later).await.expect("put back");
    let fourth = tx.claim_jobs(claim(first), later).await.expect("a claim");
    assert_eq!(fourth.first().map(|job| job.attempts), Some(4), "what was put back was not tried");
    tx.finish_job(job.id, first, NOW).await.expect("done");
    assert_eq!(tx.ripe(year).await.expect("a look"), Ripe::default());
    tx.commit().await.expect("the work");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_once_however_many_try() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let link = Link {
        id: LinkId(new_id()),
        token_hash: [7; 32],
        person: sample.author,
        purpose: LinkPurpose::Reset,
        expires_at: NOW + SignedDuration::from_hours(1),
        used_at: None,
    };
    let tx = database.begin().await;
    tx.add_link(&link).await.expect("a link");
    assert_eq!(tx.use_link(&[7; 32], link.expires_at).await.expect("too late"), None);
    tx.commit().await.expect("the link");
    let mut users = JoinSet::new();
    for _ in 0..8 {
        let store = database.store.clone();
        users.spawn(async move {
            let tx = store.begin().await.expect("a change");
            let used = tx.use_link(&[7; 32], NOW).await.expect("a try");
            tx.commit().await.expect("the try");
            used.is_some()
        });
    }
    assert_eq!(users.join_all().await.into_iter().filter(|used| *used).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn references_count_up_without_gaps() {
    let database = database::fresh().await;
    let mut takers = JoinSet::new();
    for _ in 0..16 {
        let store = database.store.clone();
        takers.spawn(async move {
            let tx = store.begin().await.expect("a change");
            let reference = tx.next_reference("SS", 2026).await.expect("a reference");
            tx.commit().await.expect("the reference");
            reference
        });
    }
    let given: BTreeSet<_> = takers.join_all().await.into_iter().collect();
    assert_eq!(given, (1..=16).map(|number| format!("SS-2026-{number:04}")).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_mixed_tasks_never_meet_a_locked_database() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let mut tasks = JoinSet::new();
    for task in 0..64_u32 {
        let (store, submission) = (database.store.clone(), submission.clone());
        tasks.spawn(async move {
            for _ in 0..5 {
                if task % 2 == 0 {
                    let view = store.view().await?;
                    view.submission(submission.id).await?;
                } else {
                    let tx = store.begin().await?;
                    // Reads first, then writes: what a deferred transaction could not.
                    let now = tx.submission(submission.id).await?.expect("it");
                    tx.save_submission(&now, &now, &[], &[]).await.or_else(stale_is_fine)?;
                    tx.commit().await.or_else(|error| stale_is_fine(error).map(|_| ()))?;
                }
            }
            Ok::<_, Error>(())
        });
    }
    for done in tasks.join_all().await {
        done.expect("no lock in the way");
    }
}

/// On PostgreSQL two may read one version; the second to save is told so.
fn stale_is_fine(error: Error) -> Result<u64, Error> {
    if matches!(error, Error::Stale) { Ok(0) } else { Err(error) }
}
