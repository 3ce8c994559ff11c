//! Submissions: the item, its answers, its events, and who holds it.

use jiff::Timestamp;

use super::{Error, Tx, View};
use crate::{
    domain::{Answers, OrganisationId, PersonId, SubmissionId},
    workflow::{Event, Item, Turn},
};

/// One application on its way through a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The workflow's id.
    pub workflow: String,
    /// Hash of the definition it follows; a draft follows the newest until it is sent.
    pub definition: String,
    /// As people cite it, `SS-2026-0042`; unique within the organisation.
    pub reference: String,
    /// Its title; may be empty in a draft.
    pub title: String,
    /// Whose it is.
    pub submitter: PersonId,
    /// Where it stands.
    pub item: Item,
    /// What the form says now.
    pub answers: Answers,
    /// Number of saves so far, from 1; what `ETag` carries. Given to [`Tx::add_submission`] it is ignored.
    pub version: u64,
    /// When the draft was begun.
    pub begun_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
    /// When it was first sent.
    pub sent_at: Option<Timestamp>,
}

impl View {
    /// A submission of the organisation.
    pub async fn submission(
        &self,
        organisation: OrganisationId,
        id: SubmissionId,
    ) -> Result<Option<Submission>, Error> {
        todo!()
    }
    /// A submission by its reference.
    pub async fn submission_by_reference(
        &self,
        organisation: OrganisationId,
        reference: &str,
    ) -> Result<Option<Submission>, Error> {
        todo!()
    }
    /// Events of a submission with a sequence beyond `after`, in order, at most `limit`.
    pub async fn events(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
        after: u64,
        limit: u16,
    ) -> Result<Vec<Event>, Error> {
        todo!()
    }
    /// Submissions with a timer due at `now`, the longest due first.
    pub async fn due(&self, now: Timestamp, limit: u16) -> Result<Vec<(OrganisationId, SubmissionId)>, Error> {
        todo!()
    }
}

impl Tx {
    /// The next reference of a prefix and year, as `SS-2026-0042`.
    pub async fn next_reference(&self, organisation: OrganisationId, prefix: &str, year: i16) -> Result<String, Error> {
        todo!()
    }
    /// Adds a submission with its first events; its version becomes 1.
    pub async fn add_submission(&self, submission: &Submission, events: &[Event], turns: &[Turn]) -> Result<(), Error> {
        todo!()
    }
    /// Saves the folded state, appends the events and replaces who holds it; gives the new version.
    ///
    /// [`Error::Stale`] where the stored version is not `expected` any more.
    pub async fn save_submission(
        &self,
        submission: &Submission,
        expected: u64,
        events: &[Event],
        turns: &[Turn],
    ) -> Result<u64, Error> {
        todo!()
    }
}
