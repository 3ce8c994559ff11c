//! What a list shows of a submission.

use jiff::Timestamp;

use crate::domain::{PersonId, SubmissionId};

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The submission.
    pub id: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its workflow's id.
    pub workflow: String,
    /// Hash of the definition it follows.
    pub definition: String,
    /// Its state's id.
    pub state: String,
    /// Since when.
    pub state_since: Timestamp,
    /// Whether it is over.
    pub closed: bool,
    /// When it was first sent.
    pub sent_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Timestamp,
    /// Whose it is.
    pub submitter: PersonId,
    /// The author's name.
    pub author: String,
    /// The earliest instant a holder has to act by.
    pub due: Option<Timestamp>,
    /// When the first of its timers ends, a deadline or a reminder.
    pub timer: Option<Timestamp>,
    /// Who holds it: names of persons and slugs of groups.
    pub holders: Vec<HolderName>,
}

/// Who holds a submission, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderName {
    /// A person with a name.
    Person(PersonId, String),
    /// A group's slug.
    Group(String),
}
