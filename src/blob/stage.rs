//! Taking an upload: streamed to the store in constant memory, measured, hashed and looked at on the way.

use std::pin::pin;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use object_store::{ObjectStoreExt, WriteMultipart};
use tokio::runtime::Handle;
use uuid::Uuid;

use super::{Area, Blobs, Error, Key, Media, sample::Sample};

/// The size of one part; S3 takes no smaller one. Times [`PARTS_IN_FLIGHT`] it bounds the memory of an upload.
const PART: usize = 5 * 1024 * 1024;
/// How many parts may be on their way at once before the sender has to wait.
const PARTS_IN_FLIGHT: usize = 2;

/// An upload that arrived whole and is referred to by nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Where it lies.
    pub key: Key,
    /// In bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
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
        let key = Key { area: Area::Staging, id };
        let mut bytes = pin!(bytes);
        let mut upload = Upload::new(self.store.put_multipart(&key.path()).await?);
        let mut hash = Context::new(&SHA256);
        let mut sample = Sample::default();
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|error| Error::CutOff(error.into()))?;
            sample.add(&chunk);
            if sample.size() > limit {
                return Err(Error::TooLarge { limit });
            }
            hash.update(&chunk);
            upload.write(chunk).await?;
        }
        if sample.size() == 0 {
            return Err(Error::Empty);
        }
        let media = Media::find(&sample)?;
        upload.finish().await?;
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(hash.finish().as_ref());
        Ok(Staged { key, size: sample.size(), sha256, media })
    }
}

/// A multipart upload that is aborted unless it is finished.
struct Upload(Option<WriteMultipart>);

impl Upload {
    fn new(upload: Box<dyn object_store::MultipartUpload>) -> Self {
        Self(Some(WriteMultipart::new_with_chunk_size(upload, PART)))
    }

    async fn write(&mut self, chunk: Bytes) -> Result<(), Error> {
        if let Some(writer) = &mut self.0 {
            writer.wait_for_capacity(PARTS_IN_FLIGHT).await?;
            writer.put(chunk);
        }
        Ok(())
    }

    /// Everything is in the store after this, or nothing. Goes on without the caller, so that nothing stays half done.
    async fn finish(mut self) -> Result<(), Error> {
        if let Some(writer) = self.0.take() {
            tokio::spawn(writer.finish()).await.map_err(object_store::Error::from)??;
        }
        Ok(())
    }
}

impl Drop for Upload {
    /// A bucket keeps the parts of an upload that is merely dropped, so it is told.
    fn drop(&mut self) {
        if let (Some(writer), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(abandon(writer));
        }
    }
}

/// Waits for the parts that are on their way first: one that arrives after the upload was aborted may stay for ever.
async fn abandon(mut writer: WriteMultipart) {
    let arrived = writer.wait_for_capacity(1).await;
    if let Err(error) = arrived.and(writer.abort().await) {
        tracing::warn!(%error, "An upload that was cut off could not be cleaned up");
    }
}
