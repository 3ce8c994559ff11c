//! What a backup says of itself.

use std::{fs::File, io::Write as _, path::Path};

use anyhow::{Context as _, ensure};
use aws_lc_rs::digest::{Context, SHA256};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use crate::store::copy::Contents;

/// What is in a backup, and when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of this description; another one is not read.
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// Whose backup it is.
    pub installation: Uuid,
    /// When it was begun: what was acknowledged before is in it.
    pub begun: Timestamp,
    /// When it was whole.
    pub ended: Timestamp,
    /// The file of the database.
    pub database: FileMark,
    /// The rows of the database.
    pub contents: Contents,
    /// The documents that belong to it.
    pub documents: Documents,
}

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMark {
    /// In bytes.
    pub size: u64,
    /// In hex.
    pub sha256: String,
}

/// The documents of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    /// How many there are.
    pub count: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// Those that the database knows and that could not be backed up.
    pub missing: Vec<Missing>,
}

/// A document that is not in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its key.
    pub key: String,
    /// Why, as a person reads it.
    pub why: String,
}

impl Manifest {
    /// The format that is written and read here.
    pub const FORMAT: u32 = 1;

    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let manifest: Self = serde_json::from_slice(&text).with_context(|| format!("{} is damaged", file.display()))?;
        let newer = "was made by a newer version of the program; use that one";
        ensure!(manifest.format == Self::FORMAT, "{} {newer}", file.display());
        Ok(manifest)
    }

    pub(super) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let mut options = File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(file)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        Ok(file.sync_all()?)
    }
}

impl FileMark {
    pub(super) async fn of(file: &Path) -> anyhow::Result<Self> {
        let mut file = tokio::fs::File::open(file).await?;
        let (mut hash, mut size, mut chunk) = (Context::new(&SHA256), 0_u64, vec![0; 1024 * 1024]);
        loop {
            let read = file.read(&mut chunk).await?;
            if read == 0 {
                return Ok(Self { size, sha256: HEXLOWER.encode(hash.finish().as_ref()) });
            }
            hash.update(chunk.get(..read).unwrap_or_default());
            size = size.saturating_add(u64::try_from(read)?);
        }
    }
}
