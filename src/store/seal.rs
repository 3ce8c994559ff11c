//! A database that must not be served, and why: a setting of its own that whoever opens it for more than looking asks.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, TryGetable};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Error, Store, column};

/// The setting.
pub(super) const NAME: &str = "sealed";

/// While somebody holds this, nobody begins to serve. The number means nothing but this.
pub(super) const LOCK: i64 = 7_366_737_066;

/// Why it must not be served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Seal {
    /// It is being filled, or that broke off: whatever is in it does not count, and it can be filled again.
    Filling,
    /// What it holds is elsewhere now.
    Moved {
        /// Where, without a password.
        to: String,
        /// When.
        at: String,
    },
}

impl Seal {
    /// What to do about it.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Filling => {
                "this database is being filled by `imprimatur move` or `imprimatur restore`, or that broke \
                              off: let it end, or run it again"
                    .to_owned()
            }
            Self::Moved { to, at } => format!(
                "this installation was moved to {to} on {at}: set `database` to that. To go back, move from there to an \
                 empty place. What was done since is not in here; to serve this one all the same, run `imprimatur move \
                 --undo` with it first"
            ),
        }
    }
}

impl Store {
    /// Refuses one that was moved elsewhere or is being filled, for whoever reads it without serving it.
    pub async fn refuse_sealed(&self) -> Result<(), Error> {
        read(&self.connections.reader).await?.map_or(Ok(()), |seal| Err(Error::Unusable(seal.words())))
    }
}

/// Refuses a database that is sealed, or that somebody is filling or moving at this moment.
pub(super) async fn refuse(connection: &DatabaseConnection) -> Result<(), Error> {
    let tx = connection.begin().await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        // Until the seal is read: whoever seals it holds the same lock alone.
        let free: Option<bool> = only(&tx, format!("SELECT pg_try_advisory_xact_lock_shared({LOCK})")).await?;
        if free != Some(true) {
            return Err(Error::Unusable(
                "this database is being moved or restored at this moment; start again when that is done".to_owned(),
            ));
        }
    }
    match read(&tx).await? {
        Some(seal) => Err(Error::Unusable(seal.words())),
        None => Ok(()),
    }
}

/// The seal of a database, where it has one.
pub(super) async fn read(connection: &impl ConnectionTrait) -> Result<Option<Seal>, Error> {
    let there = match connection.get_database_backend() {
        DbBackend::Postgres => "SELECT to_regclass('setting') IS NOT NULL",
        _ => "SELECT COUNT(*) > 0 FROM sqlite_schema WHERE name = 'setting'",
    };
    if only(connection, there.to_owned()).await? != Some(true) {
        return Ok(None);
    }
    let value: Option<String> = only(connection, format!("SELECT value FROM setting WHERE name = '{NAME}'")).await?;
    value.map(|value| column::from_json(&value)).transpose()
}

/// The only value of a statement, where it gives any.
async fn only<T: TryGetable>(connection: &impl ConnectionTrait, statement: String) -> Result<Option<T>, Error> {
    let statement = Statement::from_string(connection.get_database_backend(), statement);
    let row = connection.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// The seal of a database of a server, where it has one.
pub(super) async fn of_server(connection: &mut PgConnection) -> Result<Option<Seal>, Error> {
    let there = sqlx::query_scalar("SELECT to_regclass('setting') IS NOT NULL").fetch_one(&mut *connection);
    if !there.await? {
        return Ok(None);
    }
    let value = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(NAME);
    let value: Option<String> = value.fetch_optional(connection).await?;
    value.map(|value| column::from_json(&value)).transpose()
}

/// Seals a database of a server.
pub(super) async fn put(connection: &mut PgConnection, seal: &Seal) -> Result<(), Error> {
    let put =
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query(put).bind(NAME).bind(column::to_json(seal)?).execute(connection).await?;
    Ok(())
}

/// Takes the seal from a database of a server.
pub(super) async fn lift(connection: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("DELETE FROM setting WHERE name = $1").bind(NAME).execute(connection).await?;
    Ok(())
}
