//! What is known of uploaded files and of their bytes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::domain::{DocumentId, PersonId, SubmissionId};

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
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
    /// What was found wrong with it, or keeps it from being checked.
    pub fault: Option<String>,
}

impl Document {
    /// Why it is not given out, where it is not: what it does.
    #[must_use]
    pub fn held(&self) -> Option<&str> {
        let waits = self.fault.as_deref().unwrap_or("waits for the virus scan");
        (self.standing == DocumentStanding::Staged).then_some(waits)
    }
}

/// Whether a file may be served.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, IntoStaticStr, EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum DocumentStanding {
    /// The virus scanner has not passed it.
    Staged,
    /// It may.
    Available,
    /// It was taken back; the bytes may be gone.
    Removed,
}

/// What the database says of the bytes under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The document they are of.
    pub document: DocumentId,
    /// The name of the file.
    pub name: String,
    /// The key.
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Whether they have to be there.
    pub standing: DocumentStanding,
    /// Whether they were deleted.
    pub swept: bool,
    /// What was found wrong with them and not found right since.
    pub fault: Option<String>,
}

/// Somebody who holds the sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Who, as in `backup`.
    pub name: String,
    /// Until when, by the database's clock.
    pub until: Timestamp,
}
