//! Whose turn it is, since when and by when.

use std::borrow::Cow;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Facts, Holder, Turn, decision_builder::DecisionBuilder};
use crate::workflow::{
    Definition, Item,
    definition::{Role, State, Track, Transition, Trigger},
    event::Timer,
    item::Progress,
};

/// Whose turn it is: who sits in an open track without a verdict, the group that still has to take seats there; where
/// no track is open, whoever can take the item on. Giving up is nobody's turn, and neither is revoking: nobody waits
/// for a step that takes credit back.
#[must_use]
pub fn turns(definition: &Definition, item: &Item, facts: &Facts<'_>) -> Vec<Turn> {
    of(&DecisionBuilder::new(definition, Cow::Borrowed(item), facts))
}

pub(super) fn of(step: &DecisionBuilder<'_>) -> Vec<Turn> {
    let Some(state) = step.state().filter(|_| !step.item.closed) else { return Vec::new() };
    let time = Time { by: deadline(&step.item), late_since: step.definition.late_since(&step.item) };
    let nothing = Progress::default();
    let open: Vec<(&String, &Track, &Progress)> = state
        .tracks
        .iter()
        .map(|(name, track)| (name, track, step.item.tracks.get(name).unwrap_or(&nothing)))
        .filter(|(_, _, progress)| !progress.complete())
        .collect();
    if open.is_empty() {
        return of_transitions(step, time);
    }
    open.into_iter().flat_map(|(name, track, progress)| of_track(step, name, track, progress, time)).collect()
}

/// What is the same for all whose turn it is.
#[derive(Clone, Copy)]
struct Time {
    by: Option<Timestamp>,
    late_since: Option<Timestamp>,
}

/// The earliest moment at which the state is left by itself.
fn deadline(item: &Item) -> Option<Timestamp> {
    let transitions = item.timers.iter().filter(|(timer, _)| matches!(timer, Timer::Transition(_)));
    transitions.map(|(_, due)| *due).min()
}

fn of_track(
    step: &DecisionBuilder<'_>,
    name: &str,
    track: &Track,
    progress: &Progress,
    Time { by, late_since }: Time,
) -> Vec<Turn> {
    let turn =
        |holder, since| Turn { holder, role: track.role.clone(), track: Some(name.to_owned()), since, by, late_since };
    let sitting = progress.seats.iter().filter(|seat| !seat.voided && seat.verdict.is_none());
    let mut turns: Vec<Turn> = sitting.map(|seat| turn(Holder::Person(seat.person), seat.since)).collect();
    let expected = progress.given().saturating_add(turns.len());
    if u32::try_from(expected).unwrap_or(u32::MAX) < track.quorum
        && let Some(Role::Group { group, .. }) = step.definition.roles.get(&track.role)
    {
        turns.push(turn(Holder::Group(group.clone()), step.item.since));
    }
    turns
}

fn of_transitions(step: &DecisionBuilder<'_>, Time { by, late_since }: Time) -> Vec<Turn> {
    let definition = step.definition;
    let scope = step.scope(&step.item.decided);
    let revokes =
        |transition: &Transition| definition.states.get(&transition.to).is_some_and(|state| state.stops_credit);
    let ends = |transition: &Transition| definition.states.get(&transition.to).is_some_and(State::ends);
    let mut roles = BTreeSet::new();
    let here = definition.transitions.values().filter(|transition| transition.from.contains(&step.item.state));
    for transition in here.filter(|transition| transition.awaited) {
        let Trigger::By(named) = &transition.trigger else { continue };
        if revokes(transition) || transition.when.as_ref().is_some_and(|when| !when.holds(&scope)) {
            continue;
        }
        let submitter = |role: &&String| definition.roles.get(*role) == Some(&Role::Submitter);
        roles.extend(named.iter().filter(|role| !(submitter(role) && ends(transition))));
    }
    roles
        .into_iter()
        .filter_map(|role| {
            let (holder, late_since) = match definition.roles.get(role)? {
                // The office is late, never the author.
                Role::Submitter => (Holder::Person(step.item.submitter), None),
                Role::Group { group, .. } => (Holder::Group(group.clone()), late_since),
            };
            Some(Turn { holder, role: role.clone(), track: None, since: step.item.since, by, late_since })
        })
        .collect()
}
