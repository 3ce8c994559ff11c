//! What the wall clock of a machine and the time since its start said together, and whether they still agree.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Statement,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

use super::{Error, ReadTx, Tx, column, entity::machine_clock as table};
use crate::model::MachineClock;

impl ReadTx {
    /// The clock of a machine.
    pub async fn machine_clock(&self, boot: &str) -> Result<Option<MachineClock>, Error> {
        table::Entity::find_by_id(boot.to_owned()).one(&self.tx).await?.map(read).transpose()
    }

    /// When any machine was last known to serve.
    pub async fn last_seen(&self) -> Result<Option<Timestamp>, Error> {
        let last = table::Entity::find().filter(table::Column::Held.is_null());
        let last = last.order_by_desc(table::Column::SeenAt).one(&self.tx).await?;
        last.map(|row| column::instant(row.seen_at)).transpose()
    }

    /// Machines whose clocks were found to be ahead or behind.
    pub async fn strange_clocks(&self) -> Result<Vec<MachineClock>, Error> {
        let strange = table::Entity::find().filter(strange()).order_by_asc(table::Column::Boot);
        strange.all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// What time it is for the database.
    pub async fn database_now(&self) -> Result<Timestamp, Error> {
        let backend = self.tx.get_database_backend();
        let query = Query::select().expr_as(column::database_now(backend), "now").take();
        let statement: Statement = backend.build(&query);
        let row = self.tx.query_one_raw(statement).await?.ok_or_else(|| Error::Damaged("no time".to_owned()))?;
        column::instant(row.try_get_by_index(0)?)
    }
}

impl Tx {
    /// Keeps what a machine's clock says.
    pub async fn set_machine_clock(&self, clock: &MachineClock) -> Result<(), Error> {
        let row = table::Model {
            boot: clock.boot.clone(),
            trusted: column::micros(clock.started),
            seen_at: column::micros(clock.seen_at),
            up: column::number(clock.up.as_micros())?,
            ahead: column::number(clock.ahead.as_micros())?,
            drift: column::number(clock.drift.as_micros())?,
            trusted_drift: column::number(clock.trusted_drift.as_micros())?,
            held: clock.held.clone(),
        };
        let again = OnConflict::column(table::Column::Boot)
            .update_columns([
                table::Column::Trusted,
                table::Column::SeenAt,
                table::Column::Up,
                table::Column::Ahead,
                table::Column::Drift,
                table::Column::TrustedDrift,
                table::Column::Held,
            ])
            .to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Somebody says that the clocks are right: what they say now is trusted, once each machine looks again.
    pub async fn trust_clocks(&self) -> Result<u64, Error> {
        let held = table::Entity::update_many()
            .col_expr(table::Column::Trusted, Expr::col(table::Column::Trusted).add(Expr::col(table::Column::Ahead)))
            .col_expr(table::Column::Ahead, Expr::value(0_i64))
            .col_expr(table::Column::TrustedDrift, Expr::col(table::Column::Drift))
            .col_expr(table::Column::Held, Expr::value(None::<String>))
            .filter(strange());
        self.leaves_work();
        Ok(held.exec(&self.tx).await?.rows_affected)
    }

    /// Forgets machines that were not seen since an instant.
    pub async fn sweep_machine_clocks(&self, before: Timestamp) -> Result<u64, Error> {
        let gone = table::Column::SeenAt.lt(column::micros(before));
        Ok(table::Entity::delete_many().filter(gone).exec(&self.tx).await?.rows_affected)
    }
}

fn strange() -> Condition {
    Condition::any().add(table::Column::Held.is_not_null()).add(table::Column::Ahead.ne(0))
}

fn read(row: table::Model) -> Result<MachineClock, Error> {
    Ok(MachineClock {
        boot: row.boot,
        started: column::instant(row.trusted)?,
        seen_at: column::instant(row.seen_at)?,
        up: SignedDuration::from_micros(row.up),
        ahead: SignedDuration::from_micros(row.ahead),
        drift: SignedDuration::from_micros(row.drift),
        trusted_drift: SignedDuration::from_micros(row.trusted_drift),
        held: row.held,
    })
}
