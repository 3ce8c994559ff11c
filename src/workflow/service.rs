//! The office's service clock: what counts against the office, and what does not.

use jiff::Timestamp;

use super::{
    Definition, Event, EventKind, Item,
    definition::{Role, State, Transition, Trigger},
};

/// A stretch of time during which the office had an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Since when.
    pub from: Timestamp,
    /// Until when; nothing while it lasts.
    pub until: Option<Timestamp>,
}

impl Definition {
    /// Whether the office's clock runs in a state: not in the draft, not at the end, and not while it waits for the
    /// author in a state that says `clock: paused`.
    #[must_use]
    pub fn clock_runs(&self, state: &str) -> bool {
        self.states.get(state).is_some_and(State::is_with_the_office)
    }

    /// The stretches during which the clock ran, oldest first: between them the item was elsewhere.
    #[must_use]
    pub fn service(&self, events: &[Event]) -> Vec<Service> {
        let mut stretches: Vec<Service> = Vec::new();
        for event in events {
            let EventKind::Moved { to, .. } = &event.what else { continue };
            let runs = stretches.last().is_some_and(|stretch| stretch.until.is_none());
            match (runs, self.clock_runs(to)) {
                (false, true) => stretches.push(Service { from: event.at, until: None }),
                (true, false) => {
                    if let Some(stretch) = stretches.last_mut() {
                        stretch.until = Some(event.at);
                    }
                }
                _ => {}
            }
        }
        stretches
    }

    /// Since when the office is late with an item: a time-out led to where it stands, and there the clock runs.
    #[must_use]
    pub fn late_since(&self, item: &Item) -> Option<Timestamp> {
        let led_here =
            |name: &String, step: &Transition| step.is_time_out() && item.taken.get(name) == Some(&item.since);
        let late = self.clock_runs(&item.state) && self.transitions.iter().any(|(name, step)| led_here(name, step));
        late.then_some(item.since)
    }

    /// Whether a state is there for what is late: only time-outs lead to it, and there somebody of the office has to act.
    #[must_use]
    pub fn is_overdue_state(&self, state: &str) -> bool {
        let mut ways = self.transitions.values().filter(|step| step.to == state).peekable();
        let office = |role: &String| matches!(self.roles.get(role), Some(Role::Group { .. }));
        let acts = |step: &Transition| {
            let here = step.awaited && step.from.iter().any(|from| from == state);
            here && matches!(&step.trigger, Trigger::By(roles) if roles.iter().any(office))
        };
        let reviewed = self.states.get(state).is_some_and(|found| !found.tracks.is_empty());
        self.clock_runs(state)
            && ways.peek().is_some()
            && ways.all(Transition::is_time_out)
            && (reviewed || self.transitions.values().any(acts))
    }

    /// The states in which something may stand that is late.
    #[must_use]
    pub fn may_be_late_in(&self) -> Vec<&str> {
        // A rule may lead on at once from where a time-out led.
        let leads = |step: &&Transition| step.is_time_out() || step.trigger == Trigger::Auto;
        let ends = self.transitions.values().filter(leads).map(|step| step.to.as_str());
        ends.filter(|state| self.clock_runs(state)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::workflow::check::tests::credits;

    fn overdue(source: &str) -> Vec<String> {
        let (definition, _) = crate::workflow::load(source, &credits()).expect("a sound workflow");
        definition.states.keys().filter(|state| definition.is_overdue_state(state)).cloned().collect()
    }

    #[test]
    fn what_only_time_outs_lead_to_is_overdue_and_no_rest_or_errand_of_the_author_is() {
        assert_eq!(overdue(include_str!("../../workflows/course-accreditation.yaml")), ["escalated", "overdue"]);
        assert_eq!(overdue(include_str!("../../workflows/self-study.yaml")), ["overdue"]);
        assert_eq!(overdue(include_str!("../../workflows/disclosure.yaml")), [""; 0]);
        assert_eq!(overdue(include_str!("../../workflows/teaching.yaml")), ["overdue"]);
        assert_eq!(overdue(include_str!("../../workflows/nursing-activity.yaml")), ["overdue"]);
        assert_eq!(overdue(include_str!("../../workflows/aafp-activity.yaml")), ["overdue"]);
    }
}
