//! Documents as bytes: on the local disk or in a bucket that speaks S3.
//!
//! An upload is streamed to `staging/<id>`, its hash and its real type are found on the way, and only then is it
//! promoted to `documents/<id>`, where it never changes again. Keys are identifiers of ours: no name a person chose
//! ever becomes a path.

mod archive;
mod media;
mod name;
mod place;
mod probe;
mod sample;
mod stage;
mod sweep;

use std::{fmt, ops::Range, path::PathBuf, str::FromStr, sync::Arc};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, path::Path};
use uuid::Uuid;

pub use media::{MEDIA, Media, WrongType};
pub use name::{Disposition, NameError, clean_name, content_disposition};
pub use place::{Place, S3};
pub use stage::Staged;

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
    /// There is no such blob.
    #[error("there is no file under {0}")]
    Missing(Key),
    /// The store lacks something that documents rest on.
    #[error("the document store {0}")]
    Unfit(&'static str),
    /// The store failed.
    #[error("the document store does not answer as it should")]
    Store(#[from] object_store::Error),
    /// The directory could not be prepared.
    #[error("the document directory cannot be used")]
    Directory(#[from] std::io::Error),
}

/// The store of documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Where the store is on this machine; none for a bucket.
    directory: Option<PathBuf>,
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
    /// Moves a staged blob to `documents/`, under the same identifier; doing it again changes nothing.
    pub async fn promote(&self, staged: &Staged) -> Result<Key, Error> {
        let document = Key { area: Area::Documents, ..staged.key };
        match self.store.rename(&staged.key.path(), &document.path()).await {
            Ok(()) => Ok(document),
            Err(object_store::Error::NotFound { .. }) => {
                self.store.head(&document.path()).await.map_err(|error| missing(document, error))?;
                Ok(document)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a blob, or those of `range`.
    pub async fn open(&self, key: Key, range: Option<Range<u64>>) -> Result<Content, Error> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let got = self.store.get_opts(&key.path(), options).await.map_err(|error| missing(key, error))?;
        let (size, range) = (got.meta.size, got.range.clone());
        Ok(Content { size, range, stream: got.into_stream().map_err(Error::from).boxed() })
    }

    /// Deletes a blob; one that is gone already is no error.
    ///
    /// On a local disk a deleted file may come back after a power failure, so whoever sweeps lists again.
    pub async fn delete(&self, key: Key) -> Result<(), Error> {
        match self.store.delete(&key.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Area {
    fn as_str(self) -> &'static str {
        match self {
            Self::Staging => "staging",
            Self::Documents => "documents",
        }
    }
}

impl Key {
    fn path(self) -> Path {
        Path::from(self.to_string())
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

fn missing(key: Key, error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::Missing(key),
        error => Error::Store(error),
    }
}
