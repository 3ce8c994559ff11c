//! How often something failed lately, so that guessing gets slow.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{CaseStatement, Expr, ExprTrait, OnConflict},
};

use super::{Error, Tx, column, entity::throttle as table};
use crate::model::Throttle;

/// How long something waits at the most between the look at the clock and its turn here.
const AT_ONCE: SignedDuration = SignedDuration::from_mins(1);

impl Tx {
    /// Counts a failure, in a new window where the last is older than `window`; gives the bucket after it.
    pub async fn count_failure(&self, bucket: &str, now: Timestamp, window: SignedDuration) -> Result<Throttle, Error> {
        let first =
            table::Model { bucket: bucket.to_owned(), failures: 1, window_start: column::micros(now), until: None };
        let begun = || Expr::col((table::Entity, table::Column::WindowStart));
        // A window that begins later than now was begun by a clock that has gone back since; of many at once some came a
        // moment before the one that began it.
        let latest = column::micros(now + AT_ONCE);
        let fresh = || begun().gt(Expr::value(column::micros(now - window))).and(begun().lte(latest));
        let failures = Expr::col((table::Entity, table::Column::Failures));
        let counted = CaseStatement::new().case(fresh(), failures.add(1)).finally(1);
        let start = CaseStatement::new().case(fresh(), begun()).finally(column::micros(now));
        // In one statement, so that of many failures at once none is lost.
        let again = OnConflict::column(table::Column::Bucket)
            .value(table::Column::Failures, counted)
            .value(table::Column::WindowStart, start)
            .to_owned();
        let row = table::Entity::insert(first.into_active_model()).on_conflict(again);
        read(row.exec_with_returning(&self.tx).await?)
    }

    /// Closes a bucket until an instant.
    pub async fn close_bucket(&self, bucket: &str, until: Timestamp) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Until, Expr::value(column::micros(until)))
            .filter(table::Column::Bucket.eq(bucket));
        self.one_changed(changed).await
    }

    /// Takes one failure back that was none, and opens the bucket where it closed for that one.
    pub async fn forgive(&self, bucket: &str, tries: u32) -> Result<(), Error> {
        let failures = || Expr::col(table::Column::Failures);
        let until =
            CaseStatement::new().case(failures().gt(tries), Expr::col(table::Column::Until)).finally(Expr::null());
        table::Entity::update_many()
            .col_expr(table::Column::Until, until.into())
            .col_expr(table::Column::Failures, failures().sub(1))
            .filter(table::Column::Bucket.eq(bucket))
            .filter(failures().gt(0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Takes a trial back that was right, where another one is still to come: what failed before counts on, and the bucket is
    /// open again, as it was for this trial.
    pub async fn reopen(&self, bucket: &str) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::Until, Expr::value(None::<i64>))
            .col_expr(table::Column::Failures, Expr::col(table::Column::Failures).sub(1))
            .filter(table::Column::Bucket.eq(bucket))
            .filter(Expr::col(table::Column::Failures).gt(0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Forgets a bucket's failures.
    pub async fn clear_bucket(&self, bucket: &str) -> Result<(), Error> {
        table::Entity::delete_by_id(bucket.to_owned()).exec(&self.tx).await?;
        Ok(())
    }
}

fn read(row: table::Model) -> Result<Throttle, Error> {
    Ok(Throttle {
        bucket: row.bucket,
        failures: column::number(row.failures)?,
        window_start: column::instant(row.window_start)?,
        until: row.until.map(column::instant).transpose()?,
    })
}
