//! Documents as bytes: on the local disk or in a bucket that speaks S3.
//!
//! An upload is streamed to `staging/<id>`, its hash and its real type are found on the way, and only then is it
//! promoted to `documents/<id>`, where it never changes again. Keys are identifiers of ours: no name a person chose
//! ever becomes a path.

mod archive;
mod bring;
mod bucket;
mod directory;
mod encoding;
mod installation;
mod list;
mod media;
mod name;
mod pdf;
mod place;
mod print;
mod probe;
mod sample;
mod stage;
mod wrong_type;

use std::{
    fmt,
    ops::Range,
    str::FromStr,
    sync::{Arc, atomic::AtomicBool},
};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use bring::{Brought, Fingerprint};
pub use installation::MOVED;
pub use list::{Kind, Listed};
pub use media::{MEDIA, Media};
pub use name::{Disposition, content_disposition};
pub use place::{Place, S3};
pub use print::{Pieces, Print};
pub use stage::Staged;
pub use wrong_type::WrongType;

use bucket::Bucket;
use directory::Directory;

/// The name of the note whose documents these are; beside `staging` and `documents`.
const NOTE: &str = "installation";

/// How many uploads may have a large part of theirs in memory at a time; the others wait on disk.
const ROOM: usize = 3;

/// Where in the store a blob lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Uploaded and referred to by nothing yet; swept when it is old.
    Staging,
    /// Promoted; immutable.
    Documents,
}

/// A blob's key, `documents/0190…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The area.
    pub area: Area,
    /// The identifier within it.
    pub id: Uuid,
}

/// Text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is staging/<uuid> or documents/<uuid>")]
pub struct KeyError;

/// What went wrong with a blob.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// More than what is taken.
    #[error("this file is larger than {limit} bytes, the most that is taken here")]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
    /// Nothing in it.
    #[error("this file is empty; choose the file again")]
    Empty,
    /// A type that is not taken.
    #[error(transparent)]
    WrongType(#[from] WrongType),
    /// The upload ended before the file did.
    #[error("the upload was cut off; nothing was kept, so upload the file again")]
    CutOff(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What is under a key is not what was put there.
    #[error("{key} {fault}")]
    Faulty {
        /// Where.
        key: Key,
        /// What is wrong.
        fault: Fault,
    },
    /// The store lacks something that documents rest on.
    #[error("the document store {0}")]
    Unfit(&'static str),
    /// The store failed.
    #[error("the document store does not answer as it should")]
    Store(#[from] object_store::Error),
    /// The directory cannot be used.
    #[error("the document directory cannot be used: {0}")]
    Directory(#[from] std::io::Error),
}

/// What is wrong with a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is none.
    #[error("is missing")]
    Missing,
    /// It is a link, a folder or a device, which nobody here has put there.
    #[error("is no file but a link or something else, which is not followed")]
    NoFile,
    /// It has another size.
    #[error("has {found} bytes, which is not its size")]
    Size {
        /// So many bytes.
        found: u64,
    },
    /// Its bytes are others.
    #[error("has other bytes than were uploaded")]
    Content,
}

/// The store of documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs {
    kept: Kept,
    /// Room for large parts of uploads in memory.
    room: Arc<Semaphore>,
    /// Whether it was seen to be this installation's.
    confirmed: Arc<AtomicBool>,
    place: Place,
}

#[derive(Clone, Debug)]
enum Kept {
    Directory(Arc<Directory>),
    Bucket(Arc<Bucket>),
}

/// The bytes of a blob, as they come.
pub struct Content {
    /// How many bytes the whole blob has.
    pub size: u64,
    /// Which of them follow.
    pub range: Range<u64>,
    /// The bytes.
    pub stream: BoxStream<'static, Result<Bytes, Error>>,
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

    /// Moves a staged blob to `documents/`, under the same identifier; doing it again changes nothing.
    pub async fn promote(&self, staged: &Staged) -> Result<Key, Error> {
        let id = staged.key.id;
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.promote(id)).await?;
            }
            Kept::Bucket(bucket) => bucket.promote(id).await?,
        }
        Ok(Key { area: Area::Documents, id })
    }

    /// The bytes of a blob, or those of `range`, as they are; see [`Blobs::read`] for what people get.
    pub async fn open(&self, key: Key, range: Option<Range<u64>>) -> Result<Content, Error> {
        let (size, stream) = self.bytes(key, range.clone()).await?;
        Ok(Content { size, range: range.unwrap_or(0..size), stream })
    }

    /// How many bytes a blob has.
    pub async fn size(&self, key: Key) -> Result<u64, Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.stat(key)).await
            }
            Kept::Bucket(bucket) => bucket.stat(key).await,
        }
    }

    /// Deletes blobs, and lets that last; those that are gone already are no error.
    pub async fn delete(&self, keys: Vec<Key>) -> Result<(), Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.delete(&keys)).await
            }
            Kept::Bucket(bucket) => bucket.delete(keys).await,
        }
    }

    /// Whether both are the same place.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.place == other.place
    }

    async fn bytes(
        &self,
        key: Key,
        range: Option<Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, Result<Bytes, Error>>), Error> {
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                let (file, size) = blocking(move || directory.open(key)).await?;
                let Range { start, end } = range.unwrap_or(0..size);
                Ok((size, directory::bytes(file, start..end.min(size))))
            }
            Kept::Bucket(bucket) => bucket.open(key, range).await,
        }
    }
}

/// Does what keeps a thread waiting on one that may wait.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}

impl Area {
    fn as_str(self) -> &'static str {
        match self {
            Self::Staging => "staging",
            Self::Documents => "documents",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.area.as_str(), self.id)
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (area, id) = text.split_once('/').ok_or(KeyError)?;
        let area = [Area::Staging, Area::Documents].into_iter().find(|a| a.as_str() == area).ok_or(KeyError)?;
        Ok(Self { area, id: id.parse().or(Err(KeyError))? })
    }
}
