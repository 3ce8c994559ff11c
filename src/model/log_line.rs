//! The log of who did what beside the events of submissions.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::domain::PersonId;

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; none for the clock and the command line.
    pub actor: Option<PersonId>,
    /// What, as in `person.invite`.
    pub act: String,
    /// To what, as in `person/0192…`.
    pub subject: String,
    /// What else is worth knowing; never a secret.
    pub detail: Value,
}
