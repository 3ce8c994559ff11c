//! Work for the worker.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::domain::JobId;

/// How long a claim holds, by the clock of the database: after it another worker takes the job over.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

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
    /// When it was done, or somebody let it go after it was given up.
    pub done_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// What last went wrong.
    pub error: Option<String>,
    /// There is at most one job with this key.
    pub dedupe: Option<String>,
    /// When somebody last had it tried again after it was given up.
    pub retried_at: Option<Timestamp>,
}

/// Which work: letters go out slowly, and nothing else waits for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Letters to hand to the mail server.
    Letters,
    /// Everything else that committed changes left behind.
    Errands,
}

/// What a worker takes.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Of which work.
    pub lane: Lane,
    /// Who holds it.
    pub token: Uuid,
    /// How much at most.
    pub limit: u16,
}

/// Which work can be done now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ripe {
    /// Letters.
    pub letters: bool,
    /// Other effects.
    pub errands: bool,
    /// Timers of submissions.
    pub timers: bool,
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
            retried_at: None,
        }
    }
}

/// Jobs of a kind that are not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The kind.
    pub kind: String,
    /// How many.
    pub jobs: u64,
    /// When the first of them was, or will be, due.
    pub first: Timestamp,
}
