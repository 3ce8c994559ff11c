//! Versions as they are read by whoever meets them: what is in force, and what a submission follows.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;

use crate::{
    usecase::{Context, Error},
    workflow::Definition,
};

/// The current version of every workflow.
pub async fn current(context: &Context) -> Result<Vec<Arc<Definition>>, Error> {
    let view = context.store.view().await?;
    context.definitions.all_current(&view).await
}

/// The version with this hash, where there is one.
pub async fn of_hash(context: &Context, hash: &str) -> Result<Option<Arc<Definition>>, Error> {
    let view = context.store.view().await?;
    match view.definition(hash).await? {
        Some(stored) => context.definitions.pinned(&view, &stored.hash).await.map(Some),
        None => Ok(None),
    }
}

/// The versions with these hashes: what the rows of a list follow.
pub async fn versions(context: &Context, hashes: BTreeSet<String>) -> Result<BTreeMap<String, Arc<Definition>>, Error> {
    let view = context.store.view().await?;
    context.definitions.versions(&view, hashes).await
}

/// Since when each workflow's current version is here, by its hash.
pub async fn since(context: &Context) -> Result<BTreeMap<String, Timestamp>, Error> {
    let view = context.store.view().await?;
    Ok(view.current_definitions().await?.into_iter().map(|stored| (stored.hash, stored.loaded_at)).collect())
}
