//! A conflict of interest became known: the person is out, nothing is erased.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Actor, Facts, decision_builder::DecisionBuilder, look, role};
use crate::{
    domain::{Conflict, PersonId},
    workflow::{
        Definition, Event, EventKind, Item, Refusal,
        definition::{Role, Verdict},
    },
};

pub(super) fn recuse(
    step: &mut DecisionBuilder<'_>,
    by: PersonId,
    person: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    if by != person {
        step.coordinator_only()?;
    }
    recusable(step, person)?;
    if reason.trim().is_empty() {
        return Err(Refusal::NoteMissing);
    }
    step.emit(Some(by), None, EventKind::Recused { person, reason: reason.to_owned() });
    out(step, Some(by), person, reason);
    Ok(())
}

/// Gives the places of somebody back, and takes their verdicts out of every sum.
fn out(step: &mut DecisionBuilder<'_>, by: Option<PersonId>, person: PersonId, reason: &str) {
    let seat = |(track, progress): (&String, &crate::workflow::Progress)| {
        Some((track.clone(), progress.seat(person)?.verdict))
    };
    let seats: Vec<(String, Option<Verdict>)> = step.item.tracks.iter().filter_map(seat).collect();
    for (track, verdict) in seats {
        let what = match verdict {
            Some(_) => EventKind::VerdictVoided { track, person },
            None => EventKind::Released { track, person, reason: Some(reason.to_owned()) },
        };
        step.emit(by, None, what);
    }
}

/// What follows from conflicts of interest that are known of people by who they are, with the way in which each was found out:
/// they are kept, for good. Who is free of duty at the end, and never did anything about it, is left alone.
#[must_use]
pub fn found(
    definition: &Definition,
    item: &Item,
    facts: &Facts<'_>,
    known: &BTreeMap<PersonId, (Conflict, String)>,
) -> Vec<Event> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    for (person, (conflict, reason)) in known {
        let (person, conflict) = (*person, *conflict);
        let concerned = !item.closed || acted(item, person);
        if person != item.submitter && concerned && !item.recused.contains(&person) {
            step.emit(None, None, EventKind::ConflictFound { person, conflict, reason: reason.clone() });
            out(&mut step, None, person, reason);
        }
    }
    if !step.events.is_empty() && !item.closed {
        look(&mut step);
    }
    step.events
}

/// Whether somebody did something about an item, in whatever role, or sits in one of its reviews.
fn acted(item: &Item, person: PersonId) -> bool {
    item.acted.values().any(|persons| persons.contains(&person))
        || item.tracks.values().any(|progress| progress.seat(person).is_some())
}

/// Whether there is anything a person could be kept from.
pub(super) fn recusable(step: &DecisionBuilder<'_>, person: PersonId) -> Result<(), Refusal> {
    if step.item.closed && (person == step.item.submitter || !acted(&step.item, person)) {
        return Err(step.closed());
    }
    if person == step.item.submitter {
        return Err(Refusal::OwnWork);
    }
    if step.item.recused.contains(&person) {
        return Err(Refusal::Conflicted);
    }
    let groups = step.definition.roles.values().filter_map(|role| match role {
        Role::Group { group, .. } => Some(group),
        Role::Submitter => None,
    });
    // Who runs the queue may step back themselves, in a group or not. Somebody who left a group after giving a verdict can
    // still be found to have had a conflict.
    let concerned = step.facts.actor == Actor::Coordinator(person)
        || groups.into_iter().any(|group| role::members(step.facts, group).contains(&person))
        || step.item.acted.values().any(|persons| persons.contains(&person));
    if concerned {
        return Ok(());
    }
    Err(Refusal::WrongRole { roles: step.definition.roles.keys().cloned().collect() })
}
