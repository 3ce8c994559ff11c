//! Keeping an installation: backing it up beside the server, bringing it back, moving it elsewhere.
//!
//! All three are the same copy: first the database, as it was at one instant, then the documents that it knows, each
//! compared with the hash that the database has of it. What is left behind by one that breaks off is never taken for
//! a whole one.

mod backup;
mod documents;
mod hold;
mod relocate;
mod restore;

use uuid::Uuid;

pub use backup::{Kept, back_up};
pub use documents::Carried;
pub use relocate::{Relocation, relocate, reopen};
pub use restore::{Restored, choose, restore};

use crate::{
    blob::Blobs,
    clock::new_id,
    store::{Alone, Store, StoreUrl, copy},
};

/// The setting with the name of the installation.
const INSTALLATION: &str = "installation";

/// Where an installation is kept.
#[derive(Clone, Debug)]
pub struct Home {
    /// The database.
    pub database: StoreUrl,
    /// The documents.
    pub blobs: Blobs,
}

impl Home {
    /// The name of the installation; it gets one where it has none.
    async fn installation(&self) -> anyhow::Result<Uuid> {
        let store = Store::inspect(&self.database).await?;
        let named = store.view().await?.setting(INSTALLATION).await?;
        store.close().await?;
        if let Some(named) = named {
            return Ok(named);
        }
        let store = Store::raise(&self.database).await?;
        let tx = store.begin().await?;
        let named = tx.setting(INSTALLATION).await?.unwrap_or_else(new_id);
        tx.set_setting(INSTALLATION, &named).await?;
        tx.commit().await?;
        store.close().await?;
        Ok(named)
    }

    /// Refuses a database that was moved elsewhere, or that is being filled: a copy of it is worth nothing.
    async fn refuse_sealed(&self) -> anyhow::Result<()> {
        let store = Store::inspect(&self.database).await?;
        let sealed = store.refuse_sealed().await;
        store.close().await?;
        Ok(sealed?)
    }

    /// Refuses one where there is something already, with words on what that is. What somebody began to bring here and
    /// did not end is nothing.
    async fn refuse_rows(&self, alone: &Alone) -> anyhow::Result<()> {
        if alone.is_unfinished().await? {
            return Ok(());
        }
        let found = copy::counts(&self.database).await?;
        let found: Vec<String> = found.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
        anyhow::ensure!(
            found.is_empty(),
            "{} is not empty, and nothing there is overwritten; rows: {}",
            self.database,
            found.join(", ")
        );
        Ok(())
    }
}
