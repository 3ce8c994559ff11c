//! Deadlines that could not be carried out: when they are tried again, and which were given up.
//!
//! Apart from the submission: it stays as it was, and whoever changes it makes what is said here void.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

use super::{
    Error, ReadTx, Tx, column,
    entity::{submission, timer_failure as table},
};
use crate::{
    domain::SubmissionId,
    model::{Next, TimerFailure, TimerTrial},
};

impl ReadTx {
    /// Deadlines that fail and that nobody let go, given up or not, the first by submission first.
    pub async fn timer_failures(&self, limit: u16) -> Result<Vec<TimerFailure>, Error> {
        let rows = standing().select_also(submission::Entity).filter(table::Column::DismissedAt.is_null());
        let rows = rows.order_by_asc(table::Column::Submission).limit(u64::from(limit)).all(&self.tx).await?;
        rows.into_iter().filter_map(|(row, of)| Some(read(row, of?))).collect()
    }

    /// A submission's version, and how often the timer of this version failed.
    pub async fn timer_trials(&self, id: SubmissionId) -> Result<Option<(u64, u32)>, Error> {
        let version: Option<i64> = submission::Entity::find()
            .select_only()
            .column(submission::Column::Version)
            .filter(submission::Column::Id.eq(id.0))
            .into_tuple()
            .one(&self.tx)
            .await?;
        let Some(version) = version else { return Ok(None) };
        let failed = table::Entity::find_by_id(id.0).filter(table::Column::Version.eq(version)).one(&self.tx).await?;
        let attempts = failed.map_or(Ok(0), |row| column::number(row.attempts))?;
        Ok(Some((column::number(version)?, attempts)))
    }

    /// How many deadlines were given up and wait for somebody.
    pub async fn timers_given_up(&self) -> Result<u32, Error> {
        let given_up = standing().filter(table::Column::GivenUpAt.is_not_null());
        column::number(given_up.filter(table::Column::DismissedAt.is_null()).count(&self.tx).await?)
    }

    /// What went wrong with a submission's deadline, if it still stands.
    pub async fn timer_failure(&self, id: SubmissionId) -> Result<Option<TimerFailure>, Error> {
        let found = standing().select_also(submission::Entity).filter(table::Column::Submission.eq(id.0));
        found.one(&self.tx).await?.and_then(|(row, of)| Some(read(row, of?))).transpose()
    }
}

impl Tx {
    /// Notes that a submission's deadline failed, and what is next.
    pub async fn timer_failed(&self, failed: TimerTrial<'_>, next: Next, now: Timestamp) -> Result<(), Error> {
        let (retry_at, given_up_at) = match next {
            Next::Retry(at) => (at, None),
            Next::GiveUp => (now, Some(now)),
        };
        let row = table::Model {
            submission: failed.submission.0,
            version: column::number(failed.version)?,
            attempts: i64::from(failed.attempts),
            retry_at: column::micros(retry_at),
            given_up_at: given_up_at.map(column::micros),
            dismissed_at: None,
            error: failed.error.to_owned(),
        };
        let again = OnConflict::column(table::Column::Submission)
            .update_columns([
                table::Column::Version,
                table::Column::Attempts,
                table::Column::RetryAt,
                table::Column::GivenUpAt,
                table::Column::DismissedAt,
                table::Column::Error,
            ])
            .to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Forgets that a submission's deadline failed, so that it is tried as if for the first time.
    pub async fn forget_timer_failure(&self, id: SubmissionId) -> Result<(), Error> {
        self.leaves_work();
        table::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        Ok(())
    }

    /// Forgets all of them that nobody let go; gives how many.
    pub async fn forget_timer_failures(&self) -> Result<u64, Error> {
        self.leaves_work();
        let all = table::Entity::delete_many().filter(table::Column::DismissedAt.is_null());
        Ok(all.exec(&self.tx).await?.rows_affected)
    }

    /// Lets go of a deadline that was given up, until the submission changes; [`Error::Stale`] where it was not.
    pub async fn dismiss_timer(&self, id: SubmissionId, now: Timestamp) -> Result<(), Error> {
        let over = table::Entity::update_many()
            .col_expr(table::Column::DismissedAt, Expr::value(column::micros(now)))
            .filter(table::Column::Submission.eq(id.0))
            .filter(table::Column::GivenUpAt.is_not_null())
            .filter(table::Column::DismissedAt.is_null());
        self.one_changed(over).await
    }

    /// Takes back what is to be tried later than `latest`, which only a clock that was wrong can have said.
    pub async fn hasten_timers(&self, now: Timestamp, latest: Timestamp) -> Result<u64, Error> {
        let far = table::Entity::update_many()
            .col_expr(table::Column::RetryAt, Expr::value(column::micros(now)))
            .filter(table::Column::RetryAt.gt(column::micros(latest)));
        Ok(far.exec(&self.tx).await?.rows_affected)
    }

    /// Deletes what is said about versions that are no more; gives how many.
    pub async fn sweep_timer_failures(&self) -> Result<u64, Error> {
        let same = Query::select().expr(Expr::value(1)).from(submission::Entity).cond_where(same_version()).take();
        Ok(table::Entity::delete_many().filter(Expr::exists(same).not()).exec(&self.tx).await?.rows_affected)
    }
}

/// Whether the timer of the submission that is looked at failed and is not tried at `now`.
pub(super) fn rests(now: Timestamp) -> Expr {
    let later = Condition::any()
        .add(table::Column::RetryAt.gt(column::micros(now)))
        .add(table::Column::GivenUpAt.is_not_null());
    let failed = Query::select()
        .expr(Expr::value(1))
        .from(table::Entity)
        .cond_where(Condition::all().add(same_version()).add(later))
        .take();
    Expr::exists(failed)
}

fn same_version() -> Condition {
    let here = |column: table::Column| Expr::col((table::Entity, column));
    Condition::all()
        .add(here(table::Column::Submission).eq(Expr::col((submission::Entity, submission::Column::Id))))
        .add(here(table::Column::Version).eq(Expr::col((submission::Entity, submission::Column::Version))))
}

/// Failures of the versions that submissions have now.
fn standing() -> Select<table::Entity> {
    let of: RelationDef = table::Entity::belongs_to(submission::Entity)
        .from((table::Column::Submission, table::Column::Version))
        .to((submission::Column::Id, submission::Column::Version))
        .into();
    table::Entity::find().join(JoinType::InnerJoin, of)
}

fn read(row: table::Model, of: submission::Model) -> Result<TimerFailure, Error> {
    Ok(TimerFailure {
        submission: SubmissionId(row.submission),
        reference: of.reference,
        title: of.title,
        attempts: column::number(row.attempts)?,
        retry_at: column::instant(row.retry_at)?,
        given_up_at: row.given_up_at.map(column::instant).transpose()?,
        error: row.error,
    })
}
