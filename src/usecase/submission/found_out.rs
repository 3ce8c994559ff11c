//! What follows from conflicts of interest that came to light, in the change in which they did.

use std::collections::BTreeSet;

use crate::{
    domain::{Conflict, PersonId},
    store::Tx,
    usecase::{Case, Error},
    workflow::{
        Actor, Event, EventKind, Facts, Item, Matter,
        engine::{found, redo},
    },
};

/// The events of a decision, with all that follows from conflicts of interest: those that are known by who people are, and those
/// that were just declared. `sent` is the author where they send it with it.
pub(super) async fn found_out(tx: &Tx, case: &Case, mut events: Vec<Event>, sent: bool) -> Result<Vec<Event>, Error> {
    let before = &case.submission.item;
    let restored = events.iter().any(|event| event.what == EventKind::AnswersRestored);
    let answers = if restored { &case.in_force } else { &case.submission.answers };
    let facts = Facts { answers, ..case.facts(Actor::Clock) };
    let mut item = events.iter().fold(before.clone(), Item::apply);
    if sent {
        for person in taken_back(case, &item) {
            let reason = "The author took the name back, as the office had asked".to_owned();
            let what = EventKind::ConflictLifted { person, conflicts: BTreeSet::from([Conflict::Named]), reason };
            add(&mut events, &mut item, case, what);
        }
    }
    let known = case.acquainted.known(&item, sent);
    let more = found(&case.definition, &item, &facts, &known);
    item = more.iter().fold(item, Item::apply);
    events.extend(more);
    let out: BTreeSet<(PersonId, Option<Conflict>)> = events.iter().filter_map(came_to_light).collect();
    if out.is_empty() {
        return Ok(events);
    }
    let mut history = tx.all_events(case.submission.id).await?;
    history.extend(events.iter().cloned());
    for (person, conflict) in out {
        if sent && conflict == Some(Conflict::Named) && concerns(before, person) {
            let what = EventKind::OfficeAsked { person, matter: Matter::NamedByAuthor };
            history.push(add(&mut events, &mut item, case, what));
        }
        let more = redo(&case.definition, &item, &facts, &history, (person, sent))?;
        item = more.iter().fold(item, Item::apply);
        history.extend(more.iter().cloned());
        events.extend(more);
    }
    Ok(events)
}

fn came_to_light(event: &Event) -> Option<(PersonId, Option<Conflict>)> {
    match &event.what {
        EventKind::Recused { person, .. } => Some((*person, None)),
        EventKind::ConflictFound { person, conflict, .. } => Some((*person, Some(*conflict))),
        _ => None,
    }
}

/// Whose name the author was to take back, and who does not stand in it any more.
fn taken_back(case: &Case, item: &Item) -> Vec<PersonId> {
    let gone = |person: &&PersonId| !case.acquainted.standing.contains(person);
    item.name_back.iter().filter(gone).copied().collect()
}

/// Whether somebody sits in a review of it, or did something about it.
fn concerns(item: &Item, person: PersonId) -> bool {
    item.acted.values().any(|people| people.contains(&person))
        || item.tracks.values().any(|progress| progress.seat(person).is_some())
}

fn add(events: &mut Vec<Event>, item: &mut Item, case: &Case, what: EventKind) -> Event {
    let event = Event { sequence: item.sequence + 1, at: case.now, by: None, role: None, what };
    *item = item.clone().apply(&event);
    events.push(event.clone());
    event
}
