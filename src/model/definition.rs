//! Versions of workflows: what is kept of one, its draft, its proof, and when it came into force.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{domain::PersonId, workflow::Fault};

/// One version of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDefinition {
    /// Its identity for ever: SHA-256 of the canonical form as it was when the version was kept, in hex. A later program may
    /// write the same definition in another form, so this is never computed again.
    pub hash: String,
    /// The workflow's id.
    pub workflow: String,
    /// The file, byte for byte.
    pub source: String,
    /// When it was first loaded or proposed.
    pub loaded_at: Timestamp,
    /// Who proposed it; nobody where it came from a file.
    pub proposed_by: Option<PersonId>,
}

/// A version became the active one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// The workflow's id.
    pub workflow: String,
    /// The version.
    pub hash: String,
    /// The version that was active before, if any.
    pub replaced: Option<String>,
    /// Who had proposed it; nobody where it came from a file.
    pub proposed_by: Option<PersonId>,
    /// Who activated it; nobody where it was taken over from a file.
    pub activated_by: Option<PersonId>,
    /// Why; always there where the proposer activated alone.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The draft of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftDefinition {
    /// The workflow's id.
    pub workflow: String,
    /// The text as it was typed.
    pub source: String,
    /// Number of saves so far, from 1; what `ETag` carries.
    pub version: u64,
    /// Who saved it last.
    pub edited_by: PersonId,
    /// When.
    pub edited_at: Timestamp,
}

/// The last time a version was put to the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The version.
    pub hash: String,
    /// The number of the checker ([`CHECKER`](crate::workflow::CHECKER)) that looked at it.
    pub checker: u32,
    /// When.
    pub at: Timestamp,
    /// Everything that was wrong; the version is proved where this is empty.
    pub findings: Vec<Fault>,
}

/// How many open submissions of a version are in a state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenCount {
    /// The workflow's id.
    pub workflow: String,
    /// The version they follow.
    pub definition: String,
    /// The state's id.
    pub state: String,
    /// How many, counted up to one more than [`Count::MOST`].
    pub open: u64,
}
