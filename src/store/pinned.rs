//! Submissions by the version of the workflow they follow: how many are open, which go over, what finished ones went through.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Error, Submission, View, column,
    entity::{event, revision, submission as table, submission_content as content},
    submission,
};
use crate::{
    domain::{OrganisationId, PersonId, SubmissionId},
    workflow::{Event, Sent},
};

/// How many open submissions of a version are in a state.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OpenCount {
    /// The workflow's id.
    pub workflow: String,
    /// The version they follow.
    pub definition: String,
    /// The state's id.
    pub state: String,
    /// How many.
    pub open: i64,
}

/// What a finished submission went through.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its id.
    pub id: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Whose it was.
    pub submitter: PersonId,
    /// Everything that happened, oldest first.
    pub events: Vec<Event>,
    /// The answers, each time it was sent.
    pub sent: Vec<Sent>,
}

impl View {
    /// The open submissions of an organisation, counted by workflow, version and state.
    pub async fn open_counts(&self, organisation: OrganisationId) -> Result<Vec<OpenCount>, Error> {
        let by = [table::Column::Workflow, table::Column::Definition, table::Column::State];
        let rows = table::Entity::find()
            .select_only()
            .columns(by)
            .column_as(table::Column::Id.count(), "open")
            .filter(table::Column::Organisation.eq(organisation.0))
            .filter(table::Column::Life.eq("open"));
        let rows = by.into_iter().fold(rows, |rows, column| rows.group_by(column).order_by_asc(column));
        Ok(rows.into_model().all(&self.tx).await?)
    }

    /// The versions that some open submission of any organisation follows.
    pub async fn definitions_in_use(&self) -> Result<BTreeSet<String>, Error> {
        let hashes: Vec<String> = table::Entity::find()
            .select_only()
            .column(table::Column::Definition)
            .distinct()
            .filter(table::Column::Life.eq("open"))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(hashes.into_iter().collect())
    }

    /// The open submissions that follow a version, in the order of their ids, beyond `after`.
    pub async fn pinned(
        &self,
        organisation: OrganisationId,
        definition: &str,
        after: Option<SubmissionId>,
        limit: u16,
    ) -> Result<Vec<Submission>, Error> {
        let mut query = table::Entity::find()
            .filter(table::Column::Organisation.eq(organisation.0))
            .filter(table::Column::Definition.eq(definition))
            .filter(table::Column::Life.eq("open"));
        if let Some(after) = after {
            query = query.filter(table::Column::Id.gt(after.0));
        }
        let rows = query.order_by_asc(table::Column::Id).limit(u64::from(limit)).all(&self.tx).await?;
        let contents = content::Entity::find().filter(content::Column::Submission.is_in(rows.iter().map(|row| row.id)));
        let contents: BTreeMap<Uuid, content::Model> =
            contents.all(&self.tx).await?.into_iter().map(|row| (row.submission, row)).collect();
        let whole = |row: table::Model| {
            let content = contents.get(&row.id);
            let content = content.ok_or_else(|| Error::Damaged(format!("{} has no content", row.reference)))?;
            submission::read(row, content)
        };
        rows.into_iter().map(whole).collect()
    }

    /// Finished submissions of a workflow with their histories, the last first, beyond `before`.
    pub async fn finished(
        &self,
        organisation: OrganisationId,
        workflow: &str,
        before: Option<SubmissionId>,
        limit: u16,
    ) -> Result<Vec<Finished>, Error> {
        let mut query = table::Entity::find()
            .filter(table::Column::Organisation.eq(organisation.0))
            .filter(table::Column::Workflow.eq(workflow))
            .filter(table::Column::Life.eq("closed"))
            .filter(table::Column::SentAt.is_not_null());
        if let Some(before) = before {
            query = query.filter(table::Column::Id.lt(before.0));
        }
        let rows = query.order_by_desc(table::Column::Id).limit(u64::from(limit)).all(&self.tx).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut events: BTreeMap<Uuid, Vec<Event>> = BTreeMap::new();
        let happened = event::Entity::find()
            .filter(event::Column::Submission.is_in(ids.iter().copied()))
            .order_by_asc(event::Column::Submission)
            .order_by_asc(event::Column::Sequence);
        for row in happened.all(&self.tx).await? {
            events.entry(row.submission).or_default().push(column::from_json(&row.body)?);
        }
        let mut sent: BTreeMap<Uuid, Vec<Sent>> = BTreeMap::new();
        let revisions = revision::Entity::find()
            .filter(revision::Column::Submission.is_in(ids))
            .order_by_asc(revision::Column::Submission)
            .order_by_asc(revision::Column::Number);
        for row in revisions.all(&self.tx).await? {
            let one = Sent { sequence: column::number(row.sequence)?, answers: column::from_json(&row.answers)? };
            sent.entry(row.submission).or_default().push(one);
        }
        let finished = |row: table::Model| Finished {
            id: SubmissionId(row.id),
            reference: row.reference,
            submitter: PersonId(row.submitter),
            events: events.remove(&row.id).unwrap_or_default(),
            sent: sent.remove(&row.id).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(finished).collect())
    }
}
