//! Finding what nobody refers to. Whoever sweeps asks the database in between; nothing here decides that alone.
//!
//! Instants are compared with the store's own clock, so they come from the system's and never from a shifted one.

use std::{fs, path::Path, time::SystemTime};

use futures_util::TryStreamExt;
use jiff::Timestamp;

use super::{Area, Blobs, Error, Key};

impl Blobs {
    /// Every blob of an area that was last written before `instant`.
    pub async fn older_than(&self, area: Area, instant: Timestamp) -> Result<Vec<Key>, Error> {
        let listed: Vec<_> =
            self.store.list(Some(&object_store::path::Path::from(area.as_str()))).try_collect().await?;
        Ok(listed
            .into_iter()
            .filter(|meta| meta.last_modified.timestamp_micros() < instant.as_microsecond())
            .filter_map(|meta| meta.location.as_ref().parse().ok())
            .collect())
    }

    /// Deletes what uploads left behind that were under way when the process was killed, before `instant`; says how many.
    ///
    /// On a local disk only: a bucket needs a rule of its own that ends unfinished multipart uploads after some days.
    pub async fn sweep_unfinished(&self, instant: Timestamp) -> Result<usize, Error> {
        let Some(directory) = self.directory.clone() else { return Ok(0) };
        let staging = directory.join(Area::Staging.as_str());
        tokio::task::spawn_blocking(move || sweep(&staging, instant.into())).await.map_err(object_store::Error::from)?
    }
}

/// The store writes an upload to `<key>#<number>` and renames it when it is whole; its listing hides those.
fn sweep(staging: &Path, instant: SystemTime) -> Result<usize, Error> {
    if !staging.exists() {
        return Ok(0);
    }
    let mut swept = 0;
    for entry in fs::read_dir(staging)? {
        let entry = entry?;
        let unfinished = entry.file_name().to_string_lossy().contains('#');
        if unfinished && entry.metadata()?.modified()? < instant {
            fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}
