//! What can go wrong with the store.

use sea_orm::{DbErr, RuntimeErr, SqlErr, Statement, Value};

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
    /// The database cannot be reached, or has no connection to spare; what it says about it.
    #[error("the database cannot be reached now: {0}")]
    Unavailable(String),
    /// Somebody else holds what is to be changed, and does not let go: another process the file of SQLite, another
    /// session a row of PostgreSQL.
    #[error("somebody else holds what is to be changed: {0}")]
    Held(String),
    /// The disk of the database is full.
    #[error("the disk of the database is full: {0}")]
    Full(String),
    /// The database can be read and not written: its disk, or a server that only follows another.
    #[error("the database cannot be written: {0}")]
    ReadOnly(String),
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
            DbErr::ConnectionAcquire(_) => Self::Unavailable(error.to_string()),
            DbErr::RecordNotUpdated => Self::Stale,
            _ => cause(&error).unwrap_or(Self::Database(error)),
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
            | sqlx::Error::WorkerCrashed => Some(Self::Unavailable(cause.to_string())),
            sqlx::Error::Database(said) => Self::coded(&said.code()?, said.message()),
            _ => None,
        }
    }

    /// What a code of the database means. Those of SQLite are numbers, those of PostgreSQL have five characters.
    fn coded(code: &str, said: &str) -> Option<Self> {
        let said = format!("{said} ({code})");
        let number = code.parse::<u32>().ok().filter(|_| code.len() < 5);
        number.map_or_else(|| Self::postgres(code, said.clone()), |number| Self::sqlite(number, said.clone()))
    }

    /// <https://sqlite.org/rescode.html>: the low byte is the kind, the rest says more.
    fn sqlite(code: u32, said: String) -> Option<Self> {
        /// The index of the write-ahead log cannot grow.
        const IOERR_SHMSIZE: u32 = 4874;
        match (code, code & 0xff) {
            (IOERR_SHMSIZE, _) | (_, 13) => Some(Self::Full(said)),
            (_, 8) => Some(Self::ReadOnly(said)),
            // Corrupt, not a database.
            (_, 11 | 26) => Some(Self::Damaged(said)),
            // Busy, locked.
            (_, 5 | 6) => Some(Self::Held(said)),
            // Out of memory, interrupted, input or output failed, cannot open, protocol.
            (_, 7 | 9 | 10 | 14 | 15) => Some(Self::Unavailable(said)),
            _ => None,
        }
    }

    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn postgres(code: &str, said: String) -> Option<Self> {
        match code {
            // Serialization failure, deadlock.
            "40001" | "40P01" => Some(Self::Stale),
            // Character not in repertoire; what comes in is UTF-8, so only the null character is left.
            "22021" => Some(Self::NullCharacter),
            "53100" => Some(Self::Full(said)),
            // Within a transaction that may only read: on a server that follows another.
            "25006" => Some(Self::ReadOnly(said)),
            // Damaged data, damaged index.
            "XX001" | "XX002" => Some(Self::Damaged(said)),
            // Lock not available.
            "55P03" => Some(Self::Held(said)),
            // Transaction or session timed out, input or output failed.
            "25P03" | "25P04" | "58030" => Some(Self::Unavailable(said)),
            // Connection, credentials, resources, an operator's hand (shut down, starting, statement timed out).
            _ if ["08", "28", "53", "57"].iter().any(|class| code.starts_with(class)) => Some(Self::Unavailable(said)),
            _ => None,
        }
    }
}

/// What [`looks_for_text`] says.
const NULL_CHARACTER: &str = "a text that is looked for has a null character";

/// Refuses to look for a text with a null character. PostgreSQL does so itself, and SQLite would find nothing: what is asked
/// must not be answered by the one in another way than by the other.
pub(super) fn looks_for_text(statement: &Statement) -> Result<(), DbErr> {
    let values = statement.values.iter().flat_map(|values| &values.0);
    let null = |value: &Value| matches!(value, Value::String(Some(text)) if text.contains('\0'));
    if statement.sql.starts_with("SELECT") && values.into_iter().any(null) {
        return Err(DbErr::Custom(NULL_CHARACTER.to_owned()));
    }
    Ok(())
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
    if !ordinary && !matches!(cause(error), Some(Error::Stale | Error::NullCharacter)) {
        tracing::error!(cause = chain(error), "The database failed; the transaction is undone");
    }
}

/// What a failure means, where it means something to the caller.
pub(super) fn cause(error: &DbErr) -> Option<Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Error::because(cause),
        DbErr::Custom(said) if said == NULL_CHARACTER => Some(Error::NullCharacter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(code: &str) -> &'static str {
        match Error::coded(code, "said") {
            Some(Error::Stale) => "stale",
            Some(Error::Unavailable(_)) => "away",
            Some(Error::Held(_)) => "held",
            Some(Error::Full(_)) => "full",
            Some(Error::ReadOnly(_)) => "read-only",
            Some(Error::Damaged(_)) => "damaged",
            Some(_) => "other",
            None => "unknown",
        }
    }

    #[test]
    fn what_the_databases_say_is_understood_also_in_their_extended_codes() {
        for (codes, expected) in [
            (&["13", "4874", "53100"][..], "full"),
            (&["8", "264", "520", "776", "1032", "1288", "1544", "25006"], "read-only"),
            (&["11", "267", "523", "779", "26", "XX001", "XX002"], "damaged"),
            (&["5", "261", "517", "773", "6", "262", "55P03"], "held"),
            (&["10", "266", "778", "1034", "3850", "8458", "14", "526"], "away"),
            (&["57P01", "57P02", "57P03", "57014", "53300", "53200", "08006", "08P01", "28P01"], "away"),
            (&["40001", "40P01"], "stale"),
            (&["1", "21", "23505", "42P01"], "unknown"),
        ] {
            for code in codes {
                assert_eq!(kind(code), expected, "{code}");
            }
        }
    }
}
