//! Asks a store whether it can do what documents rest on: in full at the start, by looking alone later.

use uuid::Uuid;

use super::{Blobs, Error, Kept, blocking};

/// How the name of a trial ends.
pub(super) const PROBE: &str = ".probe";

impl Blobs {
    /// Writes, reads, lists and deletes a small blob under `id`; the server should not start where this fails.
    pub async fn probe(&self, id: Uuid) -> Result<(), Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let name = format!("{id}{PROBE}");
                let directory = directory.clone();
                blocking(move || directory.probe(&name)).await
            }
            Kept::Bucket(bucket) => bucket.probe(id).await,
        }
    }

    /// Looks whether the store answers; writes nothing, so that anybody may ask as often as they like.
    pub async fn look(&self) -> Result<(), Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.look()).await
            }
            Kept::Bucket(bucket) => bucket.look().await,
        }
    }
}
