//! Work for the worker, written in the transaction that causes it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, UnionType},
};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::job as table};
use crate::{
    domain::{Effect, JobId, MailId},
    model::{Claim, Job, LEASE, Lane, Next, Queued, Ripe},
};

impl ReadTx {
    /// A job.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.map(read).transpose()
    }

    /// Which work can be done at `now`: one short look that says to whom it is worth looking closer.
    pub async fn ripe(&self, now: Timestamp) -> Result<Ripe, Error> {
        Ok(Ripe {
            letters: self.first_of(Lane::Letters, now).await?,
            errands: self.first_of(Lane::Errands, now).await?,
            timers: !self.due(now, 1).await?.is_empty(),
        })
    }

    async fn first_of(&self, lane: Lane, now: Timestamp) -> Result<bool, Error> {
        let first = table::Entity::find().select_only().column(table::Column::Id);
        let first = first.filter(free(lane, now, self.tx.get_database_backend()));
        Ok(first.order_by_asc(table::Column::RunAt).into_tuple::<Uuid>().one(&self.tx).await?.is_some())
    }

    /// Letters whose delivery is neither done nor let go.
    pub(super) async fn mail_under_way(&self) -> Result<BTreeSet<MailId>, Error> {
        let payloads = |which: Condition| {
            let open = table::Entity::find().select_only().column(table::Column::Payload);
            open.filter(which).filter(of(Lane::Letters)).into_query()
        };
        // Each along its index, and both at once: a job may become the other meanwhile.
        let open = payloads(waiting()).union(UnionType::All, payloads(given_up())).take();
        let rows = self.tx.query_all(&open).await?;
        let mail = |row: &QueryResult| -> Result<Option<MailId>, Error> {
            match serde_json::from_str(&row.try_get_by_index::<String>(0)?) {
                Ok(Effect::Deliver { mail }) => Ok(Some(mail)),
                _ => Ok(None),
            }
        };
        rows.iter().filter_map(|row| mail(row).transpose()).collect()
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
            retried_at: job.retried_at.map(column::micros),
        };
        self.leaves_work();
        let known = OnConflict::column(table::Column::Dedupe).do_nothing().to_owned();
        let added = table::Entity::insert(row.into_active_model()).on_conflict(known);
        Ok(Queued::of(added.exec_without_returning(&self.tx).await?))
    }

    /// Claims jobs that can run at `now`, the longest waiting first.
    pub async fn claim_jobs(&self, claim: Claim, now: Timestamp) -> Result<Vec<Job>, Error> {
        let backend = self.tx.get_database_backend();
        let found = table::Entity::find()
            .filter(free(claim.lane, now, backend))
            .order_by_asc(table::Column::RunAt)
            .order_by_asc(table::Column::Id)
            .limit(u64::from(claim.limit))
            // Workers of PostgreSQL pass by what another one is just claiming; SQLite has one writer at a time.
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&self.tx)
            .await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let until = column::database_now(backend).add(lease());
        let mut claimed = table::Entity::update_many()
            .col_expr(table::Column::Token, Expr::value(claim.token))
            .col_expr(table::Column::LockedUntil, until)
            .col_expr(table::Column::Attempts, Expr::col(table::Column::Attempts).add(1))
            .filter(table::Column::Id.is_in(found.iter().map(|row| row.id)))
            .exec_with_returning(&self.tx)
            .await?;
        claimed.sort_by_key(|row| (row.run_at, row.id));
        claimed.into_iter().map(read).collect()
    }

    /// Puts a job back as if it had not been claimed, behind everything that can run at `now`; [`Error::Stale`] where
    /// `token` does not hold it any more.
    pub async fn release_job(&self, id: JobId, token: Uuid, now: Timestamp) -> Result<(), Error> {
        let back = held(id, token)
            .col_expr(table::Column::Token, Expr::value(None::<Uuid>))
            .col_expr(table::Column::LockedUntil, Expr::value(None::<i64>))
            .col_expr(table::Column::Attempts, Expr::col(table::Column::Attempts).sub(1))
            .col_expr(table::Column::RunAt, Expr::value(column::micros(now)));
        self.one_changed(back).await
    }

    /// Takes back what is to run later than `latest`, which only a clock that was wrong can have said; gives how many.
    pub async fn hasten_jobs(&self, now: Timestamp, latest: Timestamp) -> Result<u64, Error> {
        let mut hastened = 0;
        for lane in [Lane::Letters, Lane::Errands] {
            let far = table::Entity::update_many()
                .col_expr(table::Column::RunAt, Expr::value(column::micros(now)))
                .filter(waiting())
                .filter(of(lane))
                .filter(table::Column::RunAt.gt(column::micros(latest)));
            hastened += far.exec(&self.tx).await?.rows_affected;
        }
        Ok(hastened)
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
        self.leaves_work();
        self.one_changed(again(now).filter(table::Column::Id.eq(id.0))).await
    }

    /// Lets all jobs that were given up run again; gives how many.
    pub async fn retry_jobs(&self, now: Timestamp) -> Result<u64, Error> {
        self.leaves_work();
        Ok(again(now).exec(&self.tx).await?.rows_affected)
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

/// In microseconds.
fn lease() -> i64 {
    LEASE.as_secs() * 1_000_000
}

/// The work of a lane. Written out, not bound: SQLite uses a partial index only where the statement says its condition.
fn of(lane: Lane) -> Condition {
    Condition::all().add(Expr::cust(match lane {
        Lane::Letters => "kind = 'deliver'",
        Lane::Errands => "kind <> 'deliver'",
    }))
}

/// What can be claimed: it waits, its time has come and nobody holds it. A lease that ends later than one that is taken
/// now was given by a clock that has gone back since.
fn free(lane: Lane, now: Timestamp, backend: DbBackend) -> Condition {
    let until = || Expr::col(table::Column::LockedUntil);
    let longest = column::database_now(backend).add(lease());
    let free = Condition::any()
        .add(until().is_null())
        .add(until().lte(column::database_now(backend)))
        .add(until().gt(longest));
    Condition::all().add(waiting()).add(of(lane)).add(table::Column::RunAt.lte(column::micros(now))).add(free)
}

/// What was given up runs again, as if for the first time.
fn again(now: Timestamp) -> UpdateMany<table::Entity> {
    table::Entity::update_many()
        .col_expr(table::Column::FailedAt, Expr::value(None::<i64>))
        .col_expr(table::Column::Attempts, Expr::value(0_i64))
        .col_expr(table::Column::RunAt, Expr::value(column::micros(now)))
        .col_expr(table::Column::RetriedAt, Expr::value(column::micros(now)))
        .filter(given_up())
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
        retried_at: row.retried_at.map(column::instant).transpose()?,
    })
}
