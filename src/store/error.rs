//! What can go wrong with the store.

use sea_orm::{DbErr, SqlErr};

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed it first.
    #[error("it was changed meanwhile")]
    Stale,
    /// What must be unique is there already; names the constraint or column.
    #[error("it is there already: {0}")]
    Duplicate(String),
    /// A cursor that this list did not give out.
    #[error("the cursor is not one of this list")]
    BadCursor,
    /// The database cannot be reached, or has no connection to spare.
    #[error("the database cannot be reached now")]
    Unavailable,
    /// Stored data does not read as what it should be.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// Another server runs on the same database file, or the file cannot be used as it must.
    #[error("{0}")]
    Unusable(String),
    /// Anything else the database says.
    #[error("the database failed")]
    Database(#[source] DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Self::Duplicate(what),
            _ => {}
        }
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable,
            DbErr::RecordNotUpdated => Self::Stale,
            other => Self::Database(other),
        }
    }
}
