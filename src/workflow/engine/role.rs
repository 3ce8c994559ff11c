//! Who may act in which role: membership, one's own work, conflicts and separation.

use std::collections::BTreeSet;

use super::{Facts, decision_builder::DecisionBuilder};
use crate::{
    domain::PersonId,
    workflow::{Definition, Refusal, definition::Role},
};

/// The role of whoever submitted.
pub(super) fn of_submitter(definition: &Definition) -> Option<&str> {
    definition.roles.iter().find(|(_, role)| **role == Role::Submitter).map(|(name, _)| name.as_str())
}

/// Whether a person may act in a role on this item now.
///
/// Membership is looked at first: who has nothing to do with a role learns nothing about the item from the refusal.
pub(super) fn may(step: &DecisionBuilder<'_>, person: PersonId, role: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::WrongRole { roles: vec![role.to_owned()] };
    let group = match step.definition.roles.get(role).ok_or_else(wrong)? {
        Role::Submitter if person == step.item.submitter => return Ok(()),
        Role::Submitter => return Err(wrong()),
        Role::Group { group, .. } => group,
    };
    if !members(step.facts, group).contains(&person) {
        return Err(wrong());
    }
    if person == step.item.submitter {
        return Err(Refusal::OwnWork);
    }
    if step.item.recused.contains(&person) || step.facts.conflicted.contains(&person) {
        return Err(Refusal::Conflicted);
    }
    if let Some(acted) = separated(step, person, role) {
        return Err(Refusal::Separated { role: role.to_owned(), acted });
    }
    step.facts.absent.passes_on(group, person).map_or(Ok(()), |until| Err(Refusal::Away { until }))
}

/// Refuses a new place to who is away, also where the places that they have wait for them.
pub(super) fn here(step: &DecisionBuilder<'_>, person: PersonId) -> Result<(), Refusal> {
    let until = step.facts.absent.until.get(&person);
    until.map_or(Ok(()), |until| Err(Refusal::Away { until: *until }))
}

/// The first of several roles a person may act in; else the refusal that says most.
pub(super) fn acting<'r>(
    step: &DecisionBuilder<'_>,
    person: PersonId,
    roles: &'r [String],
) -> Result<&'r str, Refusal> {
    let mut telling = None;
    for role in roles {
        match may(step, person, role) {
            Ok(()) => return Ok(role),
            Err(Refusal::WrongRole { .. }) => {}
            Err(refusal) => telling = telling.or(Some(refusal)),
        }
    }
    Err(telling.unwrap_or_else(|| Refusal::WrongRole { roles: roles.to_vec() }))
}

/// Active members of a group.
pub(super) fn members<'f>(facts: &Facts<'f>, group: &str) -> &'f BTreeSet<PersonId> {
    static NOBODY: BTreeSet<PersonId> = BTreeSet::new();
    facts.groups.get(group).unwrap_or(&NOBODY)
}

/// Members of a role's group who may act in it.
pub(super) fn able<'s>(step: &'s DecisionBuilder<'_>, role: &'s str) -> impl Iterator<Item = PersonId> + 's {
    let group = match step.definition.roles.get(role) {
        Some(Role::Group { group, .. }) => group.as_str(),
        Some(Role::Submitter) | None => "",
    };
    members(step.facts, group).iter().copied().filter(move |person| may(step, *person, role).is_ok())
}

/// The role in which a person acted that closes another; a rule holds whichever of the two came first.
fn separated(step: &DecisionBuilder<'_>, person: PersonId, role: &str) -> Option<String> {
    let acted = |other: &String| step.item.acted.get(other).is_some_and(|persons| persons.contains(&person));
    step.definition
        .separation
        .iter()
        .flat_map(|rule| {
            let after = rule.never_acts_as.iter().any(|closed| closed == role).then_some(&rule.person);
            let before = if rule.person == role { rule.never_acts_as.as_slice() } else { &[] };
            after.into_iter().chain(before)
        })
        .find(|other| acted(other))
        .cloned()
}
