//! What is kept, in SQLite or PostgreSQL: domain values in, domain values out.
//!
//! Reads are methods of [`ReadTx`], writes methods of [`Tx`], one file a noun. A [`Tx`] that is dropped changes
//! nothing; only [`Tx::commit`] does.

mod absence;
mod activity;
mod address_change;
mod alone;
mod bounded;
mod bytes;
mod canary;
mod channel;
mod claim;
mod column;
mod conflict;
mod connect;
pub mod copy;
mod decline;
mod definition;
mod difference;
mod disclosure;
mod document;
mod draft_definition;
mod entity;
mod erasure;
mod error;
mod folding;
mod former_address;
mod group;
mod held;
mod hold;
mod holder;
mod idempotency;
pub mod integrity;
mod job;
mod ledger;
mod link;
mod log;
mod machine_clock;
mod mail;
mod migration_plan;
mod now;
mod numbers;
mod organisation;
mod page;
mod party;
mod person;
mod pinned;
mod proof;
mod pulse;
mod queue;
mod retention;
mod revision;
mod seal;
mod second_factor;
mod sent_name;
mod session;
mod setting;
mod signing_key;
mod sound;
mod submission;
mod throttle;
mod timer_failure;
mod transaction;
mod turnstile;
mod typed;
mod unsent;
mod unwanted_letter;
mod url;
mod word;
mod your_turn;

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use imprimatur_migrations as migrations;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel, IsolationLevel, ModelTrait,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, UpdateMany,
};
use tokio::{sync::Notify, time::timeout};

pub use alone::Alone;
pub use connect::PLANNING;
pub use error::Error;
pub use migrations::Schema;
pub use numbers::Pool;
pub use sound::Soundness;
pub use url::{StoreUrl, StoreUrlError};

use canary::Canary;
use connect::{Connections, Purpose};
use held::Held;
use transaction::Transaction;
use turnstile::{Turns, Turnstile};
use url::Place;

/// How long a transaction may take to begin: longer than all that it waits for by itself.
const BEGUN: Duration = Duration::from_secs(15);

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    connections: Connections,
    canary: Canary,
    turnstile: Turnstile,
    bell: Arc<Notify>,
}

/// A consistent look at the data; ends when dropped.
#[derive(Debug)]
pub struct ReadTx {
    tx: Transaction,
}

/// A change to the data; undone when dropped without [`Tx::commit`].
#[derive(Debug)]
pub struct Tx {
    view: ReadTx,
    canary: Canary,
    turns: Turns,
    bell: Arc<Notify>,
    leaves_work: AtomicBool,
}

impl Store {
    /// Opens the store for a server; refuses a database file that another server has open.
    pub async fn connect(url: &StoreUrl) -> Result<Self, Error> {
        Self::open(url, Purpose::Serve).await
    }

    /// Opens the store for looking only, beside a server that may be running; [`Store::begin`] refuses.
    pub async fn inspect(url: &StoreUrl) -> Result<Self, Error> {
        Self::open(url, Purpose::Inspect).await
    }

    /// Opens the store for a small change beside a server that may be running, which waits for it.
    pub async fn mend(url: &StoreUrl) -> Result<Self, Error> {
        Self::open(url, Purpose::Mend).await
    }

    /// Opens the store to bring it up to date, by whoever has it alone.
    pub async fn raise(url: &StoreUrl) -> Result<Self, Error> {
        Self::open(url, Purpose::Move).await
    }

    async fn open(url: &StoreUrl, purpose: Purpose) -> Result<Self, Error> {
        let connections = match &url.place {
            Place::Sqlite(path) => connect::sqlite(path, purpose).await?,
            Place::Postgres(address) => connect::postgres(address, url.connections, purpose).await?,
        };
        if matches!(purpose, Purpose::Serve | Purpose::Mend) {
            seal::refuse(&connections.reader).await?;
        }
        Ok(Self { connections, canary: Canary::default(), turnstile: Turnstile::default(), bell: Arc::default() })
    }

    /// Brings the schema up to date in one transaction; safe from many servers at once. Says how it stands afterwards:
    /// what a newer program prepared stays as it is.
    pub async fn migrate(&self) -> Result<Schema, Error> {
        let (change, schema) = self.migrated().await?;
        change.commit().await?;
        Ok(schema)
    }

    /// The same for a database that was filled, which may be served from then on: both or neither.
    pub async fn complete(&self) -> Result<(), Error> {
        let (change, _) = self.migrated().await?;
        change.clear_setting(seal::NAME).await?;
        change.commit().await
    }

    async fn migrated(&self) -> Result<(Tx, Schema), Error> {
        let change = self.begin().await?;
        if change.tx.get_database_backend() == DbBackend::Postgres {
            // A step may take as long as it needs, and so may the wait for another server's.
            let inner = change.tx.inner();
            inner.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
            // The migrations take no lock of their own. The number means nothing but this.
            inner.execute_unprepared("SELECT pg_advisory_xact_lock(7366737065)").await?;
        }
        let schema = migrations::migrate(change.tx.inner()).await?;
        if schema == Schema::Current {
            change.fold_anew().await?;
        }
        Ok((change, schema))
    }

    /// How the schema stands to what this program knows.
    pub async fn schema(&self) -> Result<Schema, Error> {
        let schema = migrations::schema(&self.connections.reader).await?;
        // Rows that no search finds yet are a step that is missing too.
        let finished = schema != Schema::Current || self.view().await?.is_folded().await?;
        Ok(if finished { schema } else { Schema::Behind })
    }

    /// Begins a change. On SQLite changes wait for one another here.
    pub async fn begin(&self) -> Result<Tx, Error> {
        let writer = self.connections.writer.clone();
        let writer = writer.ok_or_else(|| Error::Unusable("the store was opened for looking only".to_owned()))?;
        // A deferred transaction that reads first could not write once somebody else has written.
        let mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        let view = ReadTx { tx: start(writer, options, &self.connections.held).await? };
        let turns = Turns::at(self.turnstile.clone(), self.connections.held.clone());
        let (canary, bell) = (self.canary.clone(), self.bell.clone());
        Ok(Tx { view, canary, turns, bell, leaves_work: AtomicBool::new(false) })
    }

    /// Begins a consistent look.
    pub async fn view(&self) -> Result<ReadTx, Error> {
        let reader = self.connections.reader.clone();
        let isolation_level =
            (reader.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let options = TransactionOptions { isolation_level, ..TransactionOptions::default() };
        Ok(ReadTx { tx: start(reader, options, &self.connections.held).await? })
    }

    /// Empties what SQLite keeps of earlier states beside the database, as far as nobody reads it.
    pub async fn flush(&self) -> Result<(), Error> {
        if let Some(writer) = &self.connections.writer
            && writer.get_database_backend() == DbBackend::Sqlite
        {
            writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Whether the database answers at all, within a second. A file always does.
    pub async fn pulse(&self) -> Result<(), Error> {
        match &self.connections.pulse {
            Some(pulse) => pulse.feel().await,
            None => Ok(()),
        }
    }

    /// Waits until this process commits work for the worker. Only a hint: other processes are not heard.
    pub async fn work_left(&self) {
        self.bell.notified().await;
    }

    /// Closes all connections.
    pub async fn close(&self) -> Result<(), Error> {
        self.connections.reader.close_by_ref().await?;
        Ok(self.connections.last.close_by_ref().await?)
    }
}

/// Begins in a task of its own, which a caller that goes away cannot stop half-way: a BEGIN left in flight would
/// leave the connection inside a transaction for its next user. The pools hand out no connection that is inside one
/// ([`connect`]), so that this is never a savepoint of a transaction that nobody ends.
async fn start(connection: DatabaseConnection, options: TransactionOptions, held: &Held) -> Result<Transaction, Error> {
    let noted = held.clone();
    let begun = tokio::spawn(async move {
        let begun = timeout(BEGUN, connection.begin_with_options(options)).await;
        begun.unwrap_or_else(|_| Err(transaction::silent())).inspect_err(|error| {
            error::note(error);
            noted.note(error);
        })
    });
    let begun = held.unless_held(begun).await?.map_err(|error| Error::Damaged(error.to_string()))?;
    Ok(Transaction::new(begun?, held.clone()))
}

impl Deref for Tx {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        &self.view
    }
}

impl Tx {
    /// Makes the change last: when this returns it is on disk. Refuses where a statement of it failed.
    pub async fn commit(self) -> Result<(), Error> {
        if self.view.tx.commit().await? {
            self.canary.sing();
        }
        if self.leaves_work.into_inner() {
            self.bell.notify_one();
        }
        Ok(())
    }

    /// The worker is to look when this is committed.
    fn leaves_work(&self) {
        self.leaves_work.store(true, Ordering::Release);
    }

    /// Adds one row.
    async fn insert<M>(&self, row: M) -> Result<(), Error>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        <M::Entity as EntityTrait>::ActiveModel: Send,
    {
        M::Entity::insert(row.into_active_model()).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Changes one row; [`Error::Stale`] where none fits any more.
    async fn one_changed<E: EntityTrait>(&self, change: UpdateMany<E>) -> Result<(), Error> {
        match change.exec(&self.tx).await?.rows_affected {
            0 => Err(Error::Stale),
            _ => Ok(()),
        }
    }
}
