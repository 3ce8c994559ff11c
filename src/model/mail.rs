//! Letters, sent and to be sent.

use jiff::Timestamp;

use crate::domain::{Email, MailId, PersonId, SubmissionId};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id; also its message id, so that a letter sent twice is seen once.
    pub id: MailId,
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
    /// When it was written, where it is kept because mail was off.
    pub kept_at: Option<Timestamp>,
    /// When somebody let go of it.
    pub dropped_at: Option<Timestamp>,
}

/// Letters that were kept while mail was off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How many.
    pub many: u64,
    /// When the first of them was written.
    pub first: Timestamp,
}
