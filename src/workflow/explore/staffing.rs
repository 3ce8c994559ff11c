//! The fewest persons with which the workflow can still do what it is for.

use std::collections::BTreeMap;

use super::{
    Bounds,
    effort::TooLarge,
    graph::{Explored, Goal, explore},
    model::{Asked, Model},
    person::Population,
};
use crate::workflow::{Definition, Event, EventKind, definition::Role};

/// Fewest members of each role's group, the others being as many as declared.
pub(super) fn fewest(definition: &Definition, bounds: Bounds<'_>) -> Result<BTreeMap<String, u32>, TooLarge> {
    let Population::Declared(declared) = Population::declared(definition) else { return Ok(BTreeMap::new()) };
    let mut fewest = BTreeMap::new();
    for (role, it) in &definition.roles {
        let Role::Group { group, at_least } = it else { continue };
        let mut enough = *at_least;
        for size in 0..*at_least {
            let mut sizes = declared.clone();
            sizes.insert(group.clone(), size);
            if reaches(definition, Population::Declared(sizes), bounds)? {
                enough = size;
                break;
            }
        }
        fewest.insert(role.clone(), enough);
    }
    Ok(fewest)
}

/// Fewest persons in all, where each may be in several groups.
pub(super) fn fewest_persons(definition: &Definition, bounds: Bounds<'_>) -> Result<Option<u32>, TooLarge> {
    let declared: u32 = Population::declared(definition).classes().iter().sum();
    for count in 0..=declared {
        if reaches(definition, Population::Everybody(count), bounds)? {
            return Ok(Some(count));
        }
    }
    Ok(None)
}

fn reaches(definition: &Definition, population: Population, bounds: Bounds<'_>) -> Result<bool, TooLarge> {
    let Ok(model) = Model::of(definition, population, Asked::default(), bounds.effort) else { return Ok(false) };
    let records = definition.states.values().any(|state| state.award.is_some() || state.designate.is_some());
    let until = |events: &[Event]| events.iter().any(|event| aim(definition, records, event));
    Ok(matches!(explore(&[model], Goal { most: bounds.limits.configurations, until: Some(&until) })?, Explored::Enough))
}

/// What a workflow is for: to record something; or, where it records nothing, that somebody else than the author acts.
fn aim(definition: &Definition, records: bool, event: &Event) -> bool {
    match &event.what {
        EventKind::CreditAwarded { .. } | EventKind::Designated { .. } => true,
        EventKind::Moved { .. } | EventKind::VerdictRecorded { .. } if !records => {
            event.role.as_ref().is_some_and(|role| matches!(definition.roles.get(role), Some(Role::Group { .. })))
        }
        _ => false,
    }
}
