//! What is known of uploaded files; the bytes are elsewhere.

use jiff::Timestamp;

use super::{Error, Tx, View};
use crate::domain::{DocumentId, OrganisationId, PersonId, SubmissionId};

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The submission it belongs to.
    pub submission: SubmissionId,
    /// The question it answers.
    pub question: String,
    /// The file's name as uploaded.
    pub name: String,
    /// Its real type, found from its bytes.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Where in the blob store.
    pub key: String,
    /// Whether it may be served.
    pub standing: DocumentStanding,
    /// Who uploaded it.
    pub uploaded_by: PersonId,
    /// When.
    pub uploaded_at: Timestamp,
}

/// Whether a file may be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentStanding {
    /// Its bytes are not known to be safely stored.
    Staged,
    /// It may.
    Available,
    /// It was taken back; the bytes may be gone.
    Removed,
}

impl View {
    /// Whether some document that was not removed is kept under a key.
    pub async fn is_document_key(&self, _key: &str) -> Result<bool, Error> {
        todo!()
    }
    /// A document of the organisation.
    pub async fn document(&self, organisation: OrganisationId, id: DocumentId) -> Result<Option<Document>, Error> {
        todo!()
    }
    /// All documents of a submission that were not removed, oldest first.
    pub async fn documents(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
    ) -> Result<Vec<Document>, Error> {
        todo!()
    }
    /// Documents still staged that were begun before an instant, oldest first.
    pub async fn stale_staged(&self, before: Timestamp, limit: u16) -> Result<Vec<Document>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a document as staged, whatever its standing says.
    pub async fn add_staged(&self, document: &Document) -> Result<(), Error> {
        todo!()
    }
    /// Makes a staged document available; [`Error::Stale`] where it is not staged.
    pub async fn promote(&self, organisation: OrganisationId, id: DocumentId) -> Result<(), Error> {
        todo!()
    }
    /// Removes a document; [`Error::Stale`] where it is already.
    pub async fn remove_document(&self, organisation: OrganisationId, id: DocumentId) -> Result<(), Error> {
        todo!()
    }
}
