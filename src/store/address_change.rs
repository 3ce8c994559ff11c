//! Other addresses that people asked for, and the links by which they are confirmed.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{address_change as table, address_link},
};
use crate::{
    domain::PersonId,
    model::{AddressChange, Side},
};

impl ReadTx {
    /// What was asked for.
    pub async fn address_change(&self, id: Uuid) -> Result<Option<AddressChange>, Error> {
        table::Entity::find_by_id(id).one(&self.tx).await?.as_ref().map(read).transpose()
    }

    /// What somebody asked for and still waits for.
    pub async fn address_change_of(&self, person: PersonId, now: Timestamp) -> Result<Option<AddressChange>, Error> {
        let open = table::Entity::find()
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::EndedAt.is_null())
            .filter(table::Column::ExpiresAt.gt(column::micros(now)))
            .order_by_desc(table::Column::Id);
        open.one(&self.tx).await?.as_ref().map(read).transpose()
    }

    /// What a link confirms, and for which address; also what has ended, as long as it is kept.
    pub async fn address_link(&self, token_hash: &[u8; 32]) -> Result<Option<(AddressChange, Side)>, Error> {
        let Some(link) = address_link::Entity::find_by_id(token_hash.to_vec()).one(&self.tx).await? else {
            return Ok(None);
        };
        let side = column::from_word(&link.side)?;
        Ok(self.address_change(link.request).await?.map(|change| (change, side)))
    }
}

impl Tx {
    /// Writes down what somebody asks for, in the place of what they asked for before.
    pub async fn add_address_change(&self, change: &AddressChange, now: Timestamp) -> Result<(), Error> {
        self.end_address_changes(change.person, now).await?;
        self.insert(table::Model {
            id: change.id,
            person: change.person.0,
            email: change.email.as_str().to_owned(),
            expires_at: column::micros(change.expires_at),
            old_confirmed_at: change.old_confirmed_at.map(column::micros),
            new_confirmed_at: change.new_confirmed_at.map(column::micros),
            ended_at: change.ended_at.map(column::micros),
        })
        .await
    }

    /// Adds a link of a letter.
    pub async fn add_address_link(&self, token_hash: &[u8; 32], request: Uuid, side: Side) -> Result<(), Error> {
        let side = column::to_word(side).to_owned();
        self.insert(address_link::Model { token_hash: token_hash.to_vec(), request, side }).await
    }

    /// An address has confirmed it.
    pub async fn confirm_address(&self, request: Uuid, side: Side, now: Timestamp) -> Result<(), Error> {
        let confirmed = match side {
            Side::Old => table::Column::OldConfirmedAt,
            Side::New => table::Column::NewConfirmedAt,
        };
        let changed = table::Entity::update_many()
            .col_expr(confirmed, Expr::value(column::micros(now)))
            .filter(table::Column::Id.eq(request));
        self.one_changed(changed).await
    }

    /// Nothing that somebody asked for waits any more.
    pub async fn end_address_changes(&self, person: PersonId, now: Timestamp) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::EndedAt, Expr::value(column::micros(now)))
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::EndedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Forgets what somebody asked for.
    pub(super) async fn forget_address_changes(&self, person: PersonId) -> Result<(), Error> {
        table::Entity::delete_many().filter(table::Column::Person.eq(person.0)).exec(&self.tx).await?;
        Ok(())
    }
}

fn read(row: &table::Model) -> Result<AddressChange, Error> {
    Ok(AddressChange {
        id: row.id,
        person: PersonId(row.person),
        email: column::parse(&row.email)?,
        expires_at: column::instant(row.expires_at)?,
        old_confirmed_at: row.old_confirmed_at.map(column::instant).transpose()?,
        new_confirmed_at: row.new_confirmed_at.map(column::instant).transpose()?,
        ended_at: row.ended_at.map(column::instant).transpose()?,
    })
}
