//! The log of who did what beside the events of submissions: append-only.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{Error, Page, Tx, View};
use crate::domain::{OrganisationId, PersonId};

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// Its id.
    pub id: Uuid,
    /// The organisation; none for the installation itself.
    pub organisation: Option<OrganisationId>,
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

impl View {
    /// A page of an organisation's log, the last first.
    pub async fn log(
        &self,
        organisation: OrganisationId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<LogLine>, Error> {
        todo!()
    }
}

impl Tx {
    /// Writes a line.
    pub async fn add_log(&self, line: &LogLine) -> Result<(), Error> {
        todo!()
    }
}
