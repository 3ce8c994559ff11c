//! Work that committed changes left behind: taken by a worker, and noted what became of it.

use uuid::Uuid;

use crate::{
    clock::new_id,
    model::{Claim, Job, Lane, Next},
    usecase::{Context, Error},
};

/// A job that was claimed.
#[derive(Debug)]
pub struct Taken {
    /// The job.
    pub job: Job,
    /// Who holds it.
    pub token: Uuid,
    /// What running it says about the way out that it takes.
    pub trial: Trial,
}

/// What a job that is run says about the way out that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// The way is open, as far as anybody knows.
    Ordinary,
    /// The way was closed: this one finds out whether it is open again.
    Probe,
}

/// Takes errands, at most `limit`, the longest waiting first.
pub async fn claim_errands(context: &Context, limit: u16) -> Result<Vec<Taken>, Error> {
    let token = new_id();
    let tx = context.store.begin().await?;
    let jobs = tx.claim_jobs(Claim { lane: Lane::Errands, token, limit }, context.clock.now()).await?;
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    tx.commit().await?;
    Ok(jobs.into_iter().map(|job| Taken { job, token, trial: Trial::Ordinary }).collect())
}

/// Notes that an errand is done; [`Error::Stale`] where somebody else holds it by now.
pub async fn errand_done(context: &Context, taken: &Taken) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.finish_job(taken.job.id, taken.token, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Notes that an errand failed, and what is next; [`Error::Stale`] where somebody else holds it by now.
pub async fn errand_failed(context: &Context, taken: &Taken, cause: &str, next: Next) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.fail_job(taken.job.id, taken.token, context.clock.now(), cause, next).await?;
    Ok(tx.commit().await?)
}
