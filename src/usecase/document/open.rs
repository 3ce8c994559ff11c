//! Opening a file: with the visibility of its submission, each time anew.

use crate::{
    access::{Act, Caller},
    blob::{self, Content},
    domain::DocumentId,
    store::Document,
    usecase::{Case, Context, Error, Key},
};

/// A file about to be read.
pub struct Opened {
    /// What it is.
    pub document: Document,
    /// Its bytes.
    pub content: Content,
}

/// Opens a file of a submission.
pub async fn open(context: &Context, caller: &Caller, key: &Key, id: DocumentId) -> Result<Opened, Error> {
    let document = {
        let view = context.store.view().await?;
        let case = Case::load(&view, context, caller, key).await?;
        case.allow(caller, Act::See)?;
        case.allow(caller, Act::Read)?;
        let document = view.document(caller.organisation, id).await?.ok_or(Error::NotFound)?;
        if document.submission != case.submission.id {
            return Err(Error::NotFound);
        }
        document
    };
    let stored: blob::Key = document.key.parse().map_err(anyhow::Error::from)?;
    Ok(Opened { document, content: context.blobs.open(stored, None).await? })
}
