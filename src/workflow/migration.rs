//! Taking running items over to another version of their workflow.
//!
//! A [`Mapping`] says what the new version calls what an item has with it. A name that both versions have stands for
//! itself; whatever else is in use and not mapped keeps the item where it is, with a sentence for each thing in the way.

mod luggage;
mod proof_obligations;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Definition, Event, EventKind, Facts, FieldFault, Item,
    definition::{Role, State, Track, Trigger},
    engine::carry,
    event::Timer,
};

/// What the names of the old version are in the new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// States.
    pub states: BTreeMap<String, String>,
    /// Reviews; null lets one go that is over and that the new version does not look at.
    pub tracks: BTreeMap<String, Option<String>>,
    /// Deadlines, by their transitions; null ends one.
    pub timers: BTreeMap<String, Option<String>>,
    /// Roles: who acted under the old name keeps what follows from it.
    pub roles: BTreeMap<String, String>,
}

/// A mapping between two versions.
#[derive(Clone, Copy, Debug)]
pub struct Migration<'a> {
    /// The version that items are on.
    pub from: &'a Definition,
    /// The version that they go over to.
    pub to: &'a Definition,
    /// How.
    pub mapping: &'a Mapping,
}

impl Migration<'_> {
    /// What is wrong with the mapping whatever the items are: names that its versions do not have, and states that do not
    /// answer to one another.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut check = |kind: &str, name: &str, known: bool, target: Option<&str>, there: bool| {
            let field = format!("mapping/{kind}/{name}");
            if !known {
                faults.push(FieldFault::new(&field, "unknown", format!("the old version has no '{name}'")));
            } else if !there {
                let target = target.unwrap_or_default();
                faults.push(FieldFault::new(&field, "unknown", format!("the new version has no '{target}'")));
            }
        };
        for (old, new) in &self.mapping.states {
            check("states", old, self.from.states.contains_key(old), Some(new), self.to.states.contains_key(new));
        }
        for (old, new) in &self.mapping.tracks {
            let there = new.as_ref().is_none_or(|new| track(self.to, new).is_some());
            check("tracks", old, track(self.from, old).is_some(), new.as_deref(), there);
        }
        for (old, new) in &self.mapping.timers {
            let there = new.as_ref().is_none_or(|new| is_deadline(self.to, new));
            check("timers", old, is_deadline(self.from, old), new.as_deref(), there);
        }
        for (old, new) in &self.mapping.roles {
            check("roles", old, self.from.roles.contains_key(old), Some(new), self.to.roles.contains_key(new));
        }
        for (old, new) in &self.mapping.states {
            if let Some(message) = self.state_fault(old, new) {
                faults.push(FieldFault::new(&format!("mapping/states/{old}"), "state", message));
            }
        }
        faults
    }

    /// What happens to an item that goes over, in one batch; or everything that keeps it where it is, a sentence each.
    pub fn carry(&self, item: &Item, facts: &Facts<'_>) -> Result<Vec<Event>, Vec<String>> {
        let luggage = self.pack(item, facts)?;
        let events = carry(self.to, item, luggage, facts).map_err(|refusal| vec![refusal.to_string()])?;
        let past = past(&events, facts);
        if !past.is_empty() {
            return Err(past);
        }
        let gone_over = events.first().map_or_else(|| item.clone(), |migrated| item.clone().apply(migrated));
        let broken = self.broken(item, &gone_over);
        if broken.is_empty() { Ok(events) } else { Err(broken) }
    }

    /// Why one state cannot become another.
    fn state_fault(&self, old: &str, new: &str) -> Option<String> {
        let (before, after) = (self.from.states.get(old)?, self.to.states.get(new)?);
        if class(before) != class(after) {
            return Some(format!(
                "'{old}' is {}, and '{new}' is {}: choose a state of the same kind",
                class(before),
                class(after)
            ));
        }
        if !proof_obligations::records_alike(before, after) {
            return Some(format!(
                "entering '{old}' and entering '{new}' do not put the same on record (credit, an accredited activity or \
                 its end): choose a state that does, or let the items of '{old}' end on their version"
            ));
        }
        (!reached(self.to).contains(new))
            .then(|| format!("no way leads to '{new}' in the new version: choose a state that can be reached"))
    }
}

/// Deadlines that would be over in the moment in which they begin, because they count from something earlier.
fn past(events: &[Event], facts: &Facts<'_>) -> Vec<String> {
    let begun = events.iter().filter_map(|event| match &event.what {
        EventKind::TimerArmed { timer: Timer::Transition(name), due } if *due <= facts.now => Some((name, due)),
        _ => None,
    });
    begun
        .map(|(name, due)| {
            format!(
                "the deadline '{name}' would be over already, since {}: let it count from the entry, or map another to it",
                facts.calendar.date(*due).strftime("%-d %B %Y")
            )
        })
        .collect()
}

fn class(state: &State) -> &'static str {
    match state {
        state if state.is_draft() => "the draft",
        state if state.ends() => "an end",
        _ => "on the way",
    }
}

/// The states that some way leads to from the start.
fn reached(definition: &Definition) -> BTreeSet<&str> {
    let mut reached: BTreeSet<&str> = definition.start().into_iter().collect();
    loop {
        let here = |from: &Vec<String>| from.iter().any(|from| reached.contains(from.as_str()));
        let next: Vec<&str> = definition
            .transitions
            .values()
            .filter(|transition| here(&transition.from) && !reached.contains(transition.to.as_str()))
            .map(|transition| transition.to.as_str())
            .collect();
        if next.is_empty() {
            return reached;
        }
        reached.extend(next);
    }
}

fn track<'d>(definition: &'d Definition, name: &str) -> Option<&'d Track> {
    definition.states.values().find_map(|state| state.tracks.get(name))
}

fn is_deadline(definition: &Definition, name: &str) -> bool {
    definition.transitions.get(name).is_some_and(|transition| matches!(transition.trigger, Trigger::After(_)))
}

/// Whether two roles are filled in the same way.
fn alike(one: &Role, other: &Role) -> bool {
    (*one == Role::Submitter) == (*other == Role::Submitter)
}
