//! What people and the clock did, read out of what came of it.

use jiff::Timestamp;

use crate::workflow::{Actor, ChangeAsked, Command, Event, EventKind, Origin};

/// One thing that was done, with everything that came of it.
pub(super) struct Act<'a> {
    /// Number of the event it is known by.
    pub(super) sequence: u64,
    /// When.
    pub(super) at: Timestamp,
    /// By whom.
    pub(super) actor: Actor,
    /// What.
    pub(super) command: Command,
    /// From this act to the next one.
    pub(super) events: &'a [Event],
}

/// The acts of a history, in order, up to where it went over to another version.
pub(super) fn read(events: &[Event]) -> Vec<Act<'_>> {
    let end = events.iter().position(|event| matches!(event.what, EventKind::Migrated { .. }));
    let events = events.get(..end.unwrap_or(events.len())).unwrap_or_default();
    let begins: Vec<usize> =
        (0..events.len()).filter(|index| events.get(*index).is_some_and(|event| is_act(events, event))).collect();
    let ends = begins.iter().skip(1).copied().chain([events.len()]);
    let spans = begins.iter().zip(ends).filter_map(|(begin, end)| events.get(*begin..end));
    spans.filter_map(|span| one(events, span)).collect()
}

/// Whether an event is what somebody did, not what followed from it.
fn is_act(events: &[Event], event: &Event) -> bool {
    let mut at_once = before(events, event).take_while(|other| other.at == event.at);
    match (event.what.meta().origin, &event.what) {
        // One look at the clock can find several timers due.
        (Origin::Time, _) => !at_once.any(|other| other.what.meta().origin == Origin::Time),
        (Origin::Consequence | Origin::Beside, _) => false,
        (Origin::Somebody, EventKind::Released { person, .. }) => {
            !at_once.any(|other| matches!(&other.what, EventKind::Recused { person: out, .. } if out == person))
        }
        (Origin::Somebody, _) => event.by.is_some(),
    }
}

/// The events before another, the last first.
fn before<'a>(events: &'a [Event], event: &Event) -> impl Iterator<Item = &'a Event> {
    let sequence = event.sequence;
    let index = events.partition_point(move |other| other.sequence < sequence);
    events.get(..index).unwrap_or_default().iter().rev()
}

fn one<'a>(events: &'a [Event], span: &'a [Event]) -> Option<Act<'a>> {
    let event = span.first()?;
    let (actor, command) = match (&event.what, event.by) {
        (EventKind::TimerFired { .. }, _) => (Actor::Clock, Command::Tick),
        (EventKind::Moved { transition, note, asked, .. }, Some(by)) => {
            let requests = asked_before(events, event);
            let (transition, note, asked) = (transition.clone(), note.clone(), asked.clone());
            (Actor::Person(by), Command::Fire { transition, note, asked, requests })
        }
        (EventKind::Claimed { track, .. }, Some(by)) => (Actor::Person(by), Command::Claim { track: track.clone() }),
        (EventKind::Declared { track, .. }, Some(by)) => (Actor::Person(by), Command::Declare { track: track.clone() }),
        (EventKind::Assigned { track, person }, Some(by)) => {
            (Actor::Coordinator(by), Command::Assign { track: track.clone(), person: *person })
        }
        // Where nobody did it, the person could not sit there any more; how that came is not part of the history.
        (EventKind::Released { track, person, reason }, by) => {
            let command = Command::Release { track: track.clone(), person: *person, reason: reason.clone() };
            let another = by.filter(|by| by != person);
            (another.map_or(Actor::Person(*person), Actor::Coordinator), command)
        }
        (EventKind::VerdictRecorded { track, verdict, rubric, note, .. }, Some(by)) => {
            let (track, rubric, note) = (track.clone(), rubric.clone(), note.clone());
            let requests = asked_with(span);
            (Actor::Person(by), Command::Judge { track, verdict: *verdict, rubric, note, requests })
        }
        (EventKind::Recused { person, reason }, Some(by)) => {
            let command = Command::Recuse { person: *person, reason: reason.clone() };
            (if by == *person { Actor::Person(by) } else { Actor::Coordinator(by) }, command)
        }
        (EventKind::ChangeResolved { request, resolution }, Some(by)) => {
            (Actor::Person(by), Command::Resolve { request: *request, resolution: resolution.clone() })
        }
        (EventKind::Reminded, Some(by)) => (Actor::Coordinator(by), Command::Remind),
        _ => return None,
    };
    Some(Act { sequence: event.sequence, at: event.at, actor, command, events: span })
}

/// Changes asked with a step stand before it in the history.
fn asked_before(events: &[Event], event: &Event) -> Vec<ChangeAsked> {
    let mut asked: Vec<ChangeAsked> = before(events, event)
        .take_while(|other| {
            other.at == event.at
                && matches!(
                    other.what,
                    EventKind::TimerCancelled { .. } | EventKind::ChangeRequested { track: None, .. }
                )
        })
        .filter_map(requested)
        .collect();
    asked.reverse();
    asked
}

/// Changes asked with a verdict stand behind it.
fn asked_with(span: &[Event]) -> Vec<ChangeAsked> {
    span.iter().skip(1).map_while(requested).collect()
}

fn requested(event: &Event) -> Option<ChangeAsked> {
    match &event.what {
        EventKind::ChangeRequested { asked, .. } => Some(asked.clone()),
        _ => None,
    }
}
