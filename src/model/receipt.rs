//! What a change came to: told to whoever asked for it, and told again when they repeat the request.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Activation, Document, MigrationPlan, Person, StoredDefinition, Submission};
use crate::domain::PersonId;

/// What a change came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Receipt {
    /// A submission was begun.
    Begun(Progress),
    /// A submission went on.
    Stepped(Progress),
    /// A file was added to a submission.
    Filed {
        /// The submission after it.
        progress: Progress,
        /// The file.
        document: Document,
    },
    /// Somebody was invited.
    Invited(Person),
    /// A version of a workflow was proposed.
    Proposed {
        /// The workflow's id.
        workflow: String,
        /// The version.
        version: String,
        /// When.
        at: Timestamp,
    },
    /// A version of a workflow became the active one.
    Activated(Activation),
    /// A migration was planned, or carried out.
    Migration(MigrationPlan),
    /// It is done, and there is nothing else to tell.
    Done,
}

/// Where a submission stands after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Its reference.
    pub reference: String,
    /// Its version.
    pub version: u64,
    /// The workflow's id.
    pub workflow: String,
    /// The state it is in.
    pub state: String,
    /// Whether it is over.
    pub closed: bool,
}

impl Receipt {
    /// A submission was begun.
    #[must_use]
    pub fn begun(submission: &Submission) -> Self {
        Self::Begun(Progress::of(submission))
    }

    /// A submission went on.
    #[must_use]
    pub fn stepped(submission: &Submission) -> Self {
        Self::Stepped(Progress::of(submission))
    }

    /// A file was added to a submission.
    #[must_use]
    pub fn filed(submission: &Submission, document: Document) -> Self {
        Self::Filed { progress: Progress::of(submission), document }
    }

    /// A version of a workflow was proposed.
    #[must_use]
    pub fn proposed(version: &StoredDefinition) -> Self {
        let StoredDefinition { workflow, hash, loaded_at, .. } = version;
        Self::Proposed { workflow: workflow.clone(), version: hash.clone(), at: *loaded_at }
    }
}

impl Progress {
    fn of(submission: &Submission) -> Self {
        Self {
            reference: submission.reference.clone(),
            version: submission.version,
            workflow: submission.workflow.clone(),
            state: submission.item.state.clone(),
            closed: submission.item.closed,
        }
    }
}

/// A receipt that is kept for a request that may be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReceipt {
    /// Who asked.
    pub person: PersonId,
    /// The `Idempotency-Key`.
    pub key: String,
    /// Hash of method, path and body: the same key with another request is a mistake.
    pub fingerprint: [u8; 32],
    /// What it came to.
    pub receipt: Receipt,
    /// When.
    pub created_at: Timestamp,
}
