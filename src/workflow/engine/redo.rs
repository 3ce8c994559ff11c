//! What somebody did does not count any more: where that leaves an item.

use std::borrow::Cow;

use super::{Facts, decision_builder::DecisionBuilder, look, timer, transition};
use crate::{
    domain::PersonId,
    workflow::{Definition, Event, EventKind, Item, Refusal, definition::Role, event::Matter},
};

/// A stay in a state, and what somebody did in it.
struct Stay<'h> {
    state: &'h str,
    /// Number of the first thing that they did there.
    acted: Option<u64>,
}

/// What an item has to go through again because of a conflict of interest of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Again {
    /// Nothing: nothing that they did counts, or it is where it can be done anew.
    Nothing,
    /// All from this state on.
    From(String),
    /// It cannot go back.
    Ask,
}

/// What follows for an item from a conflict of interest of somebody, beside what its seats and verdicts say already. It goes back
/// to where they did something that counts, as long as nothing came of it; otherwise the office is asked, as it is where the
/// author `brought` the conflict about: nobody who sends something in may move it by the names in it.
pub fn redo(
    definition: &Definition,
    item: &Item,
    facts: &Facts<'_>,
    history: &[Event],
    (person, brought): (PersonId, bool),
) -> Result<Vec<Event>, Refusal> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    match again(definition, item, history, person) {
        Again::From(to) if !brought => {
            timer::cancel_all(&mut step);
            step.emit(None, None, EventKind::SentBack { from: item.state.clone(), to });
            transition::open(&mut step, transition::Tracks::Kept);
            transition::run_automatic(&mut step)?;
            look(&mut step);
        }
        Again::Ask | Again::From(_) => {
            step.emit(None, None, EventKind::OfficeAsked { person, matter: Matter::DecideAnew });
        }
        Again::Nothing => {}
    }
    Ok(step.events)
}

fn again(definition: &Definition, item: &Item, history: &[Event], person: PersonId) -> Again {
    let mut stays: Vec<Stay<'_>> = Vec::new();
    let mut given = 0;
    for event in history {
        // A role that another version had was one of the office, too, unless it was the author's.
        let office = |role: &str| !matches!(definition.roles.get(role), Some(Role::Submitter));
        let theirs = event.by == Some(person) && event.role.as_deref().is_some_and(office);
        let moves = matches!(event.what, EventKind::Moved { .. } | EventKind::VerdictRecorded { .. });
        if let Some(stay) = stays.last_mut().filter(|_| theirs && moves) {
            stay.acted = stay.acted.or(Some(event.sequence));
        }
        match &event.what {
            EventKind::Begun { state } => stays.push(Stay { state, acted: None }),
            EventKind::Migrated { state, .. } => stays.last_mut().into_iter().for_each(|stay| stay.state = state),
            EventKind::Moved { to, .. } | EventKind::SentBack { to, .. } => stays.push(Stay { state: to, acted: None }),
            EventKind::CreditAwarded { .. }
            | EventKind::CreditStopped { .. }
            | EventKind::Designated { .. }
            | EventKind::OfferStopped => given = event.sequence,
            // What they did before was dealt with then.
            EventKind::OfficeAnswered { person: of, .. } if *of == person => {
                for stay in &mut stays {
                    stay.acted = None;
                }
            }
            _ => {}
        }
    }
    // Of several stays in a state the last one counts: in it the same was done again.
    let last = |at: usize, stay: &Stay<'_>| stays.iter().skip(at + 1).all(|later| later.state != stay.state);
    let counting = stays.iter().enumerate().filter(|(at, stay)| last(*at, stay));
    let Some((at, stay)) = counting.into_iter().find(|(_, stay)| stay.acted.is_some()) else { return Again::Nothing };
    if at + 1 == stays.len() && !item.closed {
        return Again::Nothing;
    }
    let here = definition.states.get(&item.state);
    let there = definition.states.get(stay.state);
    let goes = there.is_some_and(|state| !state.is_editable() && !state.ends())
        && here.is_some_and(|state| !state.is_editable())
        && !item.closed
        && stay.acted.is_some_and(|acted| acted > given);
    if goes { Again::From(stay.state.to_owned()) } else { Again::Ask }
}
