//! What is kept, in SQLite or PostgreSQL: domain values in, domain values out.
//!
//! Reads are methods of [`View`], writes methods of [`Tx`], one file a noun. A [`Tx`] that is dropped changes
//! nothing; only [`Tx::commit`] does. Every finder takes the organisation, so that nothing crosses its border.

mod activity;
mod definition;
mod document;
mod error;
mod group;
mod idempotency;
pub mod integrity;
mod job;
mod ledger;
mod link;
mod log;
mod mail;
mod organisation;
mod page;
mod person;
mod queue;
mod revision;
mod session;
mod setting;
mod signing_key;
mod submission;
mod throttle;

use std::{fmt, ops::Deref, str::FromStr};

use sea_orm::DatabaseTransaction;

pub use activity::Activity;
pub use definition::StoredDefinition;
pub use document::{Document, DocumentStanding};
pub use error::Error;
pub use group::Group;
pub use idempotency::KeptAnswer;
pub use job::{Job, Next, Queued};
pub use ledger::Entry;
pub use link::{Link, LinkPurpose};
pub use log::LogLine;
pub use mail::Mail;
pub use organisation::Organisation;
pub use page::{Count, Page};
pub use person::Person;
pub use queue::{Attention, HolderName, Life, QueueFilter, QueueRow, QueueSort, TurnRow};
pub use revision::Revision;
pub use session::Session;
pub use signing_key::{KeyState, SigningKey};
pub use submission::Submission;
pub use throttle::Throttle;

/// Where the data is: `sqlite:///path/file.db` or `postgres://…`. Its debug form hides a password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl(String);

/// Not the address of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database must be sqlite:///path/to/file.db or postgres://user:password@host/name")]
pub struct StoreUrlError;

impl FromStr for StoreUrl {
    type Err = StoreUrlError;

    fn from_str(text: &str) -> Result<Self, StoreUrlError> {
        todo!()
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.starts_with("sqlite:") { &self.0 } else { "postgres://…" })
    }
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {}

impl Store {
    /// Opens the store for a server; refuses a database file that another server has open.
    pub async fn connect(url: &StoreUrl) -> Result<Self, Error> {
        todo!()
    }
    /// Opens the store for looking only, beside a server that may be running; [`Store::begin`] refuses.
    pub async fn inspect(url: &StoreUrl) -> Result<Self, Error> {
        todo!()
    }
    /// Brings the schema up to date; safe from many servers at once.
    pub async fn migrate(&self) -> Result<(), Error> {
        todo!()
    }
    /// Whether the schema is up to date.
    pub async fn is_current(&self) -> Result<bool, Error> {
        todo!()
    }
    /// Begins a change.
    pub async fn begin(&self) -> Result<Tx, Error> {
        todo!()
    }
    /// Begins a consistent look.
    pub async fn view(&self) -> Result<View, Error> {
        todo!()
    }
    /// Closes all connections.
    pub async fn close(&self) -> Result<(), Error> {
        todo!()
    }
}

/// A consistent look at the data; ends when dropped.
#[derive(Debug)]
pub struct View {
    tx: DatabaseTransaction,
}

/// A change to the data; undone when dropped without [`Tx::commit`].
#[derive(Debug)]
pub struct Tx(View);

impl Deref for Tx {
    type Target = View;

    fn deref(&self) -> &View {
        &self.0
    }
}

impl Tx {
    /// Makes the change last: when this returns it is on disk.
    pub async fn commit(self) -> Result<(), Error> {
        todo!()
    }
}
