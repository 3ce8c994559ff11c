//! How long something is with the office: days as its deadline counts them, and none while the author answers.

use jiff::Timestamp;

use crate::present::words::calendar::Calendar;
use crate::{
    present::words,
    workflow::{
        Definition, Event,
        definition::{State, Trigger, Wait},
    },
};

/// What is said where the clock stands still.
pub(crate) const PAUSED: &str = "the clock stands still while the author answers";

/// How the days of a state are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reckoning {
    Days,
    /// Business days, because its deadline is in business days.
    BusinessDays,
    /// Not at all: the office waits for the author.
    Paused,
}

impl Reckoning {
    pub(crate) fn of(definition: &Definition, state: &str) -> Self {
        if definition.states.get(state).is_some_and(State::waits_for_author) {
            return Self::Paused;
        }
        let business = definition.transitions.values().any(|step| {
            matches!(step.trigger, Trigger::After(Wait::BusinessDays { .. }))
                && step.from.iter().any(|from| from == state)
        });
        if business { Self::BusinessDays } else { Self::Days }
    }

    /// From one instant to another. Days on which nobody's clock runs are still days that passed.
    pub(crate) fn days(self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> u32 {
        match self {
            Self::Days | Self::Paused => calendar.days(from, to),
            Self::BusinessDays => calendar.business_days(from, to),
        }
    }

    /// What has to be said beside a number of days.
    pub(crate) fn note(self) -> Option<&'static str> {
        match self {
            Self::Days => None,
            Self::BusinessDays => Some("business days"),
            Self::Paused => Some(PAUSED),
        }
    }

    /// `3 days`, `2 business days`, or that the clock stands still.
    pub(crate) fn told(self, days: u32) -> String {
        let many = |unit| words::many(usize::try_from(days).unwrap_or(0), unit);
        match self {
            Self::Days => many("day"),
            Self::BusinessDays => many("business day"),
            Self::Paused => format!("{}; {PAUSED}", many("day")),
        }
    }
}

/// Days that the office had it, over all of its way so far, without those on which it was with the author.
pub(crate) fn with_the_office(definition: &Definition, events: &[Event], calendar: &Calendar) -> u32 {
    let stretches = definition.service(events).into_iter();
    stretches
        .map(|service| {
            service.until.map_or_else(|| calendar.days_since(service.from), |until| calendar.days(service.from, until))
        })
        .sum()
}
