//! Letting go of what nobody needs any more: by its age, a bounded number of rows at a time, found by an index.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DeleteMany, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SelectStatement, SimpleExpr},
};

use super::{
    Error, ReadTx, Tx, column,
    entity::{address_change, half_session, job, kept_receipt, link, log, log_end, mail, session, throttle},
};
use crate::model::{Aged, Session};

impl ReadTx {
    /// When the oldest line of the log was written.
    pub async fn log_begins(&self) -> Result<Option<Timestamp>, Error> {
        let oldest = Query::select().expr(Expr::col(log::Column::At).min()).from(log::Entity).take();
        let row = self.tx.query_one(&oldest).await?;
        let at: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        at.map(column::instant).transpose()
    }
}

impl Tx {
    /// Deletes at most `most` rows that are older than `before` and not needed at `now`; gives how many.
    pub async fn sweep(&self, what: Aged, before: Timestamp, now: Timestamp, most: u16) -> Result<u64, Error> {
        let (before, now) = (column::micros(before), column::micros(now));
        let most = u64::from(most);
        match what {
            Aged::Letters => {
                let sent = self.delete::<mail::Entity>(mail::Column::Id, mail::Column::SentAt.lt(before), most).await?;
                let (dropped, rest) = (mail::Column::DroppedAt.lt(before), most.saturating_sub(sent));
                Ok(sent.saturating_add(self.delete::<mail::Entity>(mail::Column::Id, dropped, rest).await?))
            }
            Aged::Links => {
                let over =
                    self.delete::<link::Entity>(link::Column::Id, link::Column::ExpiresAt.lt(before), most).await?;
                let (id, old) = (address_change::Column::Id, address_change::Column::ExpiresAt.lt(before));
                let rest = most.saturating_sub(over);
                Ok(over.saturating_add(self.delete::<address_change::Entity>(id, old, rest).await?))
            }
            Aged::Sessions => {
                let id = session::Column::Id;
                let over = self.delete::<session::Entity>(id, session::Column::ExpiresAt.lt(before), most).await?;
                // Begun by a clock that was ahead: one that is to come ends later still, by which it is found.
                let later = now.saturating_add(apart());
                let to_come = session::Column::ExpiresAt.gt(later).and(session::Column::CreatedAt.gt(later));
                let rest = most.saturating_sub(over);
                let over = over.saturating_add(self.delete::<session::Entity>(id, to_come, rest).await?);
                let (half, old) = (half_session::Column::SecretHash, half_session::Column::ExpiresAt.lt(before));
                let rest = most.saturating_sub(over);
                Ok(over.saturating_add(self.delete::<half_session::Entity>(half, old, rest).await?))
            }
            Aged::Attempts => {
                let open = Condition::any().add(throttle::Column::Until.is_null()).add(throttle::Column::Until.lt(now));
                let old = Expr::col(throttle::Column::WindowStart).lt(before).and(open);
                self.delete::<throttle::Entity>(throttle::Column::Bucket, old, most).await
            }
            Aged::Work => self.delete::<job::Entity>(job::Column::Id, job::Column::DoneAt.lt(before), most).await,
            Aged::Answers => {
                let key = [kept_receipt::Column::Person, kept_receipt::Column::RequestKey];
                let old = kept_receipt::Column::CreatedAt.lt(before);
                let found = some::<kept_receipt::Entity>(&key, old, most);
                let over = Expr::tuple(key.map(Expr::col)).in_subquery(found);
                self.deleted(kept_receipt::Entity::delete_many().filter(over)).await
            }
            Aged::Log => self.delete::<log::Entity>(log::Column::Id, log::Column::At.lt(before), most).await,
        }
    }

    /// Writes down until when the log is swept: only what is older may be deleted. The database wants a year in between.
    pub async fn end_log(&self, upto: Timestamp, at: Timestamp) -> Result<(), Error> {
        let row = log_end::Model { upto: column::micros(upto), at: column::micros(at) };
        let known = sea_orm::sea_query::OnConflict::column(log_end::Column::Upto).do_nothing().to_owned();
        log_end::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    async fn delete<E: EntityTrait>(&self, key: E::Column, old: SimpleExpr, most: u64) -> Result<u64, Error> {
        let over = key.in_subquery(some::<E>(&[key], old, most));
        self.deleted(E::delete_many().filter(over)).await
    }

    async fn deleted<E: EntityTrait>(&self, rows: DeleteMany<E>) -> Result<u64, Error> {
        Ok(rows.exec(&self.tx).await?.rows_affected)
    }
}

fn apart() -> i64 {
    i64::try_from(Session::APART.as_micros()).unwrap_or(i64::MAX)
}

/// Some rows that are old, passing by what another server is just deleting.
fn some<E: EntityTrait>(key: &[E::Column], old: SimpleExpr, most: u64) -> SelectStatement {
    Query::select()
        .columns(key.iter().copied())
        .from(E::default())
        .and_where(old)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .take()
}
