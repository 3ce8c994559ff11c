//! A way out that does not work for now, known to all servers of the installation.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{Error, ReadTx, Tx, column, entity::channel as table};
use crate::model::Channel;

impl ReadTx {
    /// What is wrong with a way out, if anything is.
    pub async fn channel(&self, name: &str) -> Result<Option<Channel>, Error> {
        table::Entity::find_by_id(name.to_owned()).one(&self.tx).await?.map(read).transpose()
    }
}

impl Tx {
    /// The same, held against other changes until this one is committed.
    pub async fn channel_held(&self, name: &str) -> Result<Option<Channel>, Error> {
        let found = table::Entity::find_by_id(name.to_owned()).lock_exclusive();
        found.one(&self.tx).await?.map(read).transpose()
    }

    /// Notes what is wrong with a way out.
    pub async fn set_channel(&self, channel: &Channel) -> Result<(), Error> {
        let row = table::Model {
            name: channel.name.clone(),
            since: column::micros(channel.since),
            failures: i64::from(channel.failures),
            strikes: i64::from(channel.strikes),
            resume_at: column::micros(channel.resume_at),
            error: channel.error.clone(),
        };
        let again = OnConflict::column(table::Column::Name)
            .update_columns([
                table::Column::Failures,
                table::Column::Strikes,
                table::Column::ResumeAt,
                table::Column::Error,
            ])
            .to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// A way out works; whether anything was wrong with it.
    pub async fn clear_channel(&self, name: &str) -> Result<bool, Error> {
        Ok(table::Entity::delete_by_id(name.to_owned()).exec(&self.tx).await?.rows_affected > 0)
    }

    /// Lets a way out that is closed be tried at once; gives how many were closed.
    pub async fn hasten_channel(&self, name: &str, now: Timestamp) -> Result<u64, Error> {
        let sooner = table::Entity::update_many()
            .col_expr(table::Column::ResumeAt, Expr::value(column::micros(now)))
            .filter(table::Column::Name.eq(name))
            .filter(table::Column::Failures.gt(0));
        self.leaves_work();
        Ok(sooner.exec(&self.tx).await?.rows_affected)
    }
}

fn read(row: table::Model) -> Result<Channel, Error> {
    Ok(Channel {
        name: row.name,
        since: column::instant(row.since)?,
        failures: column::number(row.failures)?,
        strikes: column::number(row.strikes)?,
        resume_at: column::instant(row.resume_at)?,
        error: row.error,
    })
}
