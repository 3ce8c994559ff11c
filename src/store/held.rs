//! Not waiting for what somebody else holds: the lock of SQLite's file, which another process has, or a row of PostgreSQL,
//! which another session has.
//!
//! Who asks for it is refused after a moment. Meanwhile others wait for their turn at the connections; they give up
//! together, and not one after another.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::DbErr;
use tokio::time::{Instant, timeout};

use super::{Error, error};

/// How long to wait for a turn before asking whether somebody was refused, and how often from then on. Shorter, and who is
/// only slow on a busy machine would be taken for one who waits.
const SOON: Duration = Duration::from_millis(700);
/// For how long a refusal counts: longer than one takes, so that each follows while the last still counts.
const FRESH: Duration = Duration::from_millis(1500);

/// When a lock was last refused. Clones agree.
#[derive(Clone, Debug, Default)]
pub(super) struct Held(Arc<Mutex<Option<Instant>>>);

impl Held {
    /// Looks at a failure: it may be such a refusal.
    pub(super) fn note(&self, failure: &DbErr) {
        if matches!(error::cause(failure), Some(Error::Held(_))) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }

    /// Waits for a turn; not for long while others are refused.
    pub(super) async fn unless_held<T>(&self, turn: impl Future<Output = T>) -> Result<T, Error> {
        let mut turn = std::pin::pin!(turn);
        if let Ok(came) = timeout(SOON, &mut turn).await {
            return Ok(came);
        }
        while !self.is_fresh() {
            if let Ok(came) = timeout(SOON, &mut turn).await
                && !self.is_fresh()
            {
                return Ok(came);
            }
        }
        Err(Error::Held("others wait for it too".to_owned()))
    }

    fn is_fresh(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|refused| refused.elapsed() < FRESH)
    }
}
