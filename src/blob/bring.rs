//! Bringing blobs from one store to another, none of them changed on the way.

use aws_lc_rs::digest::{Context, SHA256};
use futures_util::TryStreamExt;

use super::{Area, Blobs, Error, Fault, Kept, Key, blocking};

/// What the bytes under a key have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// In bytes.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: [u8; 32],
}

/// How a blob was brought to another store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It was copied.
    Copied,
    /// It was there already, the same byte for byte.
    Kept,
    /// It was not brought: it is not what it has to be.
    Not(Fault),
}

impl Blobs {
    /// Copies a document to another store, unless it is there; whatever was under its key there is replaced.
    ///
    /// It is staged there first: nobody finds it under its key before its size and its hash are known to be right.
    pub async fn bring(&self, key: Key, to: &Self, expected: &Fingerprint) -> Result<Brought, Error> {
        if to.fault(key, expected).await?.is_none() {
            return Ok(Brought::Kept);
        }
        let (size, mut stream) = match self.bytes(key, None).await {
            Err(Error::Faulty { fault, .. }) => return Ok(Brought::Not(fault)),
            other => other?,
        };
        if size != expected.size {
            return Ok(Brought::Not(Fault::Size { found: size }));
        }
        // What a copy left that was killed.
        to.delete(vec![Key { area: Area::Staging, id: key.id }]).await?;
        let mut upload = to.begin(key.id).await?;
        let mut hash = Context::new(&SHA256);
        while let Some(chunk) = stream.try_next().await? {
            hash.update(&chunk);
            upload.write(&chunk).await?;
        }
        if hash.finish().as_ref() != expected.sha256 {
            return Ok(Brought::Not(Fault::Content));
        }
        upload.finish().await?;
        match &to.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.promote(key.id)).await?;
            }
            Kept::Bucket(bucket) => bucket.promote(key.id).await?,
        }
        Ok(Brought::Copied)
    }

    /// Every key of an area.
    pub async fn keys(&self, area: Area) -> Result<Vec<Key>, Error> {
        let listed = self.list(area).await?;
        listed.try_filter_map(|listed| std::future::ready(Ok(listed.key))).try_collect().await
    }

    /// What is wrong with a blob, read from its first to its last byte.
    async fn fault(&self, key: Key, expected: &Fingerprint) -> Result<Option<Fault>, Error> {
        let (size, mut stream) = match self.bytes(key, None).await {
            Err(Error::Faulty { fault, .. }) => return Ok(Some(fault)),
            other => other?,
        };
        if size != expected.size {
            return Ok(Some(Fault::Size { found: size }));
        }
        let mut hash = Context::new(&SHA256);
        while let Some(chunk) = stream.try_next().await? {
            hash.update(&chunk);
        }
        Ok((hash.finish().as_ref() != expected.sha256).then_some(Fault::Content))
    }
}
