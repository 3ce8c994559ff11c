//! Sweeping up: bytes of documents that were removed, and of uploads that did not end.
//!
//! Nothing is deleted because it lies in the store: only what a row of this database names. A document goes a day after
//! it was removed, an upload's leftover a day after it began, and only where this database handed out its place.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    blob::{Area, Key},
    model::{DocumentStanding, Hold},
    usecase::{Context, Error, installation},
};

/// How long bytes stay once nothing needs them: long enough for a backup, and for an upload that is slow.
const GRACE: SignedDuration = SignedDuration::from_hours(24);
/// How many are deleted at a time.
const PAGE: u16 = 500;
/// Where the last sweep is kept.
const LAST: &str = "sweep";

/// More than this many documents at once are never deleted without somebody's word.
const MOST: u64 = 1_000;
/// Nor more than this many that are more than a tenth of all.
const MANY: u64 = 50;

/// What a sweep goes by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Turn {
    /// How long this process has run since its last sweep, by a clock that nobody can set.
    pub ran: Duration,
    /// How many documents may be deleted, where somebody has said so.
    pub allowed: Option<u64>,
}

/// What a sweep did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// When, by the database's clock.
    pub at: Timestamp,
    /// The instant it took for now: behind the clock where that jumped ahead or no server ran for a while.
    pub now: Timestamp,
    /// How many removed documents were deleted.
    pub documents: u64,
    /// How many uploads that did not end were cleared away.
    pub uploads: u64,
    /// Why documents were left that could be deleted.
    pub left: Option<Left>,
}

/// Why a sweep deleted no documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    /// Somebody copies them.
    Held {
        /// Who.
        by: String,
        /// Until when.
        until: Timestamp,
    },
    /// Unusually many were to go.
    TooMany {
        /// How many.
        due: u64,
        /// Of how many.
        all: u64,
    },
}

impl std::fmt::Display for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Held { by, until } => write!(f, "held by {by} until {until}"),
            Self::TooMany { due, all } => write!(
                f,
                "{due} of {all} documents were removed and are to be deleted, which is unusually many; if that is right, \
                 run `imprimatur documents sweep --allow {due}`"
            ),
        }
    }
}

/// The last sweep, of whichever replica.
pub async fn last_sweep(context: &Context) -> Result<Option<Swept>, Error> {
    Ok(context.store.view().await?.setting(LAST).await?)
}

/// Deletes what is due. Running it twice, or on several replicas at once, does no harm.
pub async fn sweep(context: &Context, turn: Turn) -> Result<Swept, Error> {
    installation::tied(context).await?;
    let tx = context.store.begin().await?;
    tx.date_removals().await?;
    let (at, last) = (tx.now().await?, tx.setting::<Swept>(LAST).await?);
    tx.commit().await?;
    let now = trusted(at, last.map(|last| last.now), turn.ran);
    let mut swept = Swept { at, now, documents: 0, uploads: 0, left: None };
    let outcome = delete(context, turn, &mut swept).await;
    report(&swept);
    let tx = context.store.begin().await?;
    tx.set_setting(LAST, &swept).await?;
    tx.commit().await?;
    outcome.map(|()| swept)
}

/// The instant to go by: the database's clock, unless that jumped ahead. It may be ahead of the last sweep by twice the
/// time that the process ran since, so that what was lost while no server ran is caught up with.
fn trusted(clock: Timestamp, last: Option<Timestamp>, ran: Duration) -> Timestamp {
    let Some(last) = last else { return clock };
    let ran = SignedDuration::try_from(ran).unwrap_or(SignedDuration::ZERO);
    clock.min(last.saturating_add(ran * 2).unwrap_or(clock))
}

async fn delete(context: &Context, turn: Turn, swept: &mut Swept) -> Result<(), Error> {
    let before = swept.now - GRACE;
    swept.left = why_not(context, turn, before).await?;
    if matches!(swept.left, Some(Left::Held { .. })) {
        return Ok(());
    }
    uploads(context, before, swept).await?;
    if swept.left.is_none() {
        documents(context, before, swept).await?;
    }
    Ok(())
}

async fn why_not(context: &Context, turn: Turn, before: Timestamp) -> Result<Option<Left>, Error> {
    let view = context.store.view().await?;
    if let Some(Hold { name, until }) = view.sweep_holds().await?.into_iter().next() {
        return Ok(Some(Left::Held { by: name, until }));
    }
    let due = view.removed_count(before).await?;
    if due <= turn.allowed.unwrap_or(MANY) {
        return Ok(None);
    }
    let all = view.stored_count().await?;
    Ok((turn.allowed.is_some() || is_unusual(due, all)).then_some(Left::TooMany { due, all }))
}

fn is_unusual(due: u64, all: u64) -> bool {
    due > MOST || (due > MANY && due.saturating_mul(10) > all)
}

/// Clears away uploads that did not end, by the places that this database handed out for them.
async fn uploads(context: &Context, before: Timestamp, swept: &mut Swept) -> Result<(), Error> {
    loop {
        let ids = context.store.view().await?.stagings(before, PAGE).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let keys = ids.iter().map(|id| Key { area: Area::Staging, id: *id }).collect();
        context.blobs.delete(keys).await?;
        let tx = context.store.begin().await?;
        tx.end_stagings(&ids).await?;
        tx.commit().await?;
        swept.uploads += u64::try_from(ids.len()).unwrap_or(u64::MAX);
    }
}

/// Deletes what rows name that say removed. What is deleted is noted after it is, and on disk.
async fn documents(context: &Context, before: Timestamp, swept: &mut Swept) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let page = context.store.view().await?.removed_keys(before, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(last);
        gone(context, &page).await?;
        swept.documents += u64::try_from(page.len()).unwrap_or(u64::MAX);
    }
}

/// Deletes bytes at once of which each row says removed; those that somebody copies are left to the sweep.
pub async fn delete_removed(context: &Context, mut keys: Vec<String>) -> Result<(), Error> {
    installation::tied(context).await?;
    let view = context.store.view().await?;
    let known = view.stored_under(&keys).await?;
    if !view.sweep_holds().await?.is_empty() {
        return Ok(());
    }
    drop(view);
    let needed = |key: &String| known.iter().any(|row| row.key == *key && row.standing != DocumentStanding::Removed);
    keys.retain(|key| !needed(key));
    gone(context, &keys).await
}

/// Deletes bytes, and notes that once they are gone, on disk.
async fn gone(context: &Context, keys: &[String]) -> Result<(), Error> {
    let blobs = keys.iter().map(|key| key.parse()).collect::<Result<_, _>>().map_err(anyhow::Error::from)?;
    context.blobs.delete(blobs).await?;
    let tx = context.store.begin().await?;
    tx.mark_swept(keys).await?;
    Ok(tx.commit().await?)
}

fn report(swept: &Swept) {
    let Swept { documents, uploads, .. } = swept;
    match &swept.left {
        None => tracing::info!(documents, uploads, "Swept: removed documents and unfinished uploads were deleted"),
        Some(left @ Left::Held { .. }) => tracing::info!(%left, "Swept nothing"),
        Some(left @ Left::TooMany { .. }) => {
            tracing::error!(%left, uploads, "The sweep stopped and deleted no documents");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::constant(1_790_000_000, 0);
    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    /// Would fail (not tried yet): with the database's clock taken as it is, the year that it jumped counts.
    #[test]
    fn a_clock_that_jumps_moves_the_sweep_no_further_than_the_server_ran() {
        let half = Duration::from_mins(30);
        assert_eq!(trusted(NOON, None, Duration::ZERO), NOON, "the first sweep of an installation");
        assert_eq!(trusted(NOON + HOUR / 2, Some(NOON), half), NOON + HOUR / 2);
        assert_eq!(trusted(NOON + HOUR * 24 * 365, Some(NOON), half), NOON + HOUR, "a year ahead");
        assert_eq!(trusted(NOON - HOUR * 24 * 365, Some(NOON), half), NOON - HOUR * 24 * 365, "a year back");
        assert_eq!(trusted(NOON + HOUR * 48, Some(NOON), Duration::ZERO), NOON, "after a weekend without a server");
    }

    #[test]
    fn a_few_documents_may_go_and_a_tenth_of_many_may() {
        for (due, all, unusual) in
            [(50, 50, false), (51, 51, true), (51, 510, false), (1_000, 10_000, false), (1_001, 1_000_000, true)]
        {
            assert_eq!(is_unusual(due, all), unusual, "{due} of {all}");
        }
    }
}
