//! The lines of a list, with the names of authors and holders.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{
    domain::{PersonId, SubmissionId},
    model::{HolderName, Life, QueueRow},
    store::{
        Error, ReadTx, column,
        entity::{person, submission as table, turn},
        submission,
    },
};

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

impl ReadTx {
    /// Rows of the given submissions, in no particular order.
    pub(in crate::store) async fn queue_rows(&self, ids: BTreeSet<Uuid>) -> Result<Vec<QueueRow>, Error> {
        let query = table::Entity::find().filter(table::Column::Id.is_in(ids));
        let rows = narrow(query).into_model::<Narrow>().all(&self.tx).await?;
        self.dressed(rows).await
    }

    /// Rows with the names of authors and holders.
    pub(super) async fn dressed(&self, rows: Vec<Narrow>) -> Result<Vec<QueueRow>, Error> {
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
                    closed: column::from_word::<Life>(&row.life)? == Life::Closed,
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
