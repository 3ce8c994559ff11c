//! A transaction in which nothing more is done, and which cannot be committed, once a statement of it failed.
//!
//! # Why
//! SQLite rolls a transaction back by itself when the disk is full or fails: each later statement would be a change of
//! its own. PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, which sqlx 0.9 takes for a success. A
//! statement that was dropped half-way may have done either. So each statement is counted until it has succeeded, and
//! only a transaction without open ends goes on and is committed.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, prelude::async_trait,
};

use super::{Error, error};

/// A transaction of the database.
#[derive(Debug)]
pub(super) struct Transaction {
    inner: DatabaseTransaction,
    /// Statements that were begun and have not succeeded: under way, failed, or dropped half-way.
    unsettled: AtomicUsize,
    /// Whether rows were changed.
    changed: AtomicBool,
}

impl Transaction {
    pub(super) fn new(inner: DatabaseTransaction) -> Self {
        Self { inner, unsettled: AtomicUsize::new(0), changed: AtomicBool::new(false) }
    }

    /// The transaction itself, for the migrations, which end at their first failure.
    pub(super) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Makes everything last; whether rows were changed.
    pub(super) async fn commit(self) -> Result<bool, Error> {
        self.sound()?;
        let changed = self.changed.load(Ordering::Acquire);
        match self.inner.commit().await {
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
        let done = statement.await.inspect_err(error::note)?;
        self.unsettled.fetch_sub(1, Ordering::AcqRel);
        Ok(done)
    }
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
        self.settle(self.inner.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.settle(self.inner.query_all_raw(statement)).await
    }
}
