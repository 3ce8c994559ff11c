//! People: who they are and what they may do.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Duty, Email, PersonId, Standing, folded};

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The address; unique.
    pub email: Email,
    /// As printed on certificates, without credentials.
    pub name: String,
    /// Behind the name, as in `MD, FAAFP`; may be empty.
    pub credentials: String,
    /// Where the person works; may be empty. Conflicts of interest are found by it.
    pub affiliation: String,
    /// Whether the person may use the system.
    pub standing: Standing,
    /// What the house trusts the person with.
    pub duties: BTreeSet<Duty>,
    /// Since when the person is known.
    pub created_at: Timestamp,
}

impl Person {
    /// What the institution is recognised by, however it is written; empty where none is known.
    #[must_use]
    pub fn institution(&self) -> String {
        folded(&self.affiliation)
    }
}
