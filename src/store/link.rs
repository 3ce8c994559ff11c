//! One-time links: set-up, invitation, forgotten password.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Error, ReadTx, Tx, column, entity::link as table};
use crate::{
    domain::{LinkId, PersonId},
    model::{Link, LinkPurpose},
};

impl ReadTx {
    /// A link, used or ended too, as long as it is kept.
    pub async fn link(&self, token_hash: &[u8; 32]) -> Result<Option<Link>, Error> {
        let found =
            table::Entity::find().filter(table::Column::TokenHash.eq(token_hash.to_vec())).one(&self.tx).await?;
        found.map(read).transpose()
    }
}

impl Tx {
    /// Adds a link.
    pub async fn add_link(&self, link: &Link) -> Result<(), Error> {
        let row = table::Model {
            id: link.id.0,
            token_hash: link.token_hash.to_vec(),
            person: link.person.0,
            purpose: column::to_word(link.purpose).to_owned(),
            expires_at: column::micros(link.expires_at),
            used_at: link.used_at.map(column::micros),
        };
        self.insert(row).await
    }

    /// Uses a link up; nothing where it is unknown, was used or has ended. Of many at once, one gets it.
    pub async fn use_link(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Link>, Error> {
        let used = table::Entity::update_many()
            .col_expr(table::Column::UsedAt, Expr::value(column::micros(now)))
            .filter(open(token_hash, now))
            .exec_with_returning(&self.tx)
            .await?;
        used.into_iter().next().map(read).transpose()
    }

    /// Uses up every open link of a person for one purpose.
    pub async fn void_links(&self, person: PersonId, purpose: LinkPurpose, now: Timestamp) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::UsedAt, Expr::value(column::micros(now)))
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::Purpose.eq(column::to_word(purpose)))
            .filter(table::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

fn open(token_hash: &[u8; 32], now: Timestamp) -> Condition {
    Condition::all()
        .add(table::Column::TokenHash.eq(token_hash.to_vec()))
        .add(table::Column::UsedAt.is_null())
        .add(table::Column::ExpiresAt.gt(column::micros(now)))
}

fn read(row: table::Model) -> Result<Link, Error> {
    Ok(Link {
        id: LinkId(row.id),
        token_hash: column::hash(row.token_hash)?,
        person: PersonId(row.person),
        purpose: column::from_word(&row.purpose)?,
        expires_at: column::instant(row.expires_at)?,
        used_at: row.used_at.map(column::instant).transpose()?,
    })
}
