//! The accrediting organisation: a store has one.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::organisation as table};
use crate::{
    domain::{LookBack, OrganisationId},
    model::Organisation,
};

impl ReadTx {
    /// The organisation, once it is founded. A store has one.
    pub async fn organisation(&self) -> Result<Option<Organisation>, Error> {
        table::Entity::find().one(&self.tx).await?.map(read).transpose()
    }
}

impl Tx {
    /// Founds it; [`Error::Duplicate`] where there is one.
    pub async fn add_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        self.insert(write(organisation)?).await
    }

    /// Holds it to the end of this change: of two changes that go by what it was, the second waits here for the first. On
    /// SQLite changes wait for one another anyway.
    pub async fn hold_organisation(&self) -> Result<(), Error> {
        if self.tx.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        // There is one, and nothing else has this number.
        self.turns.wait(Uuid::nil()).await?;
        table::Entity::find().lock(LockType::NoKeyUpdate).one(&self.tx).await?;
        Ok(())
    }

    /// Changes its names, time zone, calendar, how long one may look back, and of whom a second factor is required.
    pub async fn save_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        let row = write(organisation)?;
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Name, Expr::value(row.name))
            .col_expr(table::Column::Short, Expr::value(row.short))
            .col_expr(table::Column::TimeZone, Expr::value(row.time_zone))
            .col_expr(table::Column::Calendar, Expr::value(row.calendar))
            .col_expr(table::Column::LookBackDays, Expr::value(row.look_back_days))
            .col_expr(table::Column::SecondFactor, Expr::value(row.second_factor))
            .filter(table::Column::Id.eq(row.id));
        self.one_changed(changed).await
    }
}

fn read(row: table::Model) -> Result<Organisation, Error> {
    Ok(Organisation {
        id: OrganisationId(row.id),
        name: row.name,
        short: row.short,
        time_zone: row.time_zone,
        calendar: column::from_json(&row.calendar)?,
        look_back: LookBack::of_days(row.look_back_days)
            .ok_or_else(|| Error::Damaged(format!("nobody may look back {} days", row.look_back_days)))?,
        second_factor: column::from_word(&row.second_factor)?,
        created_at: column::instant(row.created_at)?,
    })
}

fn write(organisation: &Organisation) -> Result<table::Model, Error> {
    Ok(table::Model {
        id: organisation.id.0,
        name: organisation.name.clone(),
        short: organisation.short.clone(),
        time_zone: organisation.time_zone.clone(),
        created_at: column::micros(organisation.created_at),
        calendar: column::to_json(&organisation.calendar)?,
        look_back_days: organisation.look_back.days().into(),
        second_factor: column::to_word(organisation.second_factor).to_owned(),
    })
}
