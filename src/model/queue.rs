//! Lists of submissions: which, in which order, and the lines of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Person;
use crate::{
    domain::{PersonId, SubmissionId},
    workflow::Holder,
};

/// What to list; the default is everything that is open or closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Words, each of which begins one of the title, the reference or the author's name or address; empty for all.
    pub search: String,
    /// Only of this workflow.
    pub workflow: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only held by this person or group.
    pub holder: Option<Holder>,
    /// Only of this author.
    pub submitter: Option<PersonId>,
    /// Only work of one kind.
    pub attention: Option<Attention>,
    /// Open, closed or both.
    pub life: Option<Life>,
    /// Without drafts, and without what this person wrote or has a conflict of interest with.
    pub hidden_from: Option<Person>,
}

/// Why a submission wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Nobody in person has it: a group holds it, or too few people can.
    Unassigned,
    /// Its first limit passed before this instant.
    OverdueAt(Timestamp),
}

/// Whether a submission is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Life {
    /// Sent and not over.
    Open,
    /// Not sent yet.
    Draft,
    /// Over.
    Closed,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum QueueSort {
    /// What waits for somebody of the office first, and of that what is longest in its state.
    #[default]
    Oldest,
    /// Last begun first.
    Newest,
    /// What is due soonest first; what is never due last.
    DueFirst,
    /// By title.
    Title,
}

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
    /// The first limit: the earliest instant a holder has to act by, or the one that passed and left it late.
    pub due: Option<Timestamp>,
    /// When the first of its timers ends, a deadline or a reminder.
    pub timer: Option<Timestamp>,
    /// Who holds it: names of persons and slugs of groups.
    pub holders: Vec<HolderName>,
}

/// Who holds a submission, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderName {
    /// A person.
    Person {
        /// Who.
        person: PersonId,
        /// What they are called.
        name: String,
        /// In which role they hold it.
        role: String,
    },
    /// A group's slug.
    Group(String),
}

/// A submission that waits for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnRow {
    /// The submission.
    pub submission: QueueRow,
    /// In person, or through a group.
    pub holder: Holder,
    /// In which role.
    pub role: String,
    /// For which track.
    pub track: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// By when.
    pub by: Option<Timestamp>,
    /// Since when the office is late with it.
    pub late_since: Option<Timestamp>,
}
