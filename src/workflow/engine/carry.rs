//! An item that goes over to another version: what it brings along stays, what is new there begins.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Facts, decision_builder::DecisionBuilder, staffing, timer, transition, transition::Tracks};
use crate::workflow::{
    Definition, Event, EventKind, Item, Refusal,
    event::{CarriedTrack, Timer},
};

/// What an item brings along, settled before.
pub(in crate::workflow) struct CarriedState {
    pub(in crate::workflow) from: String,
    pub(in crate::workflow) state: String,
    pub(in crate::workflow) roles: BTreeMap<String, String>,
    pub(in crate::workflow) tracks: BTreeMap<String, CarriedTrack>,
    pub(in crate::workflow) timers: Vec<(Timer, Timer)>,
    /// Timers of the new version that stand for some which fired already.
    pub(in crate::workflow) over: BTreeSet<Timer>,
}

/// What happens to an item that goes over to `definition`: its reviews and timers go on, those that only the new version
/// has begin now, none that fired fires again, and what is on by itself there follows in the same batch.
pub(in crate::workflow) fn carry(
    definition: &Definition,
    item: &Item,
    luggage: CarriedState,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    let CarriedState { from, state, roles, tracks, timers, over } = luggage;
    let migrated = EventKind::Migrated { from, to: definition.hash.clone(), state, roles, tracks, timers };
    step.emit(facts.actor.person(), None, migrated);
    transition::open_tracks(&mut step, Tracks::Kept);
    timer::arm_new(&mut step, &over);
    transition::run_automatic(&mut step)?;
    staffing::review(&mut step);
    Ok(step.events)
}
