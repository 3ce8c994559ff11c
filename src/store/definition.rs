//! Workflow definitions as they were loaded, kept for ever because items stay on theirs.

use jiff::Timestamp;

use super::{Error, Tx, View};

/// One version of a workflow file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDefinition {
    /// SHA-256 of the canonical form, in hex.
    pub hash: String,
    /// The workflow's id.
    pub workflow: String,
    /// The file, byte for byte.
    pub source: String,
    /// When it was first loaded.
    pub loaded_at: Timestamp,
}

impl View {
    /// One version of a workflow.
    pub async fn definition(&self, hash: &str) -> Result<Option<StoredDefinition>, Error> {
        todo!()
    }
    /// The version that new items and drafts follow.
    pub async fn current_definition(&self, workflow: &str) -> Result<Option<StoredDefinition>, Error> {
        todo!()
    }
    /// The current version of every workflow, by workflow id.
    pub async fn current_definitions(&self) -> Result<Vec<StoredDefinition>, Error> {
        todo!()
    }
}

impl Tx {
    /// Keeps a version, unless it is known, and makes it the current one of its workflow.
    pub async fn put_definition(&self, definition: &StoredDefinition) -> Result<(), Error> {
        todo!()
    }
}
