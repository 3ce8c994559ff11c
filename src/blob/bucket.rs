//! Documents in a bucket that speaks S3.

use std::{fs::File, future::ready, os::unix::fs::FileExt, path::PathBuf, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use jiff::Timestamp;
use object_store::{
    ClientOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
    aws::{AmazonS3Builder, S3ConditionalPut},
    path::Path,
    prefix::PrefixStore,
};
use tokio::{runtime::Handle, sync::Semaphore};
use uuid::Uuid;

use super::{
    Area, Error, Fault, Key, NOTE, S3, blocking,
    list::{Kind, Listed},
    probe::PROBE,
};

/// How long a bucket may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a bucket may be silent; a large document may take as long as it needs.
const SILENCE: Duration = Duration::from_mins(1);
/// For how long a request is tried again; somebody is waiting for the answer.
const PERSEVERE: Duration = Duration::from_secs(15);
/// The size of one part; S3 takes none below 5 MiB, and 10,000 of a file.
const PART: u64 = 5 * 1024 * 1024;
/// How many objects are looked through for one that was just written.
const LISTED: usize = 1_000;
/// How much of the end of a part is kept with the next one.
const TAIL: u64 = 1024 * 1024;

/// A bucket of documents.
#[derive(Debug)]
pub(super) struct Bucket {
    store: PrefixStore<object_store::aws::AmazonS3>,
    /// Where parts are gathered that are not whole yet.
    spool: PathBuf,
    /// Room for parts in memory.
    room: Arc<Semaphore>,
}

impl Bucket {
    pub(super) fn at(s3: &S3, room: Arc<Semaphore>) -> Result<Self, Error> {
        let client =
            ClientOptions::new().with_timeout_disabled().with_connect_timeout(CONNECT).with_read_timeout(SILENCE);
        let mut builder = AmazonS3Builder::new()
            .with_client_options(client)
            .with_retry(RetryConfig { max_retries: 3, retry_timeout: PERSEVERE, ..RetryConfig::default() })
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_conditional_put(S3ConditionalPut::ETagMatch);
        if let Some(endpoint) = &s3.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(key) = &s3.access_key {
            builder = builder.with_access_key_id(key.expose());
        }
        if let Some(key) = &s3.secret_key {
            builder = builder.with_secret_access_key(key.expose());
        }
        let store = PrefixStore::new(builder.build()?, s3.prefix.as_str());
        Ok(Self { store, spool: s3.spool.clone(), room })
    }

    /// Whether it answers.
    pub(super) async fn look(&self) -> Result<(), Error> {
        self.store.list(Some(&Path::from(Area::Staging.as_str()))).try_next().await?;
        Ok(())
    }

    /// Writes, reads and lists a small object and deletes it. Some servers ignore conditions silently, so a second
    /// create must be refused.
    pub(super) async fn probe(&self, id: Uuid) -> Result<(), Error> {
        let path = Path::from(format!("{}/{id}{PROBE}", Area::Staging.as_str()));
        let outcome = self.try_out(&path).await;
        let cleaned = self.store.delete(&path).await;
        outcome?;
        Ok(cleaned?)
    }

    async fn try_out(&self, path: &Path) -> Result<(), Error> {
        let text = Bytes::from_static(b"probe");
        self.store.put_opts(path, text.clone().into(), creating()).await?;
        match self.store.put_opts(path, text.clone().into(), creating()).await {
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Err(Error::Unfit("overwrites a file that it was told to create; use another one")),
        }
        if self.store.get(path).await?.bytes().await? != text {
            return Err(Error::Unfit("does not give back what was written; use another one"));
        }
        // From just before it: any number of uploads may lie there.
        let before = Path::from(path.as_ref().trim_end_matches(PROBE));
        let listed = self.store.list_with_offset(Some(&Path::from(Area::Staging.as_str())), &before).take(LISTED);
        let mut found = pin!(listed.try_filter(|meta| ready(&meta.location == path)));
        if found.try_next().await?.is_none() {
            return Err(Error::Unfit("does not list what was written; use another one"));
        }
        Ok(())
    }

    pub(super) async fn promote(&self, id: Uuid) -> Result<(), Error> {
        let document = Key { area: Area::Documents, id };
        match self.store.rename(&path(Key { area: Area::Staging, id }), &path(document)).await {
            Ok(()) => Ok(()),
            // A second time.
            Err(object_store::Error::NotFound { .. }) => self.stat(document).await.map(drop),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes objects, up to a thousand with one request; those that are gone already are no error.
    pub(super) async fn delete(&self, keys: Vec<Key>) -> Result<(), Error> {
        let paths = stream::iter(keys.into_iter().map(|key| Ok(path(key)))).boxed();
        let mut deleted = self.store.delete_stream(paths);
        while let Some(outcome) = deleted.next().await {
            match outcome {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    pub(super) async fn stat(&self, key: Key) -> Result<u64, Error> {
        Ok(self.store.head(&path(key)).await.map_err(|error| missing(key, error))?.size)
    }

    /// How many bytes an object has, and those of a range.
    pub(super) async fn open(
        &self,
        key: Key,
        range: Option<std::ops::Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, Result<Bytes, Error>>), Error> {
        let options = object_store::GetOptions { range: range.map(Into::into), ..object_store::GetOptions::default() };
        let got = self.store.get_opts(&path(key), options).await.map_err(|error| missing(key, error))?;
        Ok((got.meta.size, got.into_stream().map_err(Error::from).boxed()))
    }

    /// A bucket is listed in the order of keys, page after page.
    pub(super) fn list(&self, area: Area) -> BoxStream<'static, Result<Listed, Error>> {
        let listed = self.store.list(Some(&Path::from(area.as_str())));
        listed.map(|listed| Ok(read(&listed?))).boxed()
    }

    /// What lies beside the documents, uploads and the note.
    pub(super) async fn strays(&self) -> Result<Vec<String>, Error> {
        let root = self.store.list_with_delimiter(None).await?;
        let known = [Area::Staging.as_str(), Area::Documents.as_str(), NOTE];
        let names = root.objects.into_iter().map(|meta| meta.location).chain(root.common_prefixes);
        Ok(names.map(|name| name.to_string()).filter(|name| !known.contains(&name.as_str())).collect())
    }

    pub(super) async fn note(&self) -> Result<Option<Vec<u8>>, Error> {
        match self.store.get(&Path::from(NOTE)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn add_note(&self, text: Vec<u8>) -> Result<(), Error> {
        match self.store.put_opts(&Path::from(NOTE), text.into(), creating()).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn replace_note(&self, text: Vec<u8>) -> Result<(), Error> {
        self.store.put(&Path::from(NOTE), text.into()).await?;
        Ok(())
    }

    /// A new object.
    pub(super) async fn create(self: &Arc<Self>, id: Uuid) -> Result<Sending, Error> {
        let spool = self.spool.clone();
        let file = blocking(move || Ok(tempfile::tempfile_in(spool)?)).await?;
        Ok(Sending {
            bucket: self.clone(),
            path: path(Key { area: Area::Staging, id }),
            spool: Arc::new(file),
            kept: 0,
            gathered: 0,
            upload: None,
        })
    }
}

/// An upload on its way to the bucket; taken back unless it is finished.
///
/// A part is gathered on this machine's disk and is in memory only while it is sent, so that senders who are slow hold
/// nothing; a file of one part is sent with one request.
pub(super) struct Sending {
    bucket: Arc<Bucket>,
    path: Path,
    /// The end of the last part, then what was gathered since. Its name is gone already: a process that is killed leaves
    /// nothing.
    spool: Arc<File>,
    kept: u64,
    gathered: u64,
    upload: Option<Box<dyn object_store::MultipartUpload>>,
}

impl Sending {
    /// Takes the next bytes.
    pub(super) async fn write(&mut self, bytes: &Bytes) -> Result<(), Error> {
        let mut rest = bytes.clone();
        while !rest.is_empty() {
            let room = usize::try_from(PART.saturating_sub(self.gathered)).unwrap_or(usize::MAX);
            let now = rest.split_to(room.min(rest.len()));
            let (spool, at) = (self.spool.clone(), self.kept.saturating_add(self.gathered));
            self.gathered = self.gathered.saturating_add(u64::try_from(now.len()).unwrap_or(u64::MAX));
            blocking(move || Ok(spool.write_all_at(&now, at)?)).await?;
            if self.gathered >= PART {
                self.send().await?;
            }
        }
        Ok(())
    }

    /// The last bytes, up to so many, of which no more are kept than [`TAIL`].
    pub(super) async fn tail(&mut self, most: usize) -> Result<Vec<u8>, Error> {
        let there = self.kept.saturating_add(self.gathered);
        let most = u64::try_from(most).unwrap_or(u64::MAX).min(there);
        gathered(&self.spool, there.saturating_sub(most), most).await
    }

    /// Everything is in the bucket after this, or nothing. Goes on without the caller, so that nothing stays half done.
    pub(super) async fn finish(mut self) -> Result<(), Error> {
        tokio::spawn(async move {
            if self.upload.is_some() {
                if self.gathered > 0 {
                    self.send().await?;
                }
                if let Some(upload) = &mut self.upload {
                    upload.complete().await?;
                }
                drop(self.upload.take());
                return Ok(());
            }
            let _room = self.bucket.room.acquire().await.map_err(std::io::Error::other)?;
            let all = gathered(&self.spool, 0, self.gathered).await?;
            self.bucket.store.put(&self.path, all.into()).await?;
            Ok(())
        })
        .await
        .map_err(std::io::Error::other)?
    }

    /// Sends what was gathered as one part, and keeps its end.
    async fn send(&mut self) -> Result<(), Error> {
        let bucket = self.bucket.clone();
        let _room = bucket.room.acquire().await.map_err(std::io::Error::other)?;
        let part = Bytes::from(gathered(&self.spool, self.kept, self.gathered).await?);
        if self.upload.is_none() {
            self.upload = Some(bucket.store.put_multipart(&self.path).await?);
        }
        if let Some(upload) = &mut self.upload {
            upload.put_part(PutPayload::from(part.clone())).await?;
        }
        let keep = usize::try_from(TAIL).unwrap_or(usize::MAX).min(part.len());
        let end = part.slice(part.len().saturating_sub(keep)..);
        (self.kept, self.gathered) = (u64::try_from(keep).unwrap_or(u64::MAX), 0);
        let spool = self.spool.clone();
        blocking(move || Ok(spool.write_all_at(&end, 0)?)).await
    }
}

/// So many bytes of what was gathered.
async fn gathered(spool: &Arc<File>, at: u64, length: u64) -> Result<Vec<u8>, Error> {
    let spool = spool.clone();
    // Made here and not there: an allocator keeps what was freed for each thread, and of those that wait there are many.
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    blocking(move || {
        spool.read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    })
    .await
}

impl Drop for Sending {
    /// A bucket keeps the parts of an upload that is merely dropped, so it is told.
    fn drop(&mut self) {
        let (Some(mut upload), Ok(runtime)) = (self.upload.take(), Handle::try_current()) else { return };
        runtime.spawn(async move {
            if let Err(error) = upload.abort().await {
                tracing::warn!(%error, "An upload that was cut off could not be cleaned up");
            }
        });
    }
}

fn creating() -> PutOptions {
    PutOptions { mode: PutMode::Create, ..PutOptions::default() }
}

fn path(key: Key) -> Path {
    Path::from(key.to_string())
}

fn missing(key: Key, error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::Faulty { key, fault: Fault::Missing },
        error => error.into(),
    }
}

fn read(meta: &ObjectMeta) -> Listed {
    let place = meta.location.to_string();
    let key = place.parse().ok().filter(|key: &Key| key.to_string() == place);
    let written = Timestamp::from_microsecond(meta.last_modified.timestamp_micros()).unwrap_or(Timestamp::UNIX_EPOCH);
    Listed { key, place, kind: Kind::File, size: meta.size, written }
}
