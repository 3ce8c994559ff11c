//! Bringing an installation back from a backup, into an empty place.

use anyhow::{Context as _, bail, ensure};

use super::{
    Home,
    documents::{self, Carried},
};
use crate::{
    backup::{Backup, Folder},
    store::{Alone, Store, copy},
};

/// What was brought back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What became of the documents.
    pub documents: Carried,
}

/// The newest backup of a folder, or the one of this name.
pub fn choose(folder: &Folder, name: Option<&str>) -> anyhow::Result<Backup> {
    let mut whole = folder.whole()?;
    let names: Vec<&str> = whole.iter().map(|backup| backup.name.as_str()).collect();
    let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let place = match name {
        Some(name) => names.iter().position(|found| *found == name),
        None => names.len().checked_sub(1),
    };
    match place {
        Some(place) => Ok(whole.swap_remove(place)),
        None => bail!("there is no such backup; those that are whole: {there}"),
    }
}

/// Brings a backup back. The database comes last, and is sealed until it is up to date, so that nothing can be served
/// before everything is there; where this breaks off, doing it again goes on with the documents that are there already.
pub async fn restore(folder: &Folder, backup: &Backup, home: &Home) -> anyhow::Result<Restored> {
    let alone = Alone::take(&home.database).await?;
    home.refuse_rows(&alone).await?;
    backup.check().await?;
    let source = backup.database()?;
    let known = documents::known(std::slice::from_ref(&source)).await?;
    documents::make_room(&home.blobs, &known).await?;
    let owner = home.blobs.belong_to(backup.manifest.installation).await?;
    ensure!(
        owner == backup.manifest.installation,
        "the place for documents belongs to another installation ({owner}); name another place"
    );

    let carried = documents::carry(&source, &folder.documents, &home.blobs).await?;
    let lost: Vec<&str> = carried
        .missing
        .iter()
        .filter(|missing| !backup.manifest.documents.missing.iter().any(|known| known.key == missing.key))
        .map(|missing| missing.key.as_str())
        .collect();
    ensure!(
        lost.is_empty(),
        "the backup is damaged: {} documents are missing in it or changed, as {}",
        lost.len(),
        lost.iter().take(3).copied().collect::<Vec<_>>().join(", ")
    );
    let found = copy::fill(&source, &home.database).await.context("copying the database")?;
    let differences = backup.manifest.contents.differences(&found);
    ensure!(differences.is_empty(), "the backup is damaged: {}", differences.join("; "));
    let store = Store::raise(&home.database).await?;
    store.complete().await.context("bringing the database up to date")?;
    store.close().await?;
    Ok(Restored { documents: carried })
}
