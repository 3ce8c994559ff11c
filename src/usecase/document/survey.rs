//! Comparing what the database says of documents with what lies in their store: both are walked in the order of keys, a
//! page at a time, whatever their number.

use std::collections::VecDeque;

use data_encoding::HEXLOWER;
use futures_util::TryStreamExt;

use super::alarm;
use crate::{
    blob::{self, Area, Fault, Kind, Listed},
    model::{DocumentStanding, Stored},
    usecase::{Context, Error, installation},
};

/// How much is compared at a time.
const PAGE: u16 = 500;

/// How closely documents are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Whether they are there and have their size.
    Sizes,
    /// Whether each byte is the one that was uploaded.
    Contents,
}

/// Something that is not as it should be, or is again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A document's bytes.
    Faulty(Stored, Fault),
    /// They were, and are right now.
    Healed(Stored),
    /// Something in the store that the database knows nothing of.
    Unknown(String),
    /// What is left under the name that a document had while it came in: a power cut can bring a name back on Btrfs.
    Left(blob::Key),
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surveyed {
    /// How many documents have to be there.
    pub documents: u64,
    /// How many of them have something wrong.
    pub faulty: u64,
    /// How much lies there that the database knows nothing of.
    pub unknown: u64,
}

/// Looks at all documents and raises the alarm where one is not as it should be.
pub async fn watch(context: &Context) -> Result<Surveyed, Error> {
    // Of the documents of another installation each would be missing.
    installation::tied(context).await?;
    let (mut oddities, mut left) = (Vec::new(), Vec::new());
    let surveyed = survey(context, Depth::Sizes, |oddity| match oddity {
        Oddity::Unknown(_) => {}
        Oddity::Left(key) => left.push(key),
        other => oddities.push(other),
    })
    .await?;
    context.blobs.delete(left).await?;
    for oddity in oddities {
        match oddity {
            Oddity::Faulty(stored, fault) => alarm::raise(context, stored.document, fault).await,
            Oddity::Healed(stored) => alarm::end(context, stored.document).await?,
            Oddity::Unknown(_) | Oddity::Left(_) => {}
        }
    }
    Ok(surveyed)
}

/// Looks at all documents and at everything in their store. Changes nothing.
pub async fn survey(context: &Context, depth: Depth, mut tell: impl FnMut(Oddity) + Send) -> Result<Surveyed, Error> {
    let mut looking = Looking { context, depth, surveyed: Surveyed::default(), tell: &mut tell, unknown: Vec::new() };
    looking.documents().await?;
    looking.staging().await?;
    for stray in context.blobs.strays().await? {
        looking.tell(Oddity::Unknown(stray));
    }
    Ok(looking.surveyed)
}

struct Looking<'a, T> {
    context: &'a Context,
    depth: Depth,
    surveyed: Surveyed,
    tell: &'a mut T,
    /// What was listed and had no row when its page was read.
    unknown: Vec<Listed>,
}

impl<T: FnMut(Oddity) + Send> Looking<'_, T> {
    fn tell(&mut self, oddity: Oddity) {
        match &oddity {
            Oddity::Faulty(..) => self.surveyed.faulty += 1,
            Oddity::Unknown(_) => self.surveyed.unknown += 1,
            Oddity::Healed(_) | Oddity::Left(_) => {}
        }
        (self.tell)(oddity);
    }

    async fn documents(&mut self) -> Result<(), Error> {
        let mut listed = self.context.blobs.list(Area::Documents).await?;
        let mut rows = Rows::of(self.context);
        let mut row = rows.next().await?;
        let mut last = String::new();
        while let Some(found) = listed.try_next().await? {
            if found.key.is_none() {
                self.tell(Oddity::Unknown(found.place));
                continue;
            }
            if found.place <= last {
                return Err(anyhow::anyhow!("the document store does not list in order; use another one").into());
            }
            last.clone_from(&found.place);
            while let Some(before) = row.take_if(|row| row.key < found.place) {
                self.absent(before).await?;
                row = rows.next().await?;
            }
            match row.take_if(|row| row.key == found.place) {
                Some(same) => {
                    self.present(same, &found).await?;
                    row = rows.next().await?;
                }
                None => self.unknown(found).await?,
            }
        }
        while let Some(rest) = row {
            self.absent(rest).await?;
            row = rows.next().await?;
        }
        self.confirm().await
    }

    /// A row whose bytes were not listed: perhaps they came after the list was made.
    async fn absent(&mut self, stored: Stored) -> Result<(), Error> {
        if stored.standing == DocumentStanding::Removed {
            return Ok(());
        }
        self.surveyed.documents += 1;
        let key: blob::Key = stored.key.parse().map_err(anyhow::Error::from)?;
        match self.context.blobs.size(key).await {
            Ok(size) if size == stored.size => {}
            Ok(found) => self.tell(Oddity::Faulty(stored, Fault::Size { found })),
            Err(blob::Error::Faulty { fault, .. }) => self.tell(Oddity::Faulty(stored, fault)),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn present(&mut self, stored: Stored, found: &Listed) -> Result<(), Error> {
        if stored.standing == DocumentStanding::Removed {
            return Ok(());
        }
        self.surveyed.documents += 1;
        if found.kind != Kind::File {
            self.tell(Oddity::Faulty(stored, Fault::NoFile));
        } else if found.size != stored.size {
            self.tell(Oddity::Faulty(stored, Fault::Size { found: found.size }));
        } else if self.depth == Depth::Contents || stored.fault.is_some() {
            let key: blob::Key = stored.key.parse().map_err(anyhow::Error::from)?;
            let hash = HEXLOWER.decode(stored.sha256.as_bytes()).ok().and_then(|hash| hash.try_into().ok());
            let hash = hash.ok_or_else(|| anyhow::anyhow!("document {} has no readable hash", stored.document))?;
            match self.context.blobs.check(key, stored.size, hash).await {
                // What the virus scanner said of it stays.
                Ok(_) if stored.fault.is_some() && stored.standing == DocumentStanding::Available => {
                    self.tell(Oddity::Healed(stored));
                }
                Ok(_) => {}
                Err(blob::Error::Faulty { fault, .. }) => self.tell(Oddity::Faulty(stored, fault)),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn unknown(&mut self, found: Listed) -> Result<(), Error> {
        self.unknown.push(found);
        if self.unknown.len() >= usize::from(PAGE) { self.confirm().await } else { Ok(()) }
    }

    /// What had no row may have got one meanwhile, or be an upload that is about to.
    async fn confirm(&mut self) -> Result<(), Error> {
        let unknown = std::mem::take(&mut self.unknown);
        let keys: Vec<String> = unknown.iter().map(document).collect();
        let ids: Vec<_> = unknown.iter().filter_map(|found| found.key).map(|key| key.id).collect();
        let view = self.context.store.view().await?;
        let known = view.stored_under(&keys).await?;
        let under_way = view.stagings_of(&ids).await?;
        drop(view);
        for found in unknown {
            if found.key.is_some_and(|key| under_way.contains(&key.id)) || self.went_on(found.key).await? {
                continue;
            }
            let has_row = known.iter().any(|stored| stored.key == document(&found) && !stored.swept);
            match found.key {
                Some(key) if has_row && key.area == Area::Staging => self.tell(Oddity::Left(key)),
                _ if has_row => {}
                _ => self.tell(Oddity::Unknown(found.place)),
            }
        }
        Ok(())
    }

    /// Whether an upload went on to be a document while it was looked at.
    async fn went_on(&self, key: Option<blob::Key>) -> Result<bool, Error> {
        let Some(key) = key.filter(|key| key.area == Area::Staging) else { return Ok(false) };
        match self.context.blobs.size(key).await {
            Err(blob::Error::Faulty { fault: Fault::Missing, .. }) => Ok(true),
            Ok(_) | Err(blob::Error::Faulty { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Uploads that are under way have their row; what else lies there does not.
    async fn staging(&mut self) -> Result<(), Error> {
        let mut pages = self.context.blobs.list(Area::Staging).await?.try_chunks(usize::from(PAGE));
        while let Some(page) = pages.try_next().await.map_err(|error| error.1)? {
            self.unknown = page;
            self.confirm().await?;
        }
        Ok(())
    }
}

/// What a document with its identifier is found under.
fn document(found: &Listed) -> String {
    found.key.map_or_else(|| found.place.clone(), |key| blob::Key { area: Area::Documents, ..key }.to_string())
}

/// All documents whose bytes were not deleted, in the order of keys.
struct Rows<'a> {
    context: &'a Context,
    page: VecDeque<Stored>,
    after: String,
}

impl<'a> Rows<'a> {
    fn of(context: &'a Context) -> Self {
        Self { context, page: VecDeque::new(), after: String::new() }
    }

    async fn next(&mut self) -> Result<Option<Stored>, Error> {
        if self.page.is_empty() {
            self.page = self.context.store.view().await?.stored_after(&self.after, PAGE).await?.into();
            if let Some(last) = self.page.back() {
                self.after.clone_from(&last.key);
            }
        }
        Ok(self.page.pop_front())
    }
}
