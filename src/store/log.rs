//! The log of who did what beside the events of submissions: append-only.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    bounded::{asked, is_there},
    column,
    conflict::{self, Rows},
    entity::{log as table, submission},
    page,
};
use crate::{
    domain::{PersonId, SubmissionId},
    model::{Life, LogAct, LogLine, Page, Person, TrailFilter},
};

impl ReadTx {
    /// A page of the log, the last first. Lines that tell of a submission only for `auditor`, and of none with which they
    /// have a conflict.
    pub async fn log(
        &self,
        filter: &TrailFilter,
        auditor: Option<&Person>,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<LogLine>, Error> {
        let mut query = table::Entity::find();
        if let Some(person) = filter.by {
            query = query.filter(table::Column::Actor.eq(person.0));
        }
        if let Some(kind) = filter.kind {
            let kind = table::Column::Kind.eq(column::to_word(kind));
            // An index per person is the narrower one.
            query = query.filter(if filter.by.is_some() { asked(Condition::all().add(kind)) } else { kind });
        }
        if let Some(from) = filter.from {
            query = query.filter(table::Column::At.gte(column::micros(from)));
        }
        if let Some(until) = filter.until {
            query = query.filter(table::Column::At.lt(column::micros(until)));
        }
        query = match auditor {
            None => query.filter(table::Column::Submission.is_null()),
            Some(me) => query.filter(asked(
                Condition::any()
                    .add(table::Column::Submission.is_null())
                    .add(Condition::all().add(was_sent()).add(conflict::none_of(me, Rows::Log))),
            )),
        };
        if let Some((at, id)) = page::key::<(i64, Uuid)>(cursor)? {
            let columns = [Expr::col(table::Column::At), Expr::col(table::Column::Id)];
            query = query.filter(page::before(columns, [Expr::value(at), Expr::value(id)]));
        }
        let query = query.order_by_desc(table::Column::At).order_by_desc(table::Column::Id);
        let rows = query.limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| (row.at, row.id))?.try_map(read)
    }

    /// What was done of some kinds since an instant, the first first.
    pub async fn log_since(&self, since: Timestamp, acts: &[LogAct]) -> Result<Vec<LogLine>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::At.gte(column::micros(since)))
            .filter(table::Column::Act.is_in(acts.iter().map(LogAct::to_string)))
            .order_by_asc(table::Column::At)
            .order_by_asc(table::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

/// Whether the submission of a line is more than its author's own draft.
fn was_sent() -> Expr {
    let sent = Query::select()
        .from(submission::Entity)
        .and_where(
            Expr::col((submission::Entity, submission::Column::Id))
                .eq(Expr::col((table::Entity, table::Column::Submission))),
        )
        .and_where(submission::Column::Life.ne(column::to_word(Life::Draft)))
        .take();
    is_there(sent)
}

impl Tx {
    /// Writes a line.
    pub async fn add_log(&self, line: &LogLine) -> Result<(), Error> {
        let row = table::Model {
            id: line.id,
            at: column::micros(line.at),
            kind: column::to_word(line.kind).to_owned(),
            submission: line.submission.map(|submission| submission.0),
            actor: line.actor.map(|id| id.0),
            act: line.act.clone(),
            subject: line.subject.clone(),
            detail: column::to_json(&line.detail)?,
        };
        self.insert(row).await
    }
}

pub(super) fn read(row: table::Model) -> Result<LogLine, Error> {
    Ok(LogLine {
        id: row.id,
        at: column::instant(row.at)?,
        kind: column::from_word(&row.kind)?,
        submission: row.submission.map(SubmissionId),
        actor: row.actor.map(PersonId),
        act: row.act,
        subject: row.subject,
        detail: column::from_json(&row.detail)?,
    })
}
