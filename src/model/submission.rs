//! Submissions: the item, its answers and what it went through.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    domain::{Answers, PersonId, SubmissionId},
    workflow::{Event, Item, Sent},
};

/// One application on its way through a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The workflow's id.
    pub workflow: String,
    /// Hash of the definition it follows; a draft follows the newest until it is sent.
    pub definition: String,
    /// As people cite it, `SS-2026-0042`; unique.
    pub reference: String,
    /// Its title; may be empty in a draft.
    pub title: String,
    /// Whose it is.
    pub submitter: PersonId,
    /// Where it stands.
    pub item: Item,
    /// What the form says now.
    pub answers: Answers,
    /// Number of saves so far, from 1; what `ETag` carries. The store gives it; in a new one it is ignored.
    pub version: u64,
    /// When the draft was begun.
    pub begun_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
    /// When it was first sent.
    pub sent_at: Option<Timestamp>,
}

/// Which submissions are looked for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'w> {
    /// Those in one of these states.
    In(&'w [String]),
    /// Those of these that fit.
    Among(&'w BTreeSet<SubmissionId>),
}

/// What a finished submission went through.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its id.
    pub id: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Whose it was.
    pub submitter: PersonId,
    /// Everything that happened, oldest first.
    pub events: Vec<Event>,
    /// The answers, each time it was sent.
    pub sent: Vec<Sent>,
}
