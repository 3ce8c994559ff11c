//! The log of who did what beside the events of submissions.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::domain::{PersonId, SubmissionId};

/// What a line is about, as one looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LogKind {
    /// Something of the house was changed: people and what they may do, groups, workflows, settings.
    Change,
    /// Somebody signed in or out, or could not.
    SignIn,
    /// Somebody who was signed in went where they may not be.
    Refusal,
    /// A file was opened.
    Download,
}

/// What is written into the log as done, as in `person-invited`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "what each says, `present` says in words")]
pub enum LogAct {
    AbsenceEnded,
    AbsenceEntered,
    AddressAsked,
    AddressChanged,
    AdministratorLetIn,
    ClockTrusted,
    CodeRefused,
    DeadlineDismissed,
    DeadlineRetried,
    DisclosureAsked,
    DisclosureGiven,
    EverythingRetried,
    FileOpened,
    GroupJoined,
    GroupLeft,
    GroupRemoved,
    GroupRenamed,
    GroupWhileAway,
    HandedOver,
    JobDismissed,
    JobRetried,
    LettersDismissed,
    LettersOffered,
    LinkAccepted,
    LinkMade,
    LogSwept,
    MailTried,
    MigrationProposed,
    MigrationRun,
    OrganisationChanged,
    OrganisationFounded,
    PasswordChanged,
    PersonChanged,
    PersonErased,
    PersonInvited,
    RecoveryCodeUsed,
    RecoveryCodesMade,
    Redacted,
    Refused,
    SecondFactorTakenAway,
    SecondFactorTurnedOff,
    SecondFactorTurnedOn,
    SessionsEnded,
    SetupHidden,
    SignInRefused,
    SignedIn,
    SignedOut,
    TokenIssued,
    WorkflowActivated,
    WorkflowProposed,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub kind: LogKind,
    /// The submission it tells of, which not everybody may know of.
    pub submission: Option<SubmissionId>,
    /// Who; none for the clock and the command line.
    pub actor: Option<PersonId>,
    /// What, as [`LogAct`] has it; a newer program may have written others.
    pub act: String,
    /// To what, as in `person/0192…`.
    pub subject: String,
    /// What else is worth knowing; never a secret.
    pub detail: Value,
}

/// Which lines of the log are asked for.
#[derive(Clone, Debug, Default)]
pub struct TrailFilter {
    /// Only of this kind.
    pub kind: Option<LogKind>,
    /// Only what this person did.
    pub by: Option<PersonId>,
    /// Only from this instant on.
    pub from: Option<Timestamp>,
    /// Only before this one.
    pub until: Option<Timestamp>,
}
