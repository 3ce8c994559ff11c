//! What must follow from a change, written as a row in the change's own transaction.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use uuid::Uuid;

use super::{AbsenceId, DocumentId, Email, MailId, PersonId, SubmissionId};

/// Work that a committed change leaves behind. Workers run each at least once; every one is idempotent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(tag = "effect", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Effect {
    /// Tell everybody concerned what the events `first..=last` of a submission mean for them.
    Announce {
        /// Which.
        submission: SubmissionId,
        /// First event of the batch.
        first: u64,
        /// Last event of the batch.
        last: u64,
    },
    /// Write to somebody who was invited.
    Invite {
        /// Whom.
        person: PersonId,
    },
    /// Write to somebody who forgot their password.
    Reset {
        /// To whom.
        person: PersonId,
    },
    /// Tell somebody that their second factor was taken away.
    SecondFactorTakenAway {
        /// Whom.
        person: PersonId,
    },
    /// Ask both addresses of somebody who wants another one whether they agree.
    AddressAsked {
        /// Whose.
        person: PersonId,
        /// What they asked for.
        change: Uuid,
    },
    /// Tell somebody, where they were reached before, that the office gave them another address.
    AddressChanged {
        /// Whom.
        person: PersonId,
        /// Where they were reached before.
        before: Email,
    },
    /// Write to somebody who is asked for their disclosure.
    AskDisclosure {
        /// The request.
        request: Uuid,
    },
    /// Tell the administrators that a group has become too small for a workflow.
    Understaffed {
        /// The workflow's id.
        workflow: String,
        /// The role that lacks people.
        role: String,
        /// Since when.
        at: Timestamp,
    },
    /// Look again at what a group has the turn of: other people are in it, or are away.
    Look {
        /// The group.
        slug: String,
        /// The last one that was looked at.
        after: Option<SubmissionId>,
    },
    /// Tell the office that somebody will be away.
    Absent {
        /// Which absence.
        absence: AbsenceId,
    },
    /// Somebody is away from now on: their places pass on, or wait.
    AbsenceBegins {
        /// Which absence.
        absence: AbsenceId,
    },
    /// Somebody is back.
    AbsenceEnds {
        /// Which absence.
        absence: AbsenceId,
    },
    /// Tell the administrators that a version of a workflow which is relied on was found wrong.
    Disproved {
        /// The version.
        hash: String,
    },
    /// Tell the other administrators that a version of a workflow was proposed.
    Proposed {
        /// The version.
        hash: String,
    },
    /// Tell the other administrators that a migration was proposed.
    MigrationProposed {
        /// Its plan.
        plan: Uuid,
    },
    /// Tell the administrators that documents are not as they were uploaded.
    FaultyDocuments,
    /// Tell the office that a deadline of a submission could not be carried out.
    Stuck {
        /// Which.
        submission: SubmissionId,
    },
    /// Show a file to the virus scanner.
    Scan {
        /// Which.
        document: DocumentId,
    },
    /// Hand a letter to the mail server.
    Deliver {
        /// Which.
        mail: MailId,
    },
}

impl Effect {
    /// Its name, as the job table shows it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.into()
    }
}
