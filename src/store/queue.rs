//! Lists of submissions: the office's queue, one's own turn, one's own work.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Count, Error, Page, View};
use crate::{
    domain::{OrganisationId, PersonId, SubmissionId},
    workflow::Holder,
};

/// What to list; the default is everything that is open or closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Looked for in title, reference, and the author's name and address, whatever the case; empty for all.
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
}

/// Why a submission wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Nobody in person has it: a group holds it, or too few people can.
    Unassigned,
    /// A holder's time was over before this instant.
    OverdueAt(Timestamp),
}

/// Whether a submission is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// Sent and not over.
    Open,
    /// Not sent yet.
    Draft,
    /// Over.
    Closed,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueueSort {
    /// Longest in its state first.
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
    /// The earliest instant a holder has to act by.
    pub due: Option<Timestamp>,
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
}

impl View {
    /// A page of the organisation's submissions.
    pub async fn queue(
        &self,
        organisation: OrganisationId,
        filter: &QueueFilter,
        sort: QueueSort,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        todo!()
    }
    /// How many the filter finds, counted up to 1,000.
    pub async fn queue_count(&self, organisation: OrganisationId, filter: &QueueFilter) -> Result<Count, Error> {
        todo!()
    }
    /// A page of what waits for a person, in person or through one of `groups`, the longest waiting first;
    /// nothing through a group on which the person is author, recused or already seated.
    pub async fn your_turn(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        groups: &BTreeSet<String>,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<TurnRow>, Error> {
        todo!()
    }
    /// How much waits for a person, counted up to 1,000.
    pub async fn your_turn_count(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        groups: &BTreeSet<String>,
    ) -> Result<Count, Error> {
        todo!()
    }
    /// A page of a person's own submissions, the last begun first.
    pub async fn submissions_of(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        todo!()
    }
}
