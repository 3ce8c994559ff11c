//! Carrying the documents that a database knows from one place to another.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use data_encoding::HEXLOWER;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    backup::Missing,
    blob::{Area, Blobs, Brought, Fingerprint, Key},
    store::{StoreUrl, copy},
};

/// How many are looked up at a time.
const PAGE: u16 = 500;
/// How many are on their way at a time.
const AT_ONCE: usize = 8;
/// How often it is told how far it is.
const TOLD: Duration = Duration::from_secs(10);

/// What became of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// How many were copied.
    pub copied: u64,
    /// How many bytes that were.
    pub copied_bytes: u64,
    /// How many were there already, the same byte for byte.
    pub kept: u64,
    /// How many bytes that were.
    pub kept_bytes: u64,
    /// Those that are not where they come from, or are not what they were.
    pub missing: Vec<Missing>,
}

impl Carried {
    /// How many there are now.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.copied + self.kept
    }

    /// How many bytes they have together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.copied_bytes + self.kept_bytes
    }

    fn add(&mut self, one: &copy::Bytes, brought: Brought) {
        match brought {
            Brought::Copied => (self.copied, self.copied_bytes) = (self.copied + 1, self.copied_bytes + one.size),
            Brought::Kept => (self.kept, self.kept_bytes) = (self.kept + 1, self.kept_bytes + one.size),
            Brought::Not(fault) => self.missing.push(Missing { key: one.key.clone(), why: format!("it {fault}") }),
        }
    }
}

/// Copies every document that the database knows.
pub(super) async fn carry(database: &StoreUrl, from: &Blobs, to: &Blobs) -> anyhow::Result<Carried> {
    let (all, bytes) = copy::bytes(database).await?;
    let (mut carried, mut after, mut told) = (Carried::default(), String::new(), Instant::now());
    loop {
        let page = copy::bytes_after(database, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(carried) };
        after.clone_from(&last.key);
        let mut brought = stream::iter(page).map(|one| bring(one, from, to)).buffer_unordered(AT_ONCE);
        while let Some((one, brought)) = brought.try_next().await? {
            carried.add(&one, brought);
            if told.elapsed() > TOLD {
                tracing::info!(
                    done = carried.count(),
                    of = all,
                    bytes = carried.bytes(),
                    of_bytes = bytes,
                    "Documents"
                );
                told = Instant::now();
            }
        }
    }
}

async fn bring(one: copy::Bytes, from: &Blobs, to: &Blobs) -> anyhow::Result<(copy::Bytes, Brought)> {
    let (key, expected) = read(&one)?;
    let brought = from.bring(key, to, &expected).await.with_context(|| format!("copying {key}"))?;
    Ok((one, brought))
}

fn read(one: &copy::Bytes) -> anyhow::Result<(Key, Fingerprint)> {
    let hash = HEXLOWER.decode(one.sha256.as_bytes()).ok().and_then(|hash| hash.try_into().ok());
    let sha256 = hash.with_context(|| format!("{} has no SHA-256", one.key))?;
    Ok((one.key.parse()?, Fingerprint { size: one.size, sha256 }))
}

/// The keys of all documents that some databases know.
pub(super) async fn known(databases: &[StoreUrl]) -> anyhow::Result<HashSet<Key>> {
    let mut known = HashSet::new();
    for database in databases {
        let mut after = String::new();
        loop {
            let page = copy::bytes_after(database, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.key);
            for one in &page {
                known.insert(one.key.parse()?);
            }
        }
    }
    Ok(known)
}

/// Refuses a place with documents that are not among those that will be put there; takes away what a copy of these left
/// that was killed.
pub(super) async fn make_room(place: &Blobs, ours: &HashSet<Key>) -> anyhow::Result<()> {
    let (mut others, mut left) = (place.keys(Area::Documents).await?, place.keys(Area::Staging).await?);
    others.retain(|key| !ours.contains(key));
    // On its way to its place a document has the same identifier.
    others.extend(left.extract_if(.., |key| !ours.contains(&Key { area: Area::Documents, id: key.id })));
    let some: Vec<String> = others.iter().take(3).map(Key::to_string).collect();
    ensure!(
        others.is_empty(),
        "the place for documents is not empty: {} there belong to something else, as {}; name another place",
        others.len(),
        some.join(", ")
    );
    Ok(place.delete(left).await?)
}
