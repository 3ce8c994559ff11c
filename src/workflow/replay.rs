//! A changed definition over what once happened: would a past submission have gone another way?
//!
//! What people and the clock did is read out of the events ([`act`]) and done again, by the same engine, under the other
//! definition. What is compared are the states that each act led to; at the first difference the rest is another story.

mod act;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{Command, Definition, Event, EventKind, Facts, Item, decide, definition::Role};
use crate::domain::{Answers, Calendar, PersonId};
use act::Act;

/// The history of one submission.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Whose it was.
    pub submitter: PersonId,
    /// What happened, from the first event on.
    pub events: &'a [Event],
    /// What was answered each time it was sent, the first first.
    pub sent: &'a [Sent],
    /// The organisation's calendar.
    pub calendar: &'a Calendar,
}

/// Answers as they were sent once.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Number of the last event of the sending.
    pub sequence: u64,
    /// What was answered.
    pub answers: Answers,
}

/// Where a history would first have gone another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Number of the event that was the act.
    pub sequence: u64,
    /// When it was.
    pub at: Timestamp,
    /// What was done, as `transition accept` or `verdict in assess`.
    pub act: String,
    /// What came of it then: the states it led to, or that it stayed where it was.
    pub then: String,
    /// What would come of it now; or why it would be refused.
    pub now: String,
}

/// Where a history would first have gone another way under `definition`; none where it would have gone the same.
///
/// Groups are taken to be who acted in their roles, and nobody has a conflict but who declared one then. Answers are
/// those of the sending before: what an author tried in between was not kept. A history is followed up to where it went
/// over to another version. What the books said then was not kept either: every record counts as empty.
#[must_use]
pub fn replay(definition: &Definition, record: &Record<'_>) -> Option<Divergence> {
    let groups = groups(definition, record.events);
    let nobody = BTreeSet::new();
    let nothing = Answers::default();
    let records = definition.records.keys().map(|name| (name.clone(), Decimal::ZERO)).collect();
    let mut item = begun(definition, record)?;
    for act in act::read(record.events) {
        let sent = answers(record, &act).unwrap_or(&nothing);
        // Who was asked to disclose then was not kept either: nobody is missed who was not missed.
        let disclosing = sent.people().map(|named| named.email.clone()).collect();
        let facts = Facts {
            now: act.at,
            calendar: record.calendar,
            actor: act.actor,
            answers: sent,
            in_force: sent,
            records: &records,
            groups: &groups,
            conflicted: &nobody,
            absent: crate::workflow::engine::Absent::nobody(),
            disclosing: &disclosing,
            symbolic: None,
        };
        let (now, after) = match decide(definition, &item, &act.command, &facts) {
            Ok(events) => {
                let after = events.iter().fold(item, Item::apply);
                (Ok(ways(&events)), after)
            }
            Err(refusal) => (Err(refusal.to_string()), item),
        };
        item = after;
        let then = ways(act.events);
        if now.as_ref() != Ok(&then) {
            let now = now.map_or_else(|refusal| format!("refused: {refusal}"), |ways| told(&ways));
            return Some(Divergence { sequence: act.sequence, at: act.at, act: named(&act), then: told(&then), now });
        }
    }
    None
}

/// The draft, in the start state of the definition.
fn begun(definition: &Definition, record: &Record<'_>) -> Option<Item> {
    let first = record.events.first()?;
    let what = EventKind::Begun { state: definition.start()?.to_owned() };
    Some(Item::of(record.submitter).apply(&Event { what, ..first.clone() }))
}

/// The answers in force: a sending has its own, anything else sees those of the sending before.
fn answers<'a>(record: &Record<'a>, act: &Act<'_>) -> Option<&'a Answers> {
    let last = act.events.last().map_or(act.sequence, |event| event.sequence);
    let before = record.sent.iter().take_while(|sent| sent.sequence <= last).last();
    before.or_else(|| record.sent.first()).map(|sent| &sent.answers)
}

/// Everybody who acted in a role, as the members of its group.
fn groups(definition: &Definition, events: &[Event]) -> BTreeMap<String, BTreeSet<PersonId>> {
    let mut groups: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
    let role_of = |track: &String| {
        let found = definition.states.values().find_map(|state| state.tracks.get(track));
        found.map(|track| track.role.clone())
    };
    for event in events {
        let (role, person) = match (&event.what, &event.role, event.by) {
            (EventKind::Assigned { track, person }, ..) => (role_of(track), Some(*person)),
            (_, Some(role), by) => (Some(role.clone()), by),
            _ => continue,
        };
        let Some((role, person)) = role.zip(person) else { continue };
        if let Some(Role::Group { group, .. }) = definition.roles.get(&role) {
            groups.entry(group.clone()).or_default().insert(person);
        }
    }
    groups
}

/// The states that a batch led to, one after the other.
fn ways(events: &[Event]) -> Vec<String> {
    let moved = events.iter().filter_map(|event| match &event.what {
        EventKind::Moved { to, .. } => Some(to.clone()),
        _ => None,
    });
    moved.collect()
}

fn told(ways: &[String]) -> String {
    if ways.is_empty() { "it stays where it is".to_owned() } else { format!("to {}", ways.join(", then to ")) }
}

fn named(act: &Act<'_>) -> String {
    match &act.command {
        Command::Fire { transition, .. } => format!("transition {transition}"),
        Command::Claim { track } => format!("place taken in {track}"),
        Command::Declare { track } => format!("no conflict declared for {track}"),
        Command::Release { track, .. } => format!("place given back in {track}"),
        Command::Assign { track, .. } => format!("place given in {track}"),
        Command::Judge { track, .. } => format!("verdict in {track}"),
        Command::Recuse { .. } => "conflict of interest".to_owned(),
        Command::Resolve { request, .. } => format!("answer to change {request}"),
        Command::Remind => "reminder by hand".to_owned(),
        Command::Tick => "time".to_owned(),
    }
}
