//! Plans to take running submissions over to another version of their workflow.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{domain::PersonId, workflow::Mapping};

/// A plan to take the open submissions of one version over to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationPlan {
    /// Its id.
    pub id: Uuid,
    /// The workflow's id.
    pub workflow: String,
    /// The version they are on.
    pub from: String,
    /// The version they go over to.
    pub to: String,
    /// What is what there.
    pub mapping: Mapping,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// How it was run; not yet where there is none.
    pub run: Option<MigrationRun>,
}

/// A plan was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationRun {
    /// Who ran it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why; always there where the proposer ran it alone.
    pub reason: Option<String>,
    /// How many submissions went over.
    pub items: u64,
}
