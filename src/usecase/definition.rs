//! Definitions: adopting files at start, and the cache of parsed ones.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::anyhow;
use jiff::Timestamp;
use serde::Serialize;

use super::{Context, Error, calendar_of};
use crate::{
    credit::CreditTypes,
    store::{StoredDefinition, View},
    workflow::{self, Definition, Fault},
};

/// Parsed definitions by hash. A cache of what never changes, so every replica may keep its own.
#[derive(Debug)]
pub struct Library {
    credits: CreditTypes,
    parsed: RwLock<BTreeMap<String, Arc<Definition>>>,
    refused: RwLock<Vec<Refused>>,
}

/// A file that was refused at start; the last good version stays current.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Its name.
    pub file: String,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

impl Library {
    /// An empty library that knows these credit types.
    #[must_use]
    pub fn new(credits: CreditTypes) -> Self {
        Self { credits, parsed: RwLock::default(), refused: RwLock::default() }
    }

    /// The credit types of the house.
    #[must_use]
    pub fn credits(&self) -> &CreditTypes {
        &self.credits
    }

    /// Files that were refused at start.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        self.refused.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The version of a workflow that new submissions follow.
    pub async fn current(&self, view: &View, workflow: &str) -> Result<Arc<Definition>, Error> {
        let stored = view.current_definition(workflow).await?.ok_or(Error::NotFound)?;
        self.parse(&stored.hash, &stored.source)
    }

    /// The current version of every workflow.
    pub async fn all_current(&self, view: &View) -> Result<Vec<Arc<Definition>>, Error> {
        let stored = view.current_definitions().await?;
        stored.iter().map(|stored| self.parse(&stored.hash, &stored.source)).collect()
    }

    /// The version that a submission was sent in.
    pub async fn pinned(&self, view: &View, hash: &str) -> Result<Arc<Definition>, Error> {
        if let Some(parsed) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(parsed.clone());
        }
        let stored = view.definition(hash).await?.ok_or_else(|| anyhow!("definition {hash} is missing"))?;
        self.parse(hash, &stored.source)
    }

    fn parse(&self, hash: &str, source: &str) -> Result<Arc<Definition>, Error> {
        if let Some(parsed) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(parsed.clone());
        }
        let (definition, _) = workflow::load(source, &self.credits)
            .map_err(|faults| anyhow!("stored definition {hash} no longer loads: {faults:?}"))?;
        if definition.hash != hash {
            return Err(anyhow!("stored definition {hash} now reads as {}", definition.hash).into());
        }
        let definition = Arc::new(definition);
        self.parsed.write().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned(), definition.clone());
        Ok(definition)
    }
}

/// The current version of every workflow.
pub async fn current(context: &Context) -> Result<Vec<Arc<Definition>>, Error> {
    let view = context.store.view().await?;
    context.definitions.all_current(&view).await
}

/// The versions with these hashes: what the rows of a list follow.
pub async fn versions(context: &Context, hashes: BTreeSet<String>) -> Result<BTreeMap<String, Arc<Definition>>, Error> {
    let view = context.store.view().await?;
    let mut found = BTreeMap::new();
    for hash in hashes {
        let definition = context.definitions.pinned(&view, &hash).await?;
        found.insert(hash, definition);
    }
    Ok(found)
}

/// Since when each workflow's current version is here, by its hash.
pub async fn since(context: &Context) -> Result<BTreeMap<String, Timestamp>, Error> {
    let view = context.store.view().await?;
    Ok(view.current_definitions().await?.into_iter().map(|stored| (stored.hash, stored.loaded_at)).collect())
}

/// Takes over the definitions of files, by name and text: sound ones become current, broken ones are refused and noted.
pub async fn adopt(context: &Context, files: &[(String, String)]) -> Result<(), Error> {
    let mut refused = Vec::new();
    for (file, source) in files {
        match workflow::load(source, context.definitions.credits()) {
            Ok((definition, _)) => {
                let tx = context.store.begin().await?;
                let lacking = without_meeting(context, &tx, source, &definition).await?;
                if !lacking.is_empty() {
                    tracing::error!(file, "A workflow waits for a meeting that the calendar does not have");
                    refused.push(Refused { file: file.clone(), faults: lacking });
                    continue;
                }
                tx.put_definition(&StoredDefinition {
                    hash: definition.hash,
                    workflow: definition.workflow,
                    source: source.clone(),
                    loaded_at: context.clock.now(),
                })
                .await?;
                tx.commit().await?;
            }
            Err(faults) => {
                tracing::error!(file, faults = faults.len(), "A workflow file was refused; the last good one stays");
                refused.push(Refused { file: file.clone(), faults });
            }
        }
    }
    *context.definitions.refused.write().unwrap_or_else(PoisonError::into_inner) = refused;
    Ok(())
}

/// What keeps a definition from being taken over: meetings that no organisation's calendar has. Where one has them, the
/// others are told when something of theirs comes to wait for one.
async fn without_meeting(
    context: &Context,
    view: &View,
    source: &str,
    definition: &Definition,
) -> Result<Vec<Fault>, Error> {
    let mut lacking = Vec::new();
    for organisation in view.organisations().await? {
        let calendar = calendar_of(&organisation)?;
        lacking = workflow::check::meetings(source, definition, &calendar, context.clock.now());
        if lacking.is_empty() {
            break;
        }
    }
    Ok(lacking)
}
