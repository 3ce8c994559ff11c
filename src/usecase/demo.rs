//! What only the demo has: people to be, and time that can be moved on.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::{Context, Error, submission};
use crate::model::Person;

/// Under which key the demo's clock is kept: microseconds ahead of the real time.
pub const CLOCK: &str = "demo-clock";

/// People to be, at most.
const PEOPLE: u16 = 50;

/// Submissions whose timers fire at once when time is moved.
const AT_ONCE: u16 = 200;

/// The people of the demo with the groups they are in; nobody where this is no demo.
pub async fn people(context: &Context) -> Result<Vec<(Person, BTreeSet<String>)>, Error> {
    if context.demo.is_none() {
        return Ok(Vec::new());
    }
    let view = context.store.view().await?;
    let mut people = Vec::new();
    for person in view.people("", None, PEOPLE).await?.rows {
        let groups = view.groups_of(person.id).await?;
        people.push((person, groups));
    }
    Ok(people)
}

/// Nothing of the demo is there where this is none.
pub fn open(context: &Context) -> Result<(), Error> {
    if context.demo.is_some() { Ok(()) } else { Err(Error::NotFound) }
}

/// Moves time on, by a month at most, and fires what has become due.
pub async fn move_on(context: &Context, days: u8) -> Result<(), Error> {
    open(context)?;
    if !(1..=31).contains(&days) {
        return Err(Error::field("days", "range", "move on by 1 to 31 days"));
    }
    let by = SignedDuration::from_hours(24 * i64::from(days));
    if !context.clock.advance(by) {
        return Err(Error::Conflict("the clock of this server cannot be moved".to_owned()));
    }
    let tx = context.store.begin().await?;
    let before: i64 = tx.setting(CLOCK).await?.unwrap_or(0);
    tx.set_setting(CLOCK, &before.saturating_add(i64::try_from(by.as_micros()).unwrap_or(0))).await?;
    tx.commit().await?;
    for id in submission::due(context, AT_ONCE).await? {
        submission::tick(context, id).await?;
    }
    Ok(())
}
