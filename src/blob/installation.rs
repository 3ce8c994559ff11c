//! Whose documents these are: a note at the root of the store, which the database has too.

use std::sync::atomic::Ordering;

use uuid::Uuid;

use super::{Blobs, Error, Kept, blocking};

/// What stands in place of an installation where its documents were moved elsewhere: no database has this name.
pub const MOVED: Uuid = Uuid::nil();

impl Blobs {
    /// The installation whose documents are here; none where nobody has said so yet.
    pub async fn installation(&self) -> Result<Option<Uuid>, Error> {
        let text = match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.note()).await?
            }
            Kept::Bucket(bucket) => bucket.note().await?,
        };
        let Some(text) = text else { return Ok(None) };
        let id = std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok());
        id.map(Some).ok_or(Error::Unfit("has a note 'installation' that cannot be read; restore it from a backup"))
    }

    /// Notes, for this process, that these were seen to be the documents of its own installation.
    pub fn confirm(&self) {
        self.confirmed.store(true, Ordering::Release);
    }

    /// Whether that was seen; nothing new may be put here before. A store that was away at the start may come back as
    /// somebody else's.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.confirmed.load(Ordering::Acquire)
    }

    /// Notes whose documents these are, unless that is noted; gives what is.
    pub async fn belong_to(&self, id: Uuid) -> Result<Uuid, Error> {
        let text = format!("{id}\n").into_bytes();
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.add_note(&text)).await?;
            }
            Kept::Bucket(bucket) => bucket.add_note(text).await?,
        }
        self.installation().await?.ok_or(Error::Unfit("does not give back what was written; use another one"))
    }

    /// Notes that these are the documents of another installation from now on.
    pub async fn hand_over_to(&self, id: Uuid) -> Result<(), Error> {
        let text = format!("{id}\n").into_bytes();
        match &self.kept {
            Kept::Directory(directory) => {
                let directory = directory.clone();
                blocking(move || directory.replace_note(&text)).await
            }
            Kept::Bucket(bucket) => bucket.replace_note(text).await,
        }
    }
}
