//! Asks a store whether it can do what documents rest on: in full at the start, by looking alone later.

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, path::Path};
use uuid::Uuid;

use super::{Area, Blobs, Error};

impl Blobs {
    /// Writes, reads, lists and deletes a small blob under `id`; the server should not start where this fails.
    ///
    /// Some servers that speak S3 ignore conditions silently, so a second create must be refused.
    pub async fn probe(&self, id: Uuid) -> Result<(), Error> {
        let path = Path::from(format!("{}/{id}.probe", Area::Staging.as_str()));
        let outcome = self.try_out(&path).await;
        let cleaned = self.store.delete(&path).await;
        outcome?;
        Ok(cleaned?)
    }

    /// Looks whether the store answers; writes nothing, so that anybody may ask as often as he likes.
    pub async fn look(&self) -> Result<(), Error> {
        if let Some(directory) = &self.directory {
            // A directory that is gone would be listed as empty.
            tokio::fs::metadata(directory).await?;
        }
        self.store.list(Some(&Path::from(Area::Staging.as_str()))).try_next().await?;
        Ok(())
    }

    async fn try_out(&self, path: &Path) -> Result<(), Error> {
        let text = Bytes::from_static(b"probe");
        let create = || PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        self.store.put_opts(path, PutPayload::from(text.clone()), create()).await?;
        match self.store.put_opts(path, PutPayload::from(text.clone()), create()).await {
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Err(Error::Unfit("overwrites a file that it was told to create; use another one")),
        }
        if self.store.get(path).await?.bytes().await? != text {
            return Err(Error::Unfit("does not give back what was written; use another one"));
        }
        let listed: Vec<_> = self.store.list(Some(&Path::from(Area::Staging.as_str()))).try_collect().await?;
        if !listed.iter().any(|meta| &meta.location == path) {
            return Err(Error::Unfit("does not list what was written; use another one"));
        }
        Ok(())
    }
}
