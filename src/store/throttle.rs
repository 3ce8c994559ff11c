//! How often something failed lately, so that guessing gets slow.

use jiff::{SignedDuration, Timestamp};

use super::{Error, Tx, View};

/// Failures of one bucket within its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// What is counted, as in `sign-in:name@example.org`.
    pub bucket: String,
    /// How often it failed since the window began.
    pub failures: u32,
    /// When the window began.
    pub window_start: Timestamp,
    /// Closed until then.
    pub until: Option<Timestamp>,
}

impl View {
    /// A bucket, if anything failed in it.
    pub async fn throttle(&self, bucket: &str) -> Result<Option<Throttle>, Error> {
        todo!()
    }
}

impl Tx {
    /// Counts a failure, in a new window where the last is older than `window`; gives the bucket after it.
    pub async fn count_failure(&self, bucket: &str, now: Timestamp, window: SignedDuration) -> Result<Throttle, Error> {
        todo!()
    }
    /// Closes a bucket until an instant.
    pub async fn close_bucket(&self, bucket: &str, until: Timestamp) -> Result<(), Error> {
        todo!()
    }
    /// Forgets a bucket's failures.
    pub async fn clear_bucket(&self, bucket: &str) -> Result<(), Error> {
        todo!()
    }
}
