//! An item that goes over to another version: what it brings along stays, what is new there begins.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Facts, passage, passage::Tracks, staffing, step::Step};
use crate::workflow::{
    Definition, Event, Happening, Item, Refusal,
    event::{CarriedTrack, Timer},
};

/// What an item brings along, settled before.
pub(in crate::workflow) struct Luggage {
    pub(in crate::workflow) from: String,
    pub(in crate::workflow) state: String,
    pub(in crate::workflow) roles: BTreeMap<String, String>,
    pub(in crate::workflow) tracks: BTreeMap<String, CarriedTrack>,
    pub(in crate::workflow) timers: Vec<(Timer, Timer)>,
}

/// What happens to an item that goes over to `definition`: its reviews and timers go on, those that only the new version
/// has begin now, and what is on by itself there follows in the same batch.
pub(in crate::workflow) fn carry(
    definition: &Definition,
    item: &Item,
    luggage: Luggage,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut step = Step::new(definition, Cow::Borrowed(item), facts);
    let Luggage { from, state, roles, tracks, timers } = luggage;
    let migrated = Happening::Migrated { from, to: definition.hash.clone(), state, roles, tracks, timers };
    step.happen(facts.actor.person(), None, migrated);
    passage::open(&mut step, Tracks::Kept);
    passage::settle(&mut step)?;
    staffing::review(&mut step);
    Ok(step.events)
}
