//! A transaction in which nothing more is done, and which cannot be committed, once a statement of it failed.
//!
//! # Why
//! SQLite rolls a transaction back by itself when the disk is full or fails: each later statement would be a change of
//! its own. PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, which sqlx 0.9 takes for a success. A
//! statement that was dropped half-way may have done either. So each statement is counted until it has succeeded, and
//! only a transaction without open ends goes on and is committed.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    prelude::async_trait,
};
use tokio::time::timeout;

use super::{Error, error, held::Held};

/// How long a server may stay silent: longer than it takes over a statement before it gives up itself.
const SILENT: Duration = Duration::from_secs(70);

/// A transaction of the database.
#[derive(Debug)]
pub(super) struct Transaction {
    inner: DatabaseTransaction,
    held: Held,
    /// Statements that were begun and have not succeeded: under way, failed, or dropped half-way.
    unsettled: AtomicUsize,
    /// Whether rows were changed.
    changed: AtomicBool,
}

impl Transaction {
    pub(super) fn new(inner: DatabaseTransaction, held: Held) -> Self {
        Self { inner, held, unsettled: AtomicUsize::new(0), changed: AtomicBool::new(false) }
    }

    /// The transaction itself, for the migrations, which end at their first failure.
    pub(super) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Makes everything last; whether rows were changed.
    pub(super) async fn commit(self) -> Result<bool, Error> {
        self.sound()?;
        let changed = self.changed.load(Ordering::Acquire);
        let backend = self.inner.get_database_backend();
        match answered(backend, self.inner.commit()).await {
            Ok(()) => Ok(changed),
            Err(cause) => {
                tracing::error!(cause = error::chain(&cause), "A change could not be committed and is undone");
                Err(cause.into())
            }
        }
    }

    fn sound(&self) -> Result<(), DbErr> {
        match self.unsettled.load(Ordering::Acquire) {
            0 => Ok(()),
            _ => Err(DbErr::Custom("an earlier statement of this transaction failed, so it is over".to_owned())),
        }
    }

    /// Runs a statement; unless it succeeds, the transaction is over.
    async fn settle<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        self.sound()?;
        self.unsettled.fetch_add(1, Ordering::AcqRel);
        let done = answered(self.get_database_backend(), statement).await.inspect_err(|error| {
            error::note(error);
            self.held.note(error);
        })?;
        self.unsettled.fetch_sub(1, Ordering::AcqRel);
        Ok(done)
    }
}

/// Waits for the database; for a server, which may have gone without a word, not for ever.
async fn answered<T>(from: DbBackend, answer: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    match from {
        DbBackend::Sqlite => answer.await,
        _ => timeout(SILENT, answer).await.unwrap_or_else(|_| Err(silent())),
    }
}

/// The database did not say anything.
pub(super) fn silent() -> DbErr {
    let late = io::Error::new(io::ErrorKind::TimedOut, "the database does not answer");
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(late.into())))
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let done = self.settle(self.inner.execute_raw(statement)).await?;
        if done.rows_affected() > 0 {
            self.changed.store(true, Ordering::Release);
        }
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.settle(self.inner.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        error::looks_for_text(&statement)?;
        self.settle(self.inner.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        error::looks_for_text(&statement)?;
        self.settle(self.inner.query_all_raw(statement)).await
    }
}
