//! What is said of an erasure: for the person, for the office, and for whoever asks later.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Depth, PersonId};

/// What was erased, what was kept, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Of whom.
    pub person: PersonId,
    /// How far it went.
    pub depth: Depth,
    /// When.
    pub at: Timestamp,
    /// By whom; nobody for the command line and for the end of what was kept.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// What went.
    pub erased: Vec<Part>,
    /// What stays.
    pub kept: Vec<Kept>,
    /// When the name that stays goes too; none where no name stays, or for ever.
    pub kept_until: Option<Timestamp>,
    /// Until when copies of the database may still have it.
    pub backups_until: Option<Timestamp>,
}

/// Something that went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What, as a person reads it.
    pub what: String,
    /// How much of it.
    pub count: u64,
}

/// Something that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What, as a person reads it.
    pub what: String,
    /// How much of it.
    pub count: u64,
    /// Why.
    pub why: String,
}
