//! Work for the worker, written in the transaction that causes it.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict},
};
use serde_json::Value;
use uuid::Uuid;

use super::{Error, Tx, View, column, entity::job as table};
use crate::domain::JobId;

/// A piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Which worker function runs it.
    pub kind: String,
    /// What it needs to know.
    pub payload: Value,
    /// Not before.
    pub run_at: Timestamp,
    /// How often it was claimed.
    pub attempts: u32,
    /// Who holds it: finishing asks for the same token, so that a worker whose lease was over does nothing.
    pub token: Option<Uuid>,
    /// Until when it is held.
    pub locked_until: Option<Timestamp>,
    /// When it was done, or somebody let it go after it was given up.
    pub done_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// What last went wrong.
    pub error: Option<String>,
    /// There is at most one job with this key.
    pub dedupe: Option<String>,
}

/// Whether a new job was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It was.
    Added,
    /// One with the same key was there.
    Known,
}

/// What becomes of a job that went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It runs again at this instant.
    Retry(Timestamp),
    /// It is given up.
    GiveUp,
}

impl Job {
    /// A job that nobody has held yet.
    #[must_use]
    pub fn new(id: JobId, kind: &str, payload: Value, run_at: Timestamp, dedupe: Option<String>) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            payload,
            run_at,
            attempts: 0,
            token: None,
            locked_until: None,
            done_at: None,
            failed_at: None,
            error: None,
            dedupe,
        }
    }
}

impl View {
    /// A job.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.map(read).transpose()
    }

    /// When the next job that is neither done nor given up can be claimed.
    pub async fn next_job_at(&self) -> Result<Option<Timestamp>, Error> {
        let first = table::Entity::find()
            .filter(waiting())
            .order_by_asc(Expr::col(table::Column::LockedUntil).if_null(Expr::col(table::Column::RunAt)))
            .one(&self.tx)
            .await?;
        first.map(|row| column::instant(row.locked_until.unwrap_or(row.run_at))).transpose()
    }

    /// How many jobs were given up and wait for somebody.
    pub async fn failed_job_count(&self) -> Result<u32, Error> {
        let failed = table::Entity::find().filter(given_up());
        column::number(failed.count(&self.tx).await?)
    }

    /// Jobs that were given up and wait for somebody, the last first.
    pub async fn failed_jobs(&self, limit: u16) -> Result<Vec<Job>, Error> {
        let rows = table::Entity::find()
            .filter(given_up())
            .order_by_desc(table::Column::FailedAt)
            .order_by_desc(table::Column::Id)
            .limit(u64::from(limit));
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Adds a job, unless one with its dedupe key is there.
    pub async fn add_job(&self, job: &Job) -> Result<Queued, Error> {
        let row = table::Model {
            id: job.id.0,
            kind: job.kind.clone(),
            payload: column::to_json(&job.payload)?,
            run_at: column::micros(job.run_at),
            attempts: i64::from(job.attempts),
            token: job.token,
            locked_until: job.locked_until.map(column::micros),
            done_at: job.done_at.map(column::micros),
            failed_at: job.failed_at.map(column::micros),
            error: job.error.clone(),
            dedupe: job.dedupe.clone(),
        };
        let known = OnConflict::column(table::Column::Dedupe).do_nothing().to_owned();
        let added = table::Entity::insert(row.into_active_model()).on_conflict(known);
        Ok(Queued::of(added.exec_without_returning(&self.tx).await?))
    }

    /// Claims jobs that can run at `now`, the longest waiting first, and holds them with `token` for `lease`.
    pub async fn claim_jobs(
        &self,
        now: Timestamp,
        lease: SignedDuration,
        token: Uuid,
        limit: u16,
    ) -> Result<Vec<Job>, Error> {
        let now = column::micros(now);
        let free = Condition::any().add(table::Column::LockedUntil.is_null()).add(table::Column::LockedUntil.lte(now));
        let free = table::Entity::find()
            .filter(waiting())
            .filter(table::Column::RunAt.lte(now))
            .filter(free)
            .order_by_asc(table::Column::RunAt)
            .order_by_asc(table::Column::Id)
            .limit(u64::from(limit))
            // Workers of PostgreSQL pass by what another one is just claiming; SQLite has one writer at a time.
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&self.tx)
            .await?;
        let until = now.saturating_add(column::number(lease.as_micros())?);
        let mut claimed = table::Entity::update_many()
            .col_expr(table::Column::Token, Expr::value(token))
            .col_expr(table::Column::LockedUntil, Expr::value(until))
            .col_expr(table::Column::Attempts, Expr::col(table::Column::Attempts).add(1))
            .filter(table::Column::Id.is_in(free.iter().map(|row| row.id)))
            .exec_with_returning(&self.tx)
            .await?;
        claimed.sort_by_key(|row| (row.run_at, row.id));
        claimed.into_iter().map(read).collect()
    }

    /// Notes that a job is done; [`Error::Stale`] where `token` does not hold it any more.
    pub async fn finish_job(&self, id: JobId, token: Uuid, now: Timestamp) -> Result<(), Error> {
        let done = held(id, token).col_expr(table::Column::DoneAt, Expr::value(column::micros(now)));
        self.one_changed(done).await
    }

    /// Notes that a job went wrong; [`Error::Stale`] where `token` does not hold it any more.
    #[expect(clippy::too_many_arguments, reason = "what failed, for whom, when and why")]
    pub async fn fail_job(&self, id: JobId, token: Uuid, now: Timestamp, error: &str, next: Next) -> Result<(), Error> {
        let over = held(id, token)
            .col_expr(table::Column::Token, Expr::value(None::<Uuid>))
            .col_expr(table::Column::LockedUntil, Expr::value(None::<i64>))
            .col_expr(table::Column::Error, Expr::value(error));
        let over = match next {
            Next::Retry(at) => over.col_expr(table::Column::RunAt, Expr::value(column::micros(at))),
            Next::GiveUp => over.col_expr(table::Column::FailedAt, Expr::value(column::micros(now))),
        };
        self.one_changed(over).await
    }

    /// Lets a job that was given up run again, as if for the first time; [`Error::Stale`] where it was not given up.
    pub async fn retry_job(&self, id: JobId, now: Timestamp) -> Result<(), Error> {
        let again = table::Entity::update_many()
            .col_expr(table::Column::FailedAt, Expr::value(None::<i64>))
            .col_expr(table::Column::Attempts, Expr::value(0_i64))
            .col_expr(table::Column::RunAt, Expr::value(column::micros(now)))
            .filter(table::Column::Id.eq(id.0))
            .filter(given_up());
        self.one_changed(again).await
    }

    /// Lets go of a job that was given up; [`Error::Stale`] where it was not.
    pub async fn dismiss_job(&self, id: JobId, now: Timestamp) -> Result<(), Error> {
        let over = table::Entity::update_many()
            .col_expr(table::Column::DoneAt, Expr::value(column::micros(now)))
            .filter(table::Column::Id.eq(id.0))
            .filter(given_up());
        self.one_changed(over).await
    }
}

impl Queued {
    /// Out of the number of rows that were written.
    pub(super) fn of(rows: u64) -> Self {
        if rows == 0 { Self::Known } else { Self::Added }
    }
}

fn waiting() -> Condition {
    Condition::all().add(table::Column::DoneAt.is_null()).add(table::Column::FailedAt.is_null())
}

fn given_up() -> Condition {
    Condition::all().add(table::Column::DoneAt.is_null()).add(table::Column::FailedAt.is_not_null())
}

fn held(id: JobId, token: Uuid) -> UpdateMany<table::Entity> {
    table::Entity::update_many()
        .filter(table::Column::Id.eq(id.0))
        .filter(table::Column::Token.eq(token))
        .filter(waiting())
}

fn read(row: table::Model) -> Result<Job, Error> {
    Ok(Job {
        id: JobId(row.id),
        kind: row.kind,
        payload: column::from_json(&row.payload)?,
        run_at: column::instant(row.run_at)?,
        attempts: column::number(row.attempts)?,
        token: row.token,
        locked_until: row.locked_until.map(column::instant).transpose()?,
        done_at: row.done_at.map(column::instant).transpose()?,
        failed_at: row.failed_at.map(column::instant).transpose()?,
        error: row.error,
        dedupe: row.dedupe,
    })
}
