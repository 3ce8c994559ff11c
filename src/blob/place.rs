//! Opening the store: a directory of ours, or a bucket.

use std::{fs, io, path::PathBuf, sync::Arc, time::Duration};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, S3ConditionalPut},
    local::LocalFileSystem,
    prefix::PrefixStore,
};

use super::{Blobs, Error};
use crate::secret::Secret;

/// How long a bucket may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a bucket may be silent; a large document may take as long as it needs.
const SILENCE: Duration = Duration::from_mins(1);
/// For how long a request is tried again; somebody is waiting for the answer.
const PERSEVERE: Duration = Duration::from_secs(15);

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
}

impl Blobs {
    /// Opens a place; a directory is made where it is missing, for this user alone.
    ///
    /// Whether the store can do what documents rest on is asked by [`Blobs::probe`].
    pub fn at(place: &Place) -> Result<Self, Error> {
        match place {
            Place::Directory(directory) => {
                private_directory(directory)?;
                let store = LocalFileSystem::new_with_prefix(directory)?.with_fsync(true);
                Ok(Self { store: Arc::new(store), directory: Some(directory.clone()) })
            }
            Place::Bucket(s3) => {
                let store = PrefixStore::new(bucket(s3)?, s3.prefix.as_str());
                Ok(Self { store: Arc::new(store), directory: None })
            }
        }
    }
}

fn bucket(s3: &S3) -> Result<impl ObjectStore, Error> {
    let client = ClientOptions::new().with_timeout_disabled().with_connect_timeout(CONNECT).with_read_timeout(SILENCE);
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
    Ok(builder.build()?)
}

/// Makes the directory readable by its owner alone, and refuses links in it: the store would follow them anywhere.
fn private_directory(directory: &PathBuf) -> io::Result<()> {
    if !directory.exists() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
    }
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_symlink() {
            let text = format!("{} is a link; documents are kept in real directories", entry.path().display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
    }
    Ok(())
}
