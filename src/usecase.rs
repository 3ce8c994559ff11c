//! What people come to do: each use case loads, asks the core, saves and commits in one transaction.
//!
//! A use case that acts for somebody takes a [`Call`]: who calls, with which request, at what instant. It knows nothing of HTTP
//! and returns domain values. Effects beyond
//! the database (mail) are written as job rows in the same transaction and run by the worker after the commit.

pub mod absence;
pub mod account;
pub mod admin;
pub mod announce;
mod call;
mod case;
mod conflict;
pub mod credit;
mod deed;
pub mod definition;
mod definition_cache;
pub mod demo;
mod disclosed;
pub mod document;
pub mod erasure;
mod error;
pub mod idempotency;
pub mod installation;
pub mod keeping;
pub mod letter;
pub mod own_account;
mod record;
pub mod retention;
pub mod submission;
pub mod trail;
pub mod unsent;
pub mod work;

use std::{collections::BTreeSet, sync::Arc};

use anyhow::anyhow;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

pub use call::{Call, Reference, Target};
pub use case::Case;
use deed::Deed;
pub use definition_cache::{DefinitionCache, Refused};
pub use disclosed::{Disclosed, Openness};
pub use error::{Error, Lack};

pub use crate::access::Caller;
use crate::{
    blob::Blobs,
    clock::{Clock, new_id},
    config::Config,
    domain::{Calendar, Effect, JobId, PersonId},
    model::{Job, Organisation},
    password::Hasher,
    scan::Scanner,
    store::{ReadTx, Store, Tx},
    workflow::Absent,
};

/// What every use case works with. Holds no truth: any replica can serve any request.
#[derive(Clone, Debug)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The files.
    pub blobs: Blobs,
    /// The time.
    pub clock: Clock,
    /// Parsed definitions by hash: a cache of what never changes.
    pub definitions: Arc<DefinitionCache>,
    /// Password hashing, bounded.
    pub passwords: Hasher,
    /// The virus scanner, where there is one.
    pub scanner: Option<Scanner>,
    /// Settings.
    pub config: Arc<Config>,
    /// The demo's doors, where this is one: people may enter without a password and time can be moved.
    pub demo: Option<Demo>,
}

impl Context {
    /// Whether letters are sent, so that who is to get a link gets it by mail and by mail only.
    #[must_use]
    pub fn sends_letters(&self) -> bool {
        self.config.smtp.is_some() || self.demo.is_some()
    }

    /// Whether the database answers at all, within a second.
    pub async fn feel_pulse(&self) -> Result<(), Error> {
        self.store.pulse().await.map_err(|error| Error::Unavailable(Lack::Answer, error.into()))
    }
}

/// What only the demo has.
#[derive(Clone, Copy, Debug)]
pub struct Demo;

/// The organisation and its calendar.
async fn organisation(view: &ReadTx) -> Result<(Organisation, Calendar), Error> {
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?;
    let calendar = calendar_of(&organisation)?;
    Ok((organisation, calendar))
}

/// What the organisation's kept calendar says. It was read before it was kept.
fn calendar_of(organisation: &Organisation) -> Result<Calendar, Error> {
    let zone = TimeZone::get(&organisation.time_zone).map_err(anyhow::Error::from)?;
    let unread = |faults| anyhow!("the calendar of {} no longer reads: {faults:?}", organisation.short);
    Ok(organisation.calendar.read(zone).map_err(unread)?)
}

/// Who of some people is away on a day.
async fn absent(view: &ReadTx, people: &BTreeSet<PersonId>, day: Date) -> Result<Absent, Error> {
    let until = view.away(people, day).await?;
    let waiting = if until.is_empty() { BTreeSet::new() } else { view.waiting_groups().await? };
    Ok(Absent { until, waiting })
}

/// Leaves an effect for the worker, in the transaction of its cause.
async fn enqueue(tx: &Tx, effect: &Effect, now: Timestamp) -> Result<(), Error> {
    let payload = serde_json::to_value(effect).map_err(anyhow::Error::from)?;
    tx.add_job(&Job::new(JobId(new_id()), effect.kind(), payload, now, None)).await?;
    Ok(())
}
