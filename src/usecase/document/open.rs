//! Opening a file: with the visibility of its submission, each time anew.

use std::ops::Range;

use crate::{
    access::{Act, Caller},
    blob::{self, Blobs, Content},
    domain::DocumentId,
    store::Document,
    usecase::{Case, Context, Error, Key},
};

/// A file that the caller may read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// What it is.
    pub document: Document,
    blobs: Blobs,
}

/// Finds a file of a submission.
pub async fn find(context: &Context, caller: &Caller, key: &Key, id: DocumentId) -> Result<Readable, Error> {
    let view = context.store.view().await?;
    let case = Case::load(&view, context, caller, key).await?;
    case.allow(caller, Act::See)?;
    case.allow(caller, Act::Read)?;
    let document = view.document(caller.organisation, id).await?.ok_or(Error::NotFound)?;
    if document.submission != case.submission.id {
        return Err(Error::NotFound);
    }
    Ok(Readable { document, blobs: context.blobs.clone() })
}

impl Readable {
    /// Its bytes, or those of `range`. Nothing is open in the database meanwhile.
    pub async fn open(&self, range: Option<Range<u64>>) -> Result<Content, Error> {
        let stored: blob::Key = self.document.key.parse().map_err(anyhow::Error::from)?;
        Ok(self.blobs.open(stored, range).await?)
    }
}
