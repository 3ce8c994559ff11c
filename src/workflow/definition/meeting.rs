//! The committee meetings that a workflow waits for.

use std::collections::{BTreeSet, VecDeque};

use super::{Definition, Role, Transition, Trigger, Wait};

/// A meeting that an item comes to without its author acting again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead<'a> {
    /// Its name in the organisation's calendar.
    pub meeting: &'a str,
    /// What lies between.
    pub road: Road,
}

/// The way to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// Nothing, or only steps that happen by themselves: what is sent in time is there in time.
    Straight,
    /// Somebody else acts, or time passes, before.
    ThroughOthers,
}

impl Definition {
    /// Every meeting it waits for, by name.
    #[must_use]
    pub fn meetings(&self) -> BTreeSet<&str> {
        self.transitions.values().filter_map(meeting).collect()
    }

    /// The meeting that an item in a state waits for, with the transition that it brings.
    #[must_use]
    pub fn meeting_at(&self, state: &str) -> Option<(&str, &str)> {
        let mut leaving = self.transitions.iter().filter(|(_, step)| step.from.iter().any(|from| from == state));
        leaving.find_map(|(name, step)| Some((name.as_str(), meeting(step)?)))
    }

    /// The first meeting that an item entering `state` comes to without its author acting again; of several as near,
    /// the first in the file.
    #[must_use]
    pub fn meeting_ahead(&self, state: &str) -> Option<Ahead<'_>> {
        let mut seen = BTreeSet::from([state]);
        let mut waiting = VecDeque::from([(state, Road::Straight)]);
        while let Some((here, road)) = waiting.pop_front() {
            let leaving = || self.transitions.values().filter(|step| step.from.iter().any(|from| from == here));
            if let Some(meeting) = leaving().find_map(meeting) {
                return Some(Ahead { meeting, road });
            }
            // Back into a review that keeps its verdicts leads only what went wrong: it is not the way ahead.
            for step in leaving().filter(|step| !self.is_for_the_submitter(step) && !step.keep_verdicts) {
                let road = if step.trigger == Trigger::Auto { road } else { Road::ThroughOthers };
                // A review stands between, although its last verdict moves the item by itself.
                let reviewed = self.states.get(here).is_some_and(|state| !state.tracks.is_empty());
                if seen.insert(&step.to) {
                    waiting.push_back((&step.to, if reviewed { Road::ThroughOthers } else { road }));
                }
            }
        }
        None
    }

    /// Whether nobody but the submitter can take it.
    fn is_for_the_submitter(&self, step: &Transition) -> bool {
        let submitter = |role: &String| self.roles.get(role) == Some(&Role::Submitter);
        matches!(&step.trigger, Trigger::By(roles) if roles.iter().all(submitter))
    }
}

fn meeting(step: &Transition) -> Option<&str> {
    match &step.trigger {
        Trigger::After(Wait::Meeting { meeting }) => Some(meeting),
        _ => None,
    }
}
