//! What a reader may not know, taken out of what was loaded: of the item, its events, its turns, its answers, its rows.
//!
//! `access` says what that is; nothing here decides it anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::{Act, Caller, Part, Sight},
    domain::{Answers, PersonId},
    model::{Document, HolderName, QueueRow, Revision, Submission},
    usecase::Case,
    workflow::{Definition, Event, EventKind, Holder, Item, Turn},
};

/// Leaves of answers and files what the reader may read: nothing, the newest, or what was sent until they left.
pub(in crate::usecase) fn content(
    submission: &mut Submission,
    sight: &Sight,
    revisions: &mut Vec<Revision>,
    documents: &mut Vec<Document>,
) {
    if !sight.knows(Part::Content) {
        submission.answers = Answers::default();
    } else if let Some(until) = sight.until {
        revisions.retain(|revision| revision.at <= until);
        submission.answers = revisions.last().map(|revision| revision.answers.clone()).unwrap_or_default();
        submission.title = super::title::title(submission);
        let sent: BTreeSet<_> = revisions.iter().flat_map(|revision| revision.answers.documents()).collect();
        documents.retain(|document| sent.contains(&document.id));
    }
}

/// Takes out of the item what belongs to others: seats and requests from the author, sealed verdicts from fellow reviewers.
pub(super) fn item(case: &mut Case, sight: &Sight, me: PersonId) {
    // Requests reach the author when the item does, not while reviewers are still at work.
    let asked = case.is_editable() && sight.knows(Part::Decision);
    let item = &mut case.submission.item;
    if !sight.knows(Part::Author) {
        item.coauthors.clear();
        item.former.clear();
        item.succession = None;
    }
    if !sight.may(Act::Manage) && !sight.may(Act::Trace) {
        item.lifted.clear();
        item.asked.clear();
        item.name_back.clear();
    }
    if sight.relation.is_author() {
        item.tracks.clear();
        item.acted.clear();
        item.recused.clear();
        item.requests.retain(|request| asked || request.resolution.is_some());
        return;
    }
    let all = sight.knows(Part::Verdicts);
    for (name, progress) in &mut item.tracks {
        if !all || sight.is_sealed(name) {
            progress.seats.retain(|seat| seat.person == me);
            item.requests.retain(|request| request.by == me || (all && request.track.as_ref() != Some(name)));
        }
    }
    item.requests.retain(|request| all || request.by == me);
}

/// What of the events explains what the reader sees. Who may read the whole history sees all of them.
pub(super) fn events(events: Vec<Event>, case: &Case, sight: &Sight, me: PersonId) -> Vec<Event> {
    if sight.relation.is_author() {
        let told = events.into_iter().filter(|event| sight.until.is_none_or(|until| event.at <= until));
        return for_author(told.collect(), &case.definition, case.submission.submitter);
    }
    if sight.knows(Part::History) {
        return events;
    }
    let tracks = case.submission.item.tracks.keys().filter(|name| sight.is_sealed(name));
    let open: BTreeMap<&str, u64> = tracks.map(|name| (name.as_str(), opened(&events, name))).collect();
    let shown = |event: &Event| match &event.what {
        EventKind::Moved { .. } => true,
        EventKind::VerdictRecorded { track, person, .. } | EventKind::VerdictVoided { track, person } => {
            let open = open.get(track.as_str()).is_some_and(|opened| event.sequence >= *opened);
            *person == me || (sight.knows(Part::Verdicts) && !open)
        }
        _ => false,
    };
    let shown: Vec<Event> = events.iter().filter(|event| shown(event)).cloned().collect();
    let quiet = |event| if sight.knows(Part::Decision) { event } else { without_reasons(event, me) };
    shown.into_iter().map(quiet).collect()
}

/// When a track was last opened.
fn opened(events: &[Event], name: &str) -> u64 {
    let opened = |event: &&Event| matches!(&event.what, EventKind::TrackOpened { track, .. } if track == name);
    events.iter().rev().find(opened).map_or(0, |event| event.sequence)
}

/// What an author is told, and of persons only the author; why the office went on, once that is released.
fn for_author(events: Vec<Event>, definition: &Definition, author: PersonId) -> Vec<Event> {
    let told = |event: &Event| match &event.what {
        EventKind::Moved { to, closed, .. } => *closed || definition.release(to).is_some(),
        _ => false,
    };
    let released = events.iter().rposition(told);
    let events = events.into_iter().enumerate().filter(|(_, event)| event.what.meta().audience.has_author());
    let told = events.map(|(place, event)| {
        let event =
            if released.is_some_and(|released| place <= released) { event } else { without_reasons(event, author) };
        Event { by: event.by.filter(|person| *person == author), ..event }
    });
    told.collect()
}

/// The same without what somebody else gave as the reason.
fn without_reasons(mut event: Event, me: PersonId) -> Event {
    if let EventKind::Moved { note, asked, .. } = &mut event.what
        && event.by != Some(me)
    {
        *note = None;
        *asked = Answers::default();
    }
    event
}

/// The author reads in which role somebody works on it, never who, how many, or since when.
pub(super) fn turns(turns: &mut Vec<Turn>, item: &Item, sight: &Sight) {
    if !sight.relation.is_author() {
        return;
    }
    for turn in turns.iter_mut().filter(|turn| turn.holder != Holder::Person(item.submitter)) {
        turn.holder = Holder::Group(turn.role.clone());
        turn.since = item.since;
    }
    turns.dedup();
}

/// Rows of a list of the reader's own work: who else holds them is told by group. A name that is shown besides is the
/// author's, in case that is known.
pub(super) fn holders(row: &mut QueueRow, definition: &Definition, caller: &Caller) {
    let mut holders = Vec::new();
    for holder in row.holders.drain(..) {
        let holder = match holder {
            HolderName::Person { person, role, .. } if person != caller.person && person != row.submitter => {
                HolderName::Group(definition.group(&role).unwrap_or(&role).to_owned())
            }
            holder => holder,
        };
        if !holders.contains(&holder) {
            holders.push(holder);
        }
    }
    row.holders = holders;
}
