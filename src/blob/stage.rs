//! Taking an upload: streamed to the store in constant memory, measured, hashed and looked at on the way.

use std::pin::pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::{
    Area, Blobs, Error, Kept, Key, Media, Pieces,
    bucket::Sending,
    directory::Writing,
    print::Hashing,
    sample::{Sample, TAIL},
};

/// An upload that arrived whole and is referred to by nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Where it lies.
    pub key: Key,
    /// In bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// The SHA-256 of its pieces, where there are several.
    pub pieces: Option<Pieces>,
    /// Its real type, found by its content.
    pub media: Media,
}

impl Blobs {
    /// Streams an upload to `staging/<id>`.
    ///
    /// At most `limit` bytes are taken. Whatever goes wrong, also a caller that stops polling, nothing is left behind.
    pub async fn stage<S, E>(&self, id: Uuid, bytes: S, limit: u64) -> Result<Staged, Error>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let mut bytes = pin!(bytes);
        let mut upload = self.begin(id).await?;
        let mut hashing = Hashing::new();
        let mut sample = Sample::default();
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|error| Error::CutOff(error.into()))?;
            sample.add(&chunk);
            if sample.size() > limit {
                return Err(Error::TooLarge { limit });
            }
            hashing.add(&chunk);
            upload.write(&chunk).await?;
        }
        if sample.size() == 0 {
            return Err(Error::Empty);
        }
        let media = {
            let _room = self.room.acquire().await.map_err(std::io::Error::other)?;
            Media::find(&sample, &upload.tail().await?)?
        };
        upload.finish().await?;
        let (sha256, pieces) = hashing.finish();
        Ok(Staged { key: Key { area: Area::Staging, id }, size: sample.size(), sha256, pieces, media })
    }

    pub(super) async fn begin(&self, id: Uuid) -> Result<Upload, Error> {
        Ok(match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                Upload::Directory(super::blocking(move || directory.create(id)).await?)
            }
            Kept::Bucket(bucket) => Upload::Bucket(bucket.create(id).await?),
        })
    }
}

/// An upload on its way; what is dropped before it is finished is taken back.
pub(super) enum Upload {
    Directory(Writing),
    Bucket(Sending),
}

impl Upload {
    pub(super) async fn write(&mut self, bytes: &Bytes) -> Result<(), Error> {
        match self {
            Self::Directory(writing) => writing.write(bytes).await,
            Self::Bucket(sending) => sending.write(bytes).await,
        }
    }

    /// The end, by which some types are known.
    async fn tail(&mut self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Directory(writing) => writing.tail(TAIL).await,
            Self::Bucket(sending) => sending.tail(TAIL).await,
        }
    }

    pub(super) async fn finish(self) -> Result<(), Error> {
        match self {
            Self::Directory(writing) => writing.finish().await,
            Self::Bucket(sending) => sending.finish().await,
        }
    }
}
