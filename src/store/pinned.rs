//! Submissions by the version of the workflow they follow: how many are open, which go over, what finished ones went through.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use super::{
    Error, ReadTx,
    bounded::is_there,
    column,
    conflict::{Rows, none_of},
    entity::{definition, event, lane, party, revision, submission as table, submission_content as content},
    submission,
};
use crate::{
    domain::{PersonId, SubmissionId},
    model::{Count, Finished, OpenCount, Person, Submission},
    workflow::{Event, Sent},
};

impl ReadTx {
    /// The open submissions, counted by workflow, version and state.
    pub async fn open_counts(&self) -> Result<Vec<OpenCount>, Error> {
        let (version, standing) = (definition::Entity, Alias::new("standing"));
        let states = Query::select()
            .distinct()
            .columns([lane::Column::Workflow, lane::Column::State])
            .from(lane::Entity)
            .and_where(lane::Column::Life.eq("open"))
            .take();
        let there = open_of_version()
            .expr(Expr::value(1))
            .and_where(
                Expr::col((table::Entity, table::Column::State)).eq(Expr::col((standing.clone(), lane::Column::State))),
            )
            .limit(Count::MOST + 1)
            .take();
        let counted = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(there, "found").take();
        let all = Query::select()
            .expr_as(Expr::col((version, definition::Column::Workflow)), Alias::new("workflow"))
            .expr_as(Expr::col((version, definition::Column::Hash)), Alias::new("definition"))
            .expr_as(Expr::col((standing.clone(), lane::Column::State)), Alias::new("state"))
            .expr_as(Expr::from(SubQueryStatement::from(counted)), Alias::new("open"))
            .from(version)
            .join_subquery(
                sea_orm::JoinType::InnerJoin,
                states,
                standing.clone(),
                Expr::col((standing, lane::Column::Workflow)).equals((version, definition::Column::Workflow)),
            )
            .take();
        let rows = self.tx.query_all(&all).await?;
        let count = |row: &QueryResult| {
            Ok(OpenCount {
                workflow: row.try_get("", "workflow")?,
                definition: row.try_get("", "definition")?,
                state: row.try_get("", "state")?,
                open: column::number(row.try_get::<i64>("", "open")?)?,
            })
        };
        let mut counts: Vec<OpenCount> = rows.iter().map(count).collect::<Result<_, Error>>()?;
        counts.retain(|count| count.open > 0);
        counts.sort();
        Ok(counts)
    }

    /// The versions that open submissions follow.
    pub async fn definitions_in_use(&self) -> Result<BTreeSet<String>, Error> {
        let open = is_there(open_of_version());
        let hashes = definition::Entity::find().select_only().column(definition::Column::Hash).filter(open);
        Ok(hashes.into_tuple::<String>().all(&self.tx).await?.into_iter().collect())
    }

    /// Open submissions that follow a version and are in one of these states.
    pub async fn open_in(&self, version: &str, states: &[&str]) -> Result<Vec<SubmissionId>, Error> {
        let workflow = definition::Entity::find_by_id(version.to_owned());
        let workflow = workflow.select_only().column(definition::Column::Workflow).into_query();
        let found = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(Expr::col(table::Column::Workflow).eq(Expr::from(SubQueryStatement::from(workflow))))
            .filter(table::Column::Definition.eq(version))
            .filter(table::Column::Life.eq("open"))
            .filter(table::Column::State.is_in(states.iter().copied()));
        Ok(found.into_tuple::<Uuid>().all(&self.tx).await?.into_iter().map(SubmissionId).collect())
    }

    /// The open submissions that follow a version, in the order of their ids, beyond `after`.
    pub async fn pinned(
        &self,
        definition: &str,
        after: Option<SubmissionId>,
        limit: u16,
    ) -> Result<Vec<Submission>, Error> {
        let mut query = table::Entity::find()
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

    /// Whether an open submission that follows a version is or was somebody's, or is one in which they have a conflict of interest.
    pub async fn has_stake_in(&self, person: &Person, definition: &str) -> Result<bool, Error> {
        let who = [person.email.to_string(), person.id.to_string()];
        let party = Query::select()
            .from(party::Entity)
            .and_where(Expr::col((party::Entity, party::Column::Submission)).equals((table::Entity, table::Column::Id)))
            .and_where(Expr::col((party::Entity, party::Column::Who)).is_in(who))
            .take();
        let found = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(table::Column::Definition.eq(definition))
            .filter(table::Column::Life.eq("open"))
            .filter(Condition::any().add(none_of(person, Rows::Submissions).not()).add(is_there(party)));
        Ok(found.into_tuple::<Uuid>().one(&self.tx).await?.is_some())
    }

    /// Finished submissions of a workflow with their histories, the last first, beyond `before`.
    pub async fn finished(
        &self,
        workflow: &str,
        before: Option<SubmissionId>,
        limit: u16,
    ) -> Result<Vec<Finished>, Error> {
        let mut query = table::Entity::find()
            .filter(table::Column::Workflow.eq(workflow))
            // In the words of the index of these, which no database knows a parameter to mean.
            .filter(Expr::cust("life = 'closed'"))
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

/// The open submissions of the version that a row of `definition` is.
fn open_of_version() -> SelectStatement {
    let column = |column| Expr::col((table::Entity, column));
    let version = |column| Expr::col((definition::Entity, column));
    Query::select()
        .from(table::Entity)
        .and_where(column(table::Column::Workflow).eq(version(definition::Column::Workflow)))
        .and_where(column(table::Column::Definition).eq(version(definition::Column::Hash)))
        .and_where(column(table::Column::Life).eq("open"))
        .take()
}
