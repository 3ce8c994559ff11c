//! Proof that a change can be kept: asked often, written seldom.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Mutex, time::timeout};
use uuid::Uuid;

use super::{Error, Store};
use crate::clock::new_id;

/// For how long a proof, or its failure, is taken for the state of things: anybody may ask, so asking writes once a second.
const FRESH: Duration = Duration::from_secs(1);
/// How long a proof may take: a disk that needs longer for one row is as good as away.
const BOUND: Duration = Duration::from_secs(2);
/// The row that is written.
const KEY: &str = "canary";

/// What is known of the last proof. Clones agree.
#[derive(Clone, Debug, Default)]
pub(super) struct Canary {
    /// When the last change was kept.
    kept: Arc<std::sync::Mutex<Option<Instant>>>,
    /// When it was last tried, and what went wrong.
    tried: Arc<Mutex<Option<Tried>>>,
}

/// A proof that was tried.
#[derive(Debug)]
struct Tried {
    at: Instant,
    fault: Option<String>,
}

impl Canary {
    /// A change was kept just now: a proof that cost nothing.
    pub(super) fn sing(&self) {
        if let Ok(mut kept) = self.kept.lock() {
            *kept = Some(Instant::now());
        }
    }

    fn sang(&self) -> bool {
        self.kept.lock().is_ok_and(|kept| kept.is_some_and(|at| at.elapsed() < FRESH))
    }
}

impl Store {
    /// Whether a change can be kept, or why not: proved by a row that is committed and read back over another connection,
    /// unless another change was kept within the last second. Answers within two seconds.
    pub async fn canary(&self) -> Result<(), Error> {
        let mut tried = self.canary.tried.lock().await;
        if self.canary.sang() {
            return Ok(());
        }
        if let Some(last) = tried.as_ref()
            && last.at.elapsed() < FRESH
        {
            return last.fault.clone().map_or(Ok(()), |fault| Err(Error::Unusable(fault)));
        }
        let proved = timeout(BOUND, self.prove()).await.unwrap_or_else(|_| Err(Error::Slow(BOUND)));
        let fault = proved.err().map(|error| format!("nothing can be stored now: {}", super::error::chain(&error)));
        if let Some(fault) = &fault {
            tracing::error!(cause = fault, "A trial change could not be kept");
        }
        *tried = Some(Tried { at: Instant::now(), fault: fault.clone() });
        fault.map_or(Ok(()), |fault| Err(Error::Unusable(fault)))
    }

    async fn prove(&self) -> Result<(), Error> {
        let tx = self.begin().await?;
        let before = tx.setting::<Uuid>(KEY).await?;
        tx.set_setting(KEY, &new_id()).await?;
        tx.commit().await?;
        // Not compared with what was written: another server may have written its own meanwhile.
        let after = self.view().await?.setting::<Uuid>(KEY).await?;
        if after == before {
            return Err(Error::Damaged("a change that was committed is not there".to_owned()));
        }
        Ok(())
    }
}
