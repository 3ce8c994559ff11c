//! Backing an installation up while it is served.

use std::path::Path;

use anyhow::Context as _;
use jiff::SignedDuration;

use super::{
    Home,
    documents::{self, Carried},
    hold,
};
use crate::{
    backup::{Documents, Folder, Manifest},
    blob::Area,
    clock::Clock,
    store::{StoreUrl, copy},
};

/// What was backed up.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The name of the backup.
    pub name: String,
    /// What is in it.
    pub manifest: Manifest,
    /// What became of the documents.
    pub documents: Carried,
    /// How many backups there are now.
    pub backups: usize,
    /// How many older ones were removed.
    pub removed: usize,
    /// How long it took.
    pub took: SignedDuration,
}

/// Makes a backup in a folder, where the last `keep` are kept and older ones removed.
///
/// What was acknowledged before it begins is in it; what comes while it runs is in it or not. Nothing counts before
/// all of it is on disk.
pub async fn back_up(home: &Home, folder: &Path, keep: usize) -> anyhow::Result<Kept> {
    let clock = Clock::system();
    let started = clock.now();
    home.refuse_sealed().await.context("opening the database")?;
    let installation = home.installation().await.context("opening the database")?;
    let owner = home.blobs.installation().await.context("opening the place for documents")?;
    anyhow::ensure!(
        owner.is_none_or(|owner| owner == installation),
        "the documents belong to another installation than the database: check the settings `database` and `blobs`"
    );
    let folder = Folder::for_writing(folder, installation)?;
    let begun = folder.begin(started)?;
    let made = async {
        let (contents, carried) = hold::held(home, copied(home, &folder, &begun.database()?)).await?;
        let manifest = Manifest {
            format: Manifest::FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            installation,
            begun: started,
            ended: clock.now(),
            database: begun.mark().await?,
            contents,
            documents: Documents { count: carried.count(), bytes: carried.bytes(), missing: carried.missing.clone() },
        };
        begun.finish(&manifest).context("writing the manifest")?;
        Ok((manifest, carried))
    };
    let (manifest, documents) = match made.await {
        Ok(made) => made,
        Err(error) => {
            begun.give_up();
            return Err(error);
        }
    };
    let removed = thin_out(&folder, keep).await.context("removing older backups; the new one is whole")?;
    let (name, backups) = (begun.name().to_owned(), folder.whole()?.len());
    Ok(Kept { name, manifest, documents, backups, removed, took: clock.now().duration_since(started) })
}

/// The database first, as it is at one instant; then the documents that it knew then.
async fn copied(home: &Home, folder: &Folder, database: &StoreUrl) -> anyhow::Result<(copy::Contents, Carried)> {
    let contents = copy::transfer(&home.database, database).await.context("copying the database")?;
    let carried = documents::carry(database, &home.blobs, &folder.documents).await?;
    Ok((contents, carried))
}

/// Removes the oldest backups, and the documents that only they knew.
async fn thin_out(folder: &Folder, keep: usize) -> anyhow::Result<usize> {
    let whole = folder.whole()?;
    let (old, kept) = whole.split_at(whole.len().saturating_sub(keep.max(1)));
    if old.is_empty() {
        return Ok(0);
    }
    for backup in old {
        folder.remove(backup)?;
    }
    let kept = kept.iter().map(crate::backup::Backup::database).collect::<anyhow::Result<Vec<_>>>()?;
    let known = documents::known(&kept).await?;
    for area in [Area::Documents, Area::Staging] {
        let mut unknown = folder.documents.keys(area).await?;
        unknown.retain(|key| !known.contains(key));
        folder.documents.delete(unknown).await?;
    }
    Ok(old.len())
}
