//! The engine: a pure function from an item and a command to events.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};

use super::{Command, Definition, Event, Item, Refusal, event::Timer};
use crate::domain::{Answers, PersonId};

/// Who wants something done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person acting for himself, in whatever role he holds.
    Person(PersonId),
    /// A person running the queue: may assign, release, remind and recuse others.
    Coordinator(PersonId),
    /// Time.
    Clock,
}

/// Everything a decision may depend on beside the item itself.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The instant of the decision.
    pub now: Timestamp,
    /// The organisation's time zone; `today` is the date of `now` in it.
    pub zone: &'a TimeZone,
    /// Who acts.
    pub actor: Actor,
    /// The answers of the form.
    pub answers: &'a Answers,
    /// Active members of every group the definition names.
    pub groups: &'a BTreeMap<String, BTreeSet<PersonId>>,
    /// Persons with a known conflict of interest beyond those who recused themselves.
    pub conflicted: &'a BTreeSet<PersonId>,
}

/// One thing an actor may do now, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What.
    pub act: Act,
    /// What the button says.
    pub label: String,
    /// Why not; none where it is offered.
    pub refusal: Option<Refusal>,
}

/// What can be offered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Take a transition.
    Fire(String),
    /// Take a seat.
    Claim(String),
    /// Declare no conflict.
    Declare(String),
    /// Give one's seat back.
    Release(String),
    /// Give a verdict.
    Judge(String),
    /// Declare a conflict of interest.
    Recuse,
    /// Answer a change request.
    Resolve(u32),
}

/// Somebody whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub holder: Holder,
    /// In which role.
    pub role: String,
    /// For which track, if any.
    pub track: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, where something happens by itself then.
    pub by: Option<Timestamp>,
}

/// Whose turn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// One person: the submitter, or who sits in a seat.
    Person(PersonId),
    /// Any member of a group.
    Group(String),
}

/// The first events of an item.
#[must_use]
pub fn begin(_definition: &Definition, _submitter: PersonId, _facts: &Facts<'_>) -> Vec<Event> {
    Vec::new()
}

/// What follows from a command, all in one batch; or why it is refused.
pub fn decide(_: &Definition, _: &Item, _: &Command, _: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    Err(Refusal::Unsettled)
}

/// What the actor may do now, and for the rest why not.
#[must_use]
pub fn offers(_: &Definition, _: &Item, _: &Facts<'_>) -> Vec<Offer> {
    Vec::new()
}

/// The timer that is due first.
#[must_use]
pub fn due(_: &Definition, _: &Item) -> Option<(Timestamp, Timer)> {
    None
}

/// Whose turn it is.
#[must_use]
pub fn turns(_: &Definition, _: &Item, _: &Facts<'_>) -> Vec<Turn> {
    Vec::new()
}
