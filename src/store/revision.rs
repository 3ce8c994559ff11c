//! Answers as they were sent, each time.

use jiff::Timestamp;

use super::{Error, Tx, View};
use crate::domain::{Answers, OrganisationId, SubmissionId};

/// Answers as they were sent once.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Of which submission.
    pub submission: SubmissionId,
    /// Its number, from 1.
    pub number: u32,
    /// Number of the event that sent it.
    pub sequence: u64,
    /// What was answered.
    pub answers: Answers,
    /// When.
    pub at: Timestamp,
}

impl View {
    /// All revisions of a submission, oldest first.
    pub async fn revisions(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
    ) -> Result<Vec<Revision>, Error> {
        todo!()
    }
}

impl Tx {
    /// Keeps a revision; it can never be changed.
    pub async fn add_revision(&self, revision: &Revision) -> Result<(), Error> {
        todo!()
    }
}
