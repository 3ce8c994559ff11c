//! Keys that sign tokens.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{Error, ReadTx, Tx, column, entity::signing_key as table};
use crate::model::{KeyState, SigningKey};

impl ReadTx {
    /// All keys that are not retired, oldest first.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::State.ne(column::to_word(KeyState::Retired)))
            .order_by_asc(table::Column::CreatedAt)
            .order_by_asc(table::Column::Kid);
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Adds a key; [`Error::Duplicate`] where it would be a second active one.
    pub async fn add_signing_key(&self, key: &SigningKey) -> Result<(), Error> {
        let row = table::Model {
            kid: key.kid.clone(),
            pkcs8: key.pkcs8.clone(),
            state: column::to_word(key.state).to_owned(),
            created_at: column::micros(key.created_at),
            changed_at: column::micros(key.changed_at),
        };
        self.insert(row).await
    }

    /// Moves a key on; [`Error::Duplicate`] where it would be a second active one.
    pub async fn set_key_state(&self, kid: &str, state: KeyState, now: Timestamp) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::State, Expr::value(column::to_word(state)))
            .col_expr(table::Column::ChangedAt, Expr::value(column::micros(now)))
            .filter(table::Column::Kid.eq(kid));
        self.one_changed(changed).await
    }
}

fn read(row: table::Model) -> Result<SigningKey, Error> {
    Ok(SigningKey {
        kid: row.kid,
        pkcs8: row.pkcs8,
        state: column::from_word(&row.state)?,
        created_at: column::instant(row.created_at)?,
        changed_at: column::instant(row.changed_at)?,
    })
}
