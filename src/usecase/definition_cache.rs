//! Parsed definitions: a cache of what never changes, and what was found wrong with files at start.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::anyhow;
use serde::Serialize;
use tokio::sync::Semaphore;

use super::Error;
use crate::{
    credit::CreditTypes,
    store::ReadTx,
    workflow::{self, Definition, Fault},
};

/// Parsed definitions by hash. A cache of what never changes, so every replica may keep its own.
#[derive(Debug)]
pub struct DefinitionCache {
    credits: CreditTypes,
    parsed: RwLock<BTreeMap<String, Arc<Definition>>>,
    files: RwLock<Files>,
    /// Checking can take long and much memory: one at a time.
    pub(super) checking: Arc<Semaphore>,
}

/// What became of the files of `workflows/` that did not simply become the active versions.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    pub(super) refused: Vec<Refused>,
    /// Those that say something else than the version that an administrator activated.
    pub(super) outvoted: Vec<String>,
    /// Name and text of those that nobody has proved yet.
    pub(super) awaited: Vec<(String, String)>,
}

/// A file that was refused at start; the last good version stays current.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Its name.
    pub file: String,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

impl DefinitionCache {
    /// An empty library that knows these credit types.
    #[must_use]
    pub fn new(credits: CreditTypes) -> Self {
        Self { credits, parsed: RwLock::default(), files: RwLock::default(), checking: Arc::new(Semaphore::new(1)) }
    }

    /// The credit types of the house.
    #[must_use]
    pub fn credits(&self) -> &CreditTypes {
        &self.credits
    }

    /// Files that were refused at start.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        self.files().refused
    }

    /// Files that say something else than the version that an administrator activated, which counts.
    #[must_use]
    pub fn outvoted(&self) -> Vec<String> {
        self.files().outvoted
    }

    pub(super) fn files(&self) -> Files {
        self.files.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes what became of the files.
    pub(super) fn found(&self, files: Files) {
        *self.files.write().unwrap_or_else(PoisonError::into_inner) = files;
    }

    /// The version of a workflow that new submissions follow.
    pub async fn current(&self, view: &ReadTx, workflow: &str) -> Result<Arc<Definition>, Error> {
        let stored = view.current_definition(workflow).await?.ok_or(Error::NotFound)?;
        self.parse(&stored.hash, &stored.source)
    }

    /// The current version of every workflow.
    pub async fn all_current(&self, view: &ReadTx) -> Result<Vec<Arc<Definition>>, Error> {
        let stored = view.current_definitions().await?;
        stored.iter().map(|stored| self.parse(&stored.hash, &stored.source)).collect()
    }

    /// The version that a submission was sent in.
    pub async fn pinned(&self, view: &ReadTx, hash: &str) -> Result<Arc<Definition>, Error> {
        if let Some(parsed) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(parsed.clone());
        }
        let stored = view.definition(hash).await?.ok_or_else(|| anyhow!("definition {hash} is missing"))?;
        self.parse(hash, &stored.source)
    }

    /// The versions with these hashes: what the rows of a list follow.
    pub async fn versions(
        &self,
        view: &ReadTx,
        hashes: BTreeSet<String>,
    ) -> Result<BTreeMap<String, Arc<Definition>>, Error> {
        let mut found = BTreeMap::new();
        for hash in hashes {
            let definition = self.pinned(view, &hash).await?;
            found.insert(hash, definition);
        }
        Ok(found)
    }

    fn parse(&self, hash: &str, source: &str) -> Result<Arc<Definition>, Error> {
        if let Some(parsed) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(parsed.clone());
        }
        let definition = workflow::load_stored(source, hash, &self.credits)
            .map_err(|faults| anyhow!("stored definition {hash} no longer reads: {faults:?}"))?;
        let definition = Arc::new(definition);
        self.parsed.write().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned(), definition.clone());
        Ok(definition)
    }
}
