//! Rules.

use super::{super::Measure, Length, Minimum, Selector};
use crate::workflow::Condition;

/// A minimum over the credits that match.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id, as in `total`.
    pub id: String,
    /// What is asked for, as it follows a number: `approved hours`.
    pub label: String,
    /// Owed then.
    pub when: Option<Condition>,
    /// Not owed then.
    pub unless: Option<Condition>,
    /// What is asked for, one reading a source; more than one where they disagree.
    pub readings: Vec<Reading>,
    /// As well met by the same minimum of these.
    pub or_of: Option<Selector>,
    /// As well met by this.
    pub or_at_least: Option<Alternative>,
    /// Caps that bound it; of the rule `total` all where nothing is said.
    pub caps: Option<Vec<String>>,
    /// Whether what serves it serves nothing else.
    pub apart: bool,
    /// Whether of repeats of an activity one counts.
    pub same_activity_once: bool,
    /// Further sources.
    pub more: Vec<String>,
}

/// A rule as one source says it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Who says so.
    pub source: String,
    /// Owed then, in this reading.
    pub when: Option<Condition>,
    /// How much.
    pub at_least: Minimum,
    /// Of what.
    pub of: Selector,
    /// Within which time.
    pub within: Within,
    /// By when, where that is not the period's end.
    pub due: Option<Due>,
}

/// Another way of meeting a rule.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// So many hours.
    pub hours: Measure,
    /// Of what.
    pub of: Selector,
}

/// Within which time credits count for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// The period.
    Period,
    /// Ever, up to today.
    Once,
    /// So long before the period's end.
    Every(Length),
    /// In each of such parts of the period.
    Each(Length),
    /// The period, in some renewals only.
    Renewals {
        /// The first that owes it.
        first: u32,
        /// And every so many after it.
        every: u32,
    },
}

/// By when a rule is to be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// So long after a day: of issue, or that a fact tells.
    After {
        /// `issued` or a fact.
        day: String,
        /// How long.
        length: Length,
    },
    /// With a renewal, from 1.
    Renewal(u32),
    /// On a day that a fact tells.
    At(String),
    /// On the first of these.
    EarliestOf(Vec<Due>),
}
