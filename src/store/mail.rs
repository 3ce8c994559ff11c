//! The outbox: letters written in the transaction that causes them.

use jiff::Timestamp;

use super::{Error, Page, Queued, Tx, View};
use crate::domain::{Email, MailId, OrganisationId, PersonId, SubmissionId};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id; also its message id, so that a letter sent twice is seen once.
    pub id: MailId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// To whom.
    pub person: PersonId,
    /// To which address.
    pub to: Email,
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The submission it is about.
    pub about: Option<SubmissionId>,
    /// When it was written.
    pub queued_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// There is at most one letter with this key.
    pub dedupe: Option<String>,
}

impl View {
    /// A letter.
    pub async fn mail(&self, id: MailId) -> Result<Option<Mail>, Error> {
        todo!()
    }
    /// Letters that were not sent, the longest waiting first.
    pub async fn unsent_mail(&self, limit: u16) -> Result<Vec<Mail>, Error> {
        todo!()
    }
    /// A page of an organisation's letters, the last first.
    pub async fn letters(
        &self,
        organisation: OrganisationId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Mail>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a letter, unless one with its dedupe key is there.
    pub async fn add_mail(&self, mail: &Mail) -> Result<Queued, Error> {
        todo!()
    }
    /// Notes that a letter was sent.
    pub async fn mail_sent(&self, id: MailId, at: Timestamp) -> Result<(), Error> {
        todo!()
    }
}
