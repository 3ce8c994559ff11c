//! Signed-in browsers.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{Error, ReadTx, Tx, column, entity::session as table};
use crate::{
    domain::{PersonId, SessionId},
    model::Session,
};

impl ReadTx {
    /// The session of a secret that has not ended at `now`.
    pub async fn session(&self, secret_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, Error> {
        let found = table::Entity::find()
            .filter(table::Column::SecretHash.eq(secret_hash.to_vec()))
            .filter(table::Column::ExpiresAt.gt(column::micros(now)))
            .one(&self.tx)
            .await?;
        found.map(read).transpose()
    }

    /// A person's sessions that have not ended, the last used first.
    pub async fn sessions_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<Session>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::ExpiresAt.gt(column::micros(now)))
            .order_by_desc(table::Column::SeenAt)
            .order_by_desc(table::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Adds a session.
    pub async fn add_session(&self, session: &Session) -> Result<(), Error> {
        let row = table::Model {
            id: session.id.0,
            secret_hash: session.secret_hash.to_vec(),
            person: session.person.0,
            created_at: column::micros(session.created_at),
            seen_at: column::micros(session.seen_at),
            expires_at: column::micros(session.expires_at),
            agent: session.agent.clone(),
            address: session.address.clone(),
        };
        self.insert(row).await
    }

    /// Notes that a session was used and moves its end.
    pub async fn touch_session(&self, id: SessionId, seen_at: Timestamp, expires_at: Timestamp) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::SeenAt, Expr::value(column::micros(seen_at)))
            .col_expr(table::Column::ExpiresAt, Expr::value(column::micros(expires_at)))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }

    /// Ends a session of a person.
    pub async fn end_session(&self, person: PersonId, id: SessionId) -> Result<(), Error> {
        table::Entity::delete_many()
            .filter(table::Column::Id.eq(id.0))
            .filter(table::Column::Person.eq(person.0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Ends all sessions of a person but one; how many.
    pub async fn end_other_sessions_of(&self, person: PersonId, but: Option<SessionId>) -> Result<u64, Error> {
        let mut others = table::Entity::delete_many().filter(table::Column::Person.eq(person.0));
        if let Some(here) = but {
            others = others.filter(table::Column::Id.ne(here.0));
        }
        self.end_half_sessions_of(person).await?;
        Ok(others.exec(&self.tx).await?.rows_affected)
    }

    /// Ends all sessions of a person.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<u64, Error> {
        self.end_half_sessions_of(person).await?;
        Ok(table::Entity::delete_many().filter(table::Column::Person.eq(person.0)).exec(&self.tx).await?.rows_affected)
    }
}

fn read(row: table::Model) -> Result<Session, Error> {
    Ok(Session {
        id: SessionId(row.id),
        secret_hash: column::hash(row.secret_hash)?,
        person: PersonId(row.person),
        created_at: column::instant(row.created_at)?,
        seen_at: column::instant(row.seen_at)?,
        expires_at: column::instant(row.expires_at)?,
        agent: row.agent,
        address: row.address,
    })
}
