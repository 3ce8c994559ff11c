//! What may never happen, looked for in every batch of events.

use super::{model::Model, person::AUTHOR};
use crate::workflow::{
    Event, EventKind, Item, claim,
    condition::Scope,
    definition::{Claim, Role, State, Trigger},
};

/// Something that may never happen, and did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    /// The check.
    pub(super) rule: &'static str,
    /// Where in the file.
    pub(super) at: Vec<String>,
    /// One sentence.
    pub(super) message: String,
}

/// Follows a batch event by event: how often bounded transitions were taken now, and all that is wrong.
pub(super) fn batch(
    model: &Model<'_>,
    before: &Item,
    events: &[Event],
    after: &Item,
    taken: &[u8],
) -> (Vec<u8>, Vec<Fault>) {
    let mut taken = taken.to_vec();
    let mut faults = Vec::new();
    let moved = |event: &Event| matches!(event.what, EventKind::Moved { .. });
    if !events.iter().any(moved) {
        faults.extend(events.iter().find_map(|event| separated(model, after, event)));
        return (taken, faults);
    }
    let mut item = before.clone();
    for event in events {
        if let EventKind::Moved { transition, to, .. } = &event.what {
            faults.extend(ambiguous(model, &item, transition));
            faults.extend(awarded_twice(model, &item, to));
            taken = model.count(&taken, transition);
        }
        item.take_in(event);
        if let EventKind::Moved { to, .. } = &event.what {
            faults.extend(unproved(model, &item, to));
        }
        faults.extend(separated(model, &item, event));
    }
    faults.extend(model.passed(&taken).map(|bound| Fault {
        rule: "prove",
        at: claim_at(model, |claim| matches!(claim, Claim::Bound { bound: it } if it.transition == bound.transition)),
        message: format!("'{}' can be taken more than {} times", bound.transition, bound.at_most),
    }));
    (taken, faults)
}

/// What conditions read of an explored item.
pub(super) fn scope<'s>(model: &'s Model<'_>, item: &'s Item) -> Scope<'s> {
    Scope {
        answers: &model.answers,
        decided: &item.decided,
        item,
        limits: &model.definition.limits,
        records: &model.records,
        today: jiff::civil::Date::ZERO,
        row: None,
        symbolic: Some(&model.symbolic),
    }
}

/// Automatic transitions never settle.
pub(super) fn unsettled(model: &Model<'_>, item: &Item) -> Fault {
    let label = model.definition.states.get(&item.state).map_or("", |state| &state.label);
    let message = format!("from '{label}' on, automatic transitions follow each other without an end");
    Fault { rule: "auto-loop", at: vec!["states".to_owned(), item.state.clone()], message }
}

/// Another automatic transition was on beside the one that was taken.
fn ambiguous(model: &Model<'_>, item: &Item, taken: &str) -> Option<Fault> {
    let autos = || model.definition.transitions.iter().filter(|(_, it)| it.trigger == Trigger::Auto);
    if !autos().any(|(name, _)| name == taken) {
        return None;
    }
    let scope = scope(model, item);
    let other = autos().find(|(name, it)| {
        *name != taken && it.from.contains(&item.state) && it.when.as_ref().is_some_and(|when| when.holds(&scope))
    });
    other.map(|(other, _)| Fault {
        rule: "ambiguous",
        at: vec!["transitions".to_owned(), other.clone()],
        message: format!("'{taken}' and '{other}' can both be on, and only one may be"),
    })
}

/// Credit is recorded while an award of the same item still stands.
fn awarded_twice(model: &Model<'_>, item: &Item, to: &str) -> Option<Fault> {
    let state: &State = model.definition.states.get(to)?;
    let standing = item.awarded.iter().next()?;
    (state.award.is_some() && !state.stops_credit).then(|| Fault {
        rule: "double-award",
        at: vec!["states".to_owned(), to.to_owned()],
        message: format!("'{to}' can award credit while the award of '{standing}' stands; stop it first"),
    })
}

/// Somebody acted in two roles that are kept apart, or the author in one of a group.
fn separated(model: &Model<'_>, item: &Item, event: &Event) -> Option<Fault> {
    let (person, role) = (event.by?, event.role.as_ref()?);
    let group = matches!(model.definition.roles.get(role), Some(Role::Group { .. }));
    if person == AUTHOR && group {
        return Some(Fault {
            rule: "separation",
            at: vec!["roles".to_owned(), role.clone()],
            message: format!("the author can act as {role} on the own item"),
        });
    }
    let rules = model.definition.separation.iter().enumerate().find_map(|(at, rule)| {
        let other = claim::both(item, person, &rule.person, &rule.never_acts_as)?;
        let message = format!("one person can act as {} and as {other}", rule.person);
        Some(Fault { rule: "separation", at: vec!["separation".to_owned(), at.to_string()], message })
    });
    rules.or_else(|| {
        model.definition.prove.iter().enumerate().find_map(|(at, proof)| match &proof.claim {
            Claim::Never { never } => {
                let other = claim::both(item, person, &never.person, &never.acts_as)?;
                let message = format!("not so: {}. One person can act as {} and as {other}", proof.name, never.person);
                Some(Fault { rule: "prove", at: vec!["prove".to_owned(), at.to_string()], message })
            }
            _ => None,
        })
    })
}

/// A state was entered without the approvals that a proof wants before it.
fn unproved(model: &Model<'_>, item: &Item, entered: &str) -> Vec<Fault> {
    let lacking = claim::unproved(model.definition, item, entered).map(|unproved| Fault {
        rule: "prove",
        at: vec!["prove".to_owned(), unproved.at.to_string()],
        message: format!(
            "not so: {}. '{entered}' can be entered with {} of {} approvals in {}",
            unproved.proof.name, unproved.found, unproved.wanted.at_least, unproved.wanted.track
        ),
    });
    lacking.collect()
}

fn claim_at(model: &Model<'_>, wanted: impl Fn(&Claim) -> bool) -> Vec<String> {
    let at = model.definition.prove.iter().position(|proof| wanted(&proof.claim)).unwrap_or(0);
    vec!["prove".to_owned(), at.to_string()]
}
