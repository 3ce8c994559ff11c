//! What can go wrong with the store.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// What can go wrong with the store. After any of these a [`Tx`](super::Tx) is good for dropping only.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed it first.
    #[error("it was changed meanwhile")]
    Stale,
    /// What must be unique is there already; what the database says about it.
    #[error("it is there already: {0}")]
    Duplicate(String),
    /// A cursor that this list did not give out.
    #[error("the cursor is not one of this list")]
    BadCursor,
    /// A text has a null character, which PostgreSQL takes nowhere.
    #[error("a text has a null character")]
    NullCharacter,
    /// The database cannot be reached, or has no connection to spare.
    #[error("the database cannot be reached now")]
    Unavailable,
    /// Another server has the database file open.
    #[error("another server uses {0}: stop it first, or use PostgreSQL for several servers")]
    InUse(String),
    /// The database did not answer in time.
    #[error("the database did not answer within {0:?}")]
    Slow(std::time::Duration),
    /// Stored data does not read as what it should be.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The database cannot be used as it must, and what to do about it.
    #[error("{0}")]
    Unusable(String),
    /// Anything else the database says.
    #[error("the database failed")]
    Database(#[source] DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Duplicate(what);
        }
        match &error {
            DbErr::ConnectionAcquire(_) => Self::Unavailable,
            DbErr::RecordNotUpdated => Self::Stale,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => Self::because(cause).unwrap_or(Self::Database(error)),
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Configuration(why) => Self::Unusable(why.to_string()),
            other => Self::because(&other)
                .unwrap_or_else(|| Self::Database(DbErr::Conn(RuntimeErr::SqlxError(other.into())))),
        }
    }
}

impl Error {
    /// What a failure of the driver means, where it means something to the caller.
    fn because(cause: &sqlx::Error) -> Option<Self> {
        match cause {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Some(Self::Unavailable),
            sqlx::Error::Database(said) => match said.code()?.as_ref() {
                // PostgreSQL: serialization failure, deadlock.
                "40001" | "40P01" => Some(Self::Stale),
                // PostgreSQL: lock not available, shutting down, starting, too many connections.
                // SQLite: busy and its extended forms.
                "55P03" | "57P01" | "57P02" | "57P03" | "53300" | "5" | "261" | "517" => Some(Self::Unavailable),
                // PostgreSQL: character not in repertoire; what comes in is UTF-8, so only the null character is left.
                "22021" => Some(Self::NullCharacter),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Everything that an error says, cause by cause: the middle ones are often what helps.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !said.ends_with(&text) {
            said = format!("{said}: {text}");
        }
        cause = inner.source();
    }
    said
}

/// Writes into the log what the database could not do, where it is not what a caller may bring about.
pub(super) fn note(error: &DbErr) {
    let ordinary = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
    let cause = match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Error::because(cause),
        _ => None,
    };
    if !ordinary && !matches!(cause, Some(Error::Stale | Error::NullCharacter)) {
        tracing::error!(cause = chain(error), "The database failed; the transaction is undone");
    }
}
