//! A conflict of interest became known: the person is out, nothing is erased.

use super::{Actor, decision_builder::DecisionBuilder, role};
use crate::{
    domain::PersonId,
    workflow::{EventKind, Refusal, definition::Role},
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
    let seats: Vec<(String, bool)> = step
        .item
        .tracks
        .iter()
        .filter_map(|(track, progress)| progress.seat(person).map(|seat| (track.clone(), seat.verdict.is_some())))
        .collect();
    for (track, judged) in seats {
        let what = if judged {
            EventKind::VerdictVoided { track, person }
        } else {
            EventKind::Released { track, person, reason: Some(reason.to_owned()) }
        };
        step.emit(Some(by), None, what);
    }
    Ok(())
}

/// Whether there is anything a person could be kept from.
pub(super) fn recusable(step: &DecisionBuilder<'_>, person: PersonId) -> Result<(), Refusal> {
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
    // Who runs the queue may step back himself, in a group or not. Somebody who left a group after giving a verdict can
    // still be found to have had a conflict.
    let concerned = step.facts.actor == Actor::Coordinator(person)
        || groups.into_iter().any(|group| role::members(step.facts, group).contains(&person))
        || step.item.acted.values().any(|persons| persons.contains(&person));
    if concerned {
        return Ok(());
    }
    Err(Refusal::WrongRole { roles: step.definition.roles.keys().cloned().collect() })
}
