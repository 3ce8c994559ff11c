//! Work for the worker, written in the transaction that causes it.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::{Error, Tx, View};
use crate::domain::JobId;

/// A piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Which worker function runs it.
    pub kind: String,
    /// What it needs to know.
    pub payload: Value,
    /// Not before.
    pub run_at: Timestamp,
    /// How often it was claimed.
    pub attempts: u32,
    /// Who holds it: finishing asks for the same token, so that a worker whose lease was over does nothing.
    pub token: Option<Uuid>,
    /// Until when it is held.
    pub locked_until: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// What last went wrong.
    pub error: Option<String>,
    /// There is at most one job with this key.
    pub dedupe: Option<String>,
}

/// Whether a new job was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It was.
    Added,
    /// One with the same key was there.
    Known,
}

/// What becomes of a job that went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It runs again at this instant.
    Retry(Timestamp),
    /// It is given up.
    GiveUp,
}

impl Job {
    /// A job that nobody has held yet.
    #[must_use]
    pub fn new(id: JobId, kind: &str, payload: Value, run_at: Timestamp, dedupe: Option<String>) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            payload,
            run_at,
            attempts: 0,
            token: None,
            locked_until: None,
            done_at: None,
            failed_at: None,
            error: None,
            dedupe,
        }
    }
}

impl View {
    /// A job.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, Error> {
        todo!()
    }
    /// When the next job that is neither done nor given up can be claimed.
    pub async fn next_job_at(&self) -> Result<Option<Timestamp>, Error> {
        todo!()
    }
    /// Jobs that were given up, the last first.
    pub async fn failed_jobs(&self, limit: u16) -> Result<Vec<Job>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a job, unless one with its dedupe key is there.
    pub async fn add_job(&self, job: &Job) -> Result<Queued, Error> {
        todo!()
    }
    /// Claims jobs that can run at `now`, the longest waiting first, and holds them with `token` for `lease`.
    pub async fn claim_jobs(
        &self,
        now: Timestamp,
        lease: SignedDuration,
        token: Uuid,
        limit: u16,
    ) -> Result<Vec<Job>, Error> {
        todo!()
    }
    /// Notes that a job is done; [`Error::Stale`] where `token` does not hold it any more.
    pub async fn finish_job(&self, id: JobId, token: Uuid, now: Timestamp) -> Result<(), Error> {
        todo!()
    }
    /// Notes that a job went wrong; [`Error::Stale`] where `token` does not hold it any more.
    pub async fn fail_job(&self, id: JobId, token: Uuid, now: Timestamp, error: &str, next: Next) -> Result<(), Error> {
        todo!()
    }
    /// Deletes jobs done before an instant; gives how many.
    pub async fn sweep_jobs(&self, before: Timestamp) -> Result<u64, Error> {
        todo!()
    }
}
