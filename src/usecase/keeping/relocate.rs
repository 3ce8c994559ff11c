//! Moving an installation to another database, its documents to another place, or both.

use anyhow::{Context as _, ensure};

use super::{
    Home,
    documents::{self, Carried},
};
use crate::{
    clock::{Clock, new_id},
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
    from: Home,
    to: Home,
    _target: Option<Alone>,
}

/// Copies everything that is to be elsewhere, while nobody serves it, and compares what arrived. What it comes from
/// is not changed.
pub async fn relocate(from: &Home, to: &Home) -> anyhow::Result<Relocation> {
    let (database, blobs) = (from.database != to.database, !from.blobs.is(&to.blobs));
    ensure!(database || blobs, "that is where it is already");
    let left = Alone::take(&from.database).await.context("the database that is to be moved")?;
    left.refuse_moved().await?;
    let target = if database {
        let target = Alone::take(&to.database).await.context("the database to move to")?;
        to.refuse_rows().await?;
        Some(target)
    } else {
        None
    };
    let documents = if blobs {
        let known = documents::known(std::slice::from_ref(&from.database)).await?;
        documents::refuse_others(&to.blobs, &known).await?;
        let installation = from.installation().await?;
        let owner = to.blobs.belong_to(installation).await?;
        ensure!(owner == installation, "the place for documents belongs to another installation ({owner})");
        Some(documents::carry(&from.database, &from.blobs, &to.blobs).await?)
    } else {
        None
    };
    let contents = if database {
        let found = copy::transfer(&from.database, &to.database).await.context("copying the database")?;
        let differences = copy::contents(&from.database).await?.differences(&found);
        ensure!(differences.is_empty(), "what arrived is not what was sent: {}", differences.join("; "));
        Some(found)
    } else {
        None
    };
    Ok(Relocation { contents, documents, left, from: from.clone(), to: to.clone(), _target: target })
}

impl Relocation {
    /// Marks what was left, so that nobody serves it by mistake.
    pub async fn leave(mut self) -> anyhow::Result<()> {
        if self.documents.is_some() {
            // No database knows this name, so none is served with the documents that were left.
            self.from.blobs.hand_over_to(new_id()).await?;
        }
        if self.contents.is_some() {
            self.left.mark_moved(&self.to.database, Clock::system().now()).await?;
        }
        Ok(())
    }
}

/// Lets a database be served again that was moved.
pub async fn reopen(home: &Home) -> anyhow::Result<()> {
    Ok(Alone::take(&home.database).await?.unmark().await?)
}
