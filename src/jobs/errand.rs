//! Work that committed changes left behind, other than letters: done, or tried again, or given up.

use std::time::Duration;

use anyhow::Context as _;

use super::{Taken, Trial, Worker, alarm, announce, invite, lane, report};
use crate::{
    clock::new_id,
    domain::Effect,
    store::{self, Claim, Job, Lane, Next},
};

/// How long one may take; shorter than the lease.
const AT_MOST: Duration = Duration::from_mins(1);
/// One that failed this often is given up and shown by `job list`.
const TRIES: u32 = 12;

pub(super) async fn claim(worker: &Worker, limit: u16) -> anyhow::Result<Vec<Taken>> {
    let token = new_id();
    let tx = worker.context.store.begin().await?;
    let jobs = tx.claim_jobs(Claim { lane: Lane::Errands, token, limit }, worker.context.clock.now()).await?;
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    tx.commit().await?;
    Ok(jobs.into_iter().map(|job| Taken { job, token, trial: Trial::Ordinary }).collect())
}

/// Does one and notes what became of it.
pub(super) async fn work(worker: &Worker, taken: &Taken) -> anyhow::Result<()> {
    let outcome = lane::bounded(AT_MOST, perform(worker, &taken.job)).await;
    let failed = outcome.err().map(|error| format!("{error:#}"));
    super::noted(|| note(worker, taken, failed.as_deref())).await
}

async fn note(worker: &Worker, Taken { job, token, .. }: &Taken, failed: Option<&str>) -> Result<(), store::Error> {
    let now = worker.context.clock.now();
    let tx = worker.context.store.begin().await?;
    let Some(cause) = failed else {
        tx.finish_job(job.id, *token, now).await?;
        tx.commit().await?;
        report::succeeded("errands", &worker.context);
        return Ok(());
    };
    let next = if job.attempts >= TRIES { Next::GiveUp } else { Next::Retry(now + lane::wait(job.attempts)) };
    tx.fail_job(job.id, *token, now, cause, next).await?;
    tx.commit().await?;
    super::say_failed(job, cause, next);
    Ok(())
}

async fn perform(worker: &Worker, job: &Job) -> anyhow::Result<()> {
    let effect: Effect = serde_json::from_value(job.payload.clone()).context("this job says nothing known")?;
    match effect {
        Effect::Announce { organisation, submission, first, last } => {
            announce::run(worker, organisation, submission, (first, last)).await
        }
        Effect::Invite { organisation, person } => invite::run(worker, organisation, person, job.id).await,
        Effect::Understaffed { organisation, workflow, role, at } => {
            alarm::shortage(worker, organisation, (&workflow, &role), at).await
        }
        Effect::Disproved { organisation, hash } => alarm::disproved(worker, organisation, &hash).await,
        Effect::FaultyDocuments { organisation } => alarm::faulty(worker, organisation, &job.id.to_string()).await,
        Effect::Stuck { organisation, submission } => alarm::stuck(worker, organisation, submission).await,
        Effect::Deliver { .. } => anyhow::bail!("letters go another way"),
    }
}
