//! The lines of a list, with the names of authors and holders.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::Life;
use crate::{
    domain::{OrganisationId, PersonId, SubmissionId},
    store::{
        Error, View, column,
        entity::{person, submission as table, turn},
        submission,
    },
};

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

/// What a list reads of a submission.
#[derive(Debug, FromQueryResult)]
pub(super) struct Narrow {
    pub(super) id: Uuid,
    reference: String,
    title: String,
    pub(super) title_key: String,
    workflow: String,
    definition: String,
    state: String,
    pub(super) state_since: i64,
    life: String,
    pub(super) away: bool,
    sent_at: Option<i64>,
    updated_at: i64,
    submitter: Uuid,
    pub(super) due: i64,
    next_due: Option<i64>,
}

pub(super) fn narrow(query: Select<table::Entity>) -> Select<table::Entity> {
    query.select_only().columns([
        table::Column::Id,
        table::Column::Reference,
        table::Column::Title,
        table::Column::TitleKey,
        table::Column::Workflow,
        table::Column::Definition,
        table::Column::State,
        table::Column::StateSince,
        table::Column::Life,
        table::Column::Away,
        table::Column::SentAt,
        table::Column::UpdatedAt,
        table::Column::Submitter,
        table::Column::Due,
        table::Column::NextDue,
    ])
}

impl View {
    /// Rows of the given submissions, in no particular order.
    pub(in crate::store) async fn queue_rows(
        &self,
        organisation: OrganisationId,
        ids: BTreeSet<Uuid>,
    ) -> Result<Vec<QueueRow>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Organisation.eq(organisation.0))
            .filter(table::Column::Id.is_in(ids));
        let rows = narrow(query).into_model::<Narrow>().all(&self.tx).await?;
        self.dressed(organisation, rows).await
    }

    /// Rows with the names of authors and holders.
    pub(super) async fn dressed(
        &self,
        organisation: OrganisationId,
        rows: Vec<Narrow>,
    ) -> Result<Vec<QueueRow>, Error> {
        let held = turn::Entity::find()
            .filter(turn::Column::Submission.is_in(rows.iter().map(|row| row.id)))
            .order_by_asc(turn::Column::Submission)
            .order_by_asc(turn::Column::Position)
            .all(&self.tx)
            .await?;
        let people: BTreeSet<_> =
            rows.iter().map(|row| row.submitter).chain(held.iter().filter_map(|t| t.person)).collect();
        let names: Vec<(Uuid, String)> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Name])
            .filter(person::Column::Organisation.eq(organisation.0))
            .filter(person::Column::Id.is_in(people))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let names: BTreeMap<_, _> = names.into_iter().collect();
        let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
        let mut holders: BTreeMap<Uuid, Vec<HolderName>> = BTreeMap::new();
        for turn in held {
            let holder = match (turn.person, turn.slug) {
                (Some(person), _) => {
                    HolderName::Person { person: PersonId(person), name: name(&person), role: turn.role }
                }
                (None, slug) => HolderName::Group(slug.unwrap_or_default()),
            };
            let known = holders.entry(turn.submission).or_default();
            if !known.contains(&holder) {
                known.push(holder);
            }
        }
        rows.into_iter()
            .map(|row| {
                Ok(QueueRow {
                    id: SubmissionId(row.id),
                    closed: column::from_word::<Life>(row.life)? == Life::Closed,
                    reference: row.reference,
                    title: row.title,
                    workflow: row.workflow,
                    definition: row.definition,
                    state: row.state,
                    state_since: column::instant(row.state_since)?,
                    timer: row.next_due.map(column::instant).transpose()?,
                    sent_at: row.sent_at.map(column::instant).transpose()?,
                    updated_at: column::instant(row.updated_at)?,
                    submitter: PersonId(row.submitter),
                    author: name(&row.submitter),
                    due: (row.due != submission::NEVER).then(|| column::instant(row.due)).transpose()?,
                    holders: holders.remove(&row.id).unwrap_or_default(),
                })
            })
            .collect()
    }
}
