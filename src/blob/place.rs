//! Where documents are kept: a directory of ours, or a bucket.

use std::path::PathBuf;

use crate::secret::Secret;

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
