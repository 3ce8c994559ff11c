//! Moving an installation to another database, its documents to another place, or both.

use anyhow::{Context as _, ensure};

use super::{
    Home,
    documents::{self, Carried},
};
use crate::{
    blob::MOVED,
    clock::Clock,
    store::{Alone, copy},
};

/// A move that is done but for the mark on what was left.
#[derive(Debug)]
pub struct Relocation {
    /// What was copied, where the database was moved.
    pub contents: Option<copy::Contents>,
    /// What became of the documents, where they were moved.
    pub documents: Option<Carried>,
    left: Alone,
    target: Option<Alone>,
    from: Home,
    to: Home,
}

/// Copies everything that is to be elsewhere, while nobody serves it, and compares what arrived. What it comes from
/// is not changed.
pub async fn relocate(from: &Home, to: &Home) -> anyhow::Result<Relocation> {
    let (database, blobs) = (from.database != to.database, !from.blobs.is(&to.blobs));
    ensure!(database || blobs, "that is where it is already");
    let left = Alone::take(&from.database).await.context("the database that is to be moved")?;
    let target =
        if database { Some(Alone::take(&to.database).await.context("the database to move to")?) } else { None };
    let marked = is_marked(&left, target.as_ref(), to).await?;
    if !marked {
        left.refuse_sealed().await?;
    }
    if let Some(target) = &target {
        to.refuse_rows(target).await?;
    }
    let documents = if blobs {
        let known = documents::known(std::slice::from_ref(&from.database)).await?;
        documents::make_room(&to.blobs, &known).await?;
        let installation = from.installation().await?;
        let owner = to.blobs.belong_to(installation).await?;
        ensure!(owner == installation, "the place for documents belongs to another installation ({owner})");
        Some(documents::carry(&from.database, &from.blobs, &to.blobs).await?)
    } else {
        None
    };
    let contents = if marked {
        Some(copy::contents(&to.database).await?)
    } else if database {
        let found = copy::fill(&from.database, &to.database).await.context("copying the database")?;
        let differences = copy::contents(&from.database).await?.differences(&found);
        ensure!(differences.is_empty(), "what arrived is not what was sent: {}", differences.join("; "));
        Some(found)
    } else {
        None
    };
    Ok(Relocation { contents, documents, left, target, from: from.clone(), to: to.clone() })
}

/// Whether an earlier move to this place was done but for the last word, that it may be served.
async fn is_marked(left: &Alone, target: Option<&Alone>, to: &Home) -> anyhow::Result<bool> {
    let Some(target) = target else { return Ok(false) };
    Ok(left.was_moved_to(&to.database).await? && target.is_unfinished().await?)
}

impl Relocation {
    /// Marks what was left, so that nobody serves it by mistake, and after that lets the new place be served.
    pub async fn leave(mut self) -> anyhow::Result<()> {
        if self.documents.is_some() {
            self.from.blobs.hand_over_to(MOVED).await?;
        }
        if self.contents.is_some() {
            self.left.mark_moved(&self.to.database, Clock::system().now()).await?;
        }
        if let Some(mut target) = self.target {
            target.unmark().await?;
        }
        Ok(())
    }
}

/// Lets a database be served again that was moved.
pub async fn reopen(home: &Home) -> anyhow::Result<()> {
    Ok(Alone::take(&home.database).await?.unmark().await?)
}
