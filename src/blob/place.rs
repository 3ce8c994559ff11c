//! Where documents are kept: a directory of ours, or a bucket.

use std::{path::PathBuf, sync::Arc};

use tokio::sync::Semaphore;

use super::{Blobs, Error, Kept, bucket::Bucket, directory::Directory};
use crate::secret::Secret;

/// How many uploads may have a large part of theirs in memory at a time; the others wait on disk.
const ROOM: usize = 3;

/// Where documents are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A directory on this machine.
    Directory(PathBuf),
    /// A bucket.
    Bucket(S3),
}

/// A bucket that speaks S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3 {
    /// Its name.
    pub bucket: String,
    /// In front of every key; may be empty.
    pub prefix: String,
    /// The server's URL, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: String,
    /// The access key; none asks the machine's metadata service.
    pub access_key: Option<Secret>,
    /// The secret key.
    pub secret_key: Option<Secret>,
    /// A directory on this machine where uploads are gathered.
    pub spool: PathBuf,
}

impl Blobs {
    /// Opens a place; a directory is made with the first document, for this user alone.
    ///
    /// Whether the store can do what documents rest on is asked by [`Blobs::probe`].
    pub fn at(place: &Place) -> Result<Self, Error> {
        let room = Arc::new(Semaphore::new(ROOM));
        let kept = match place {
            Place::Directory(directory) => Kept::Directory(Arc::new(Directory::at(directory)?)),
            Place::Bucket(s3) => Kept::Bucket(Arc::new(Bucket::at(s3, room.clone())?)),
        };
        Ok(Self { kept, room, confirmed: Arc::default(), place: place.clone() })
    }
}
