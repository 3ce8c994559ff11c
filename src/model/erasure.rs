//! Erasing a person: where they stand, and what was done.

use jiff::Timestamp;
use uuid::Uuid;

use super::Life;
use crate::domain::{Depth, PersonId, SubmissionId};

/// An erasure that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// Its id.
    pub id: Uuid,
    /// Of whom.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// By whom; nobody for the command line and for the end of what was kept.
    pub by: Option<PersonId>,
    /// How far it went.
    pub depth: Depth,
    /// When what is still kept goes too, if it does.
    pub kept_until: Option<Timestamp>,
    /// What was erased and kept, and why.
    pub statement: serde_json::Value,
}

/// A submission in which somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Which.
    pub id: SubmissionId,
    /// As people cite it.
    pub reference: String,
    /// How far it is.
    pub life: Life,
    /// Whose it is.
    pub submitter: PersonId,
    /// Whether it was ever sent.
    pub sent: bool,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Whether somebody has to act on it.
    pub pending: bool,
}

/// Which files of a submission go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// All of them.
    All,
    /// Those that were removed already: their names.
    Removed,
}
