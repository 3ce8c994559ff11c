//! What could not be done at the start because something is away, and is tried again until it can.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::{sleep, timeout};

use super::App;
use crate::{
    blob,
    clock::new_id,
    usecase::{Error, Lack, account, admin, definition, installation, submission},
};

/// How long a start waits for the store of documents.
pub(super) const AT_START: Duration = Duration::from_secs(3);
/// How long it may take later.
const LATER: Duration = Duration::from_mins(1);
/// How often what is outstanding is tried again.
const PAUSE: Duration = Duration::from_secs(15);

/// What is outstanding. Clones agree.
#[derive(Clone, Debug, Default)]
pub(super) struct Outstanding {
    definitions: Arc<AtomicBool>,
}

impl Outstanding {
    /// Whether definitions and keys were not seen to yet.
    pub(super) fn definitions(&self) -> bool {
        self.definitions.load(Ordering::Acquire)
    }
}

impl App {
    /// Tries out what documents rest on, and whether they are this database's. What is not fit is refused; what is away
    /// is tried again later.
    pub(super) async fn try_documents(&self, patience: Duration) -> anyhow::Result<()> {
        let cause = match timeout(patience, self.tried()).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) if is_away(&error) => format!("{error:#}"),
            Ok(Err(error)) => return Err(error.context("checking the document store")),
            Err(elapsed) => elapsed.to_string(),
        };
        tracing::warn!(cause, "The store of documents is away; it is tried again, and the rest is served meanwhile");
        Ok(())
    }

    async fn tried(&self) -> anyhow::Result<()> {
        self.context.blobs.probe(new_id()).await?;
        installation::tie(&self.context).await?;
        self.context.blobs.confirm();
        Ok(())
    }

    /// Takes over the definitions and sees to the groups and the signing keys. Where nothing can be stored, later.
    pub(super) async fn settle(&self) -> anyhow::Result<()> {
        let error = match self.settled().await {
            Ok(()) => {
                self.outstanding.definitions.store(false, Ordering::Release);
                return Ok(());
            }
            Err(error) => error,
        };
        let full = |error: &Error| matches!(error, Error::Unavailable(Lack::Room | Lack::Writing, _));
        if !error.downcast_ref().is_some_and(full) {
            return Err(error);
        }
        self.outstanding.definitions.store(true, Ordering::Release);
        tracing::warn!(cause = format!("{error:#}"), "Nothing can be stored; what can be read is served meanwhile");
        Ok(())
    }

    async fn settle_all(&self) -> anyhow::Result<()> {
        self.settle().await?;
        definition::seed_awaited(&self.context).await?;
        Ok(admin::open_missing(&self.context).await?)
    }

    async fn settled(&self) -> anyhow::Result<()> {
        self.adopt_known().await?;
        admin::open_missing(&self.context).await?;
        submission::reckon_late(&self.context).await?;
        account::rotate_keys(&self.context).await?;
        Ok(())
    }

    /// Does what is outstanding, as soon as that can be done. Ends in an error alone: when the store of documents, once it
    /// is there, turns out to be unfit.
    pub(super) async fn catch_up(&self) -> anyhow::Error {
        loop {
            sleep(PAUSE).await;
            if !self.context.blobs.is_confirmed() {
                match self.try_documents(LATER).await {
                    Ok(()) if self.context.blobs.is_confirmed() => tracing::info!("The store of documents is there"),
                    Ok(()) => {}
                    Err(unfit) => return unfit,
                }
            }
            if self.outstanding.definitions()
                && let Err(error) = self.settle_all().await
            {
                tracing::error!(cause = format!("{error:#}"), "Definitions and keys could not be seen to");
            }
        }
    }
}

/// Whether nothing is wrong but that somebody does not answer.
fn is_away(error: &anyhow::Error) -> bool {
    let blob = |error: &blob::Error| matches!(error, blob::Error::Store(_) | blob::Error::Directory(_));
    error.downcast_ref().is_some_and(blob)
        || error.downcast_ref().is_some_and(|error| matches!(error, Error::Unavailable(..)))
}
