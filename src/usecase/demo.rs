//! What only the demo has: people to be, and time that can be moved on.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::{Context, Error, submission};
use crate::model::{Group, Organisation, Person};

/// Under which key the demo's clock is kept: microseconds ahead of the real time.
const CLOCK: &str = "demo-clock";

/// People to be, at most.
const PEOPLE: u16 = 50;

/// Submissions whose timers fire at once when time is moved.
const AT_ONCE: u16 = 200;

/// The sample office before anything is played in it.
#[derive(Clone, Debug)]
pub struct Office {
    pub organisation: Organisation,
    pub groups: Vec<Group>,
    /// Everybody, with the groups that they are in.
    pub people: Vec<(Person, BTreeSet<String>)>,
}

/// Puts the sample office into an empty installation. Everybody may enter by a button; nobody has a password.
pub async fn create_office(context: &Context, office: &Office) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.add_organisation(&office.organisation).await?;
    for group in &office.groups {
        tx.add_group(group).await?;
    }
    for (person, groups) in &office.people {
        tx.add_person(person).await?;
        for group in groups {
            tx.join(group, person.id).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// A demo that was played before.
#[derive(Clone, Debug)]
pub struct Played {
    pub organisation: Organisation,
    /// How far its clock is ahead of the real time, in microseconds.
    pub ahead: i64,
}

/// The demo that is there already, if one is.
pub async fn played(context: &Context) -> Result<Option<Played>, Error> {
    let view = context.store.view().await?;
    let Some(organisation) = view.organisation().await? else { return Ok(None) };
    Ok(Some(Played { organisation, ahead: view.setting(CLOCK).await?.unwrap_or(0) }))
}

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
