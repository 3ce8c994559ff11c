//! What is in the store, in the order of keys. Nothing is ever deleted because of a list alone.

use futures_util::stream::BoxStream;
use jiff::Timestamp;

use super::{Area, Blobs, Error, Kept, Key, blocking};

/// Something in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its key; none for what nobody here has put there.
    pub key: Option<Key>,
    /// Where it is, within the store.
    pub place: String,
    /// What it is.
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// When it was last written, by the store's clock.
    pub written: Timestamp,
}

/// What something in the store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes, as it should be.
    File,
    /// A link to somewhere else, which nobody follows.
    Link,
    /// A folder, a device.
    Other,
}

impl Blobs {
    /// Everything in an area. What has a key comes in the order of keys.
    pub async fn list(&self, area: Area) -> Result<BoxStream<'static, Result<Listed, Error>>, Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.list(area)).await
            }
            Kept::Bucket(bucket) => Ok(bucket.list(area)),
        }
    }

    /// Everything in the store that is in no area and not the note whose it is.
    pub async fn strays(&self) -> Result<Vec<String>, Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.strays()).await
            }
            Kept::Bucket(bucket) => bucket.strays().await,
        }
    }
}
