//! Whose turn it is, since when, by when, and what comes next.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{calendar::Calendar, clock, meeting};
use crate::{
    access::{Caller, Relation},
    domain::PersonId,
    present::{form::fault, part, words},
    store::{HolderName, QueueRow},
    usecase::submission::Dossier,
    workflow::{Act, Definition, Holder, Item, Timer, Turn, definition::State},
};

/// Whose turn it is, as this reader is told; nothing once it is over or nobody has to act.
pub(crate) fn turn(dossier: &Dossier, caller: &Caller) -> Option<part::Turn> {
    let mine: Vec<&Turn> = dossier.turns.iter().filter(|turn| is_mine(dossier, turn, caller)).collect();
    let yours = !mine.is_empty();
    let shown: Vec<&Turn> = if yours { mine } else { dossier.turns.iter().collect() };
    let since = shown.iter().map(|turn| turn.since).min()?;
    let by = shown.iter().filter_map(|turn| turn.by).min();
    let calendar = Calendar::of(&dossier.case);
    let who = if yours { "You".to_owned() } else { holders(dossier, &shown) };
    Some(part::Turn {
        who,
        yours,
        since: calendar.day(since),
        by: by.map(|by| calendar.day(by)),
        late: by.is_some_and(|by| calendar.is_past(by)),
        next: next(dossier, yours, by),
    })
}

fn is_mine(dossier: &Dossier, turn: &Turn, caller: &Caller) -> bool {
    match &turn.holder {
        Holder::Person(person) => *person == caller.person,
        // The author reads roles in place of groups; nobody else's turn is ever his.
        Holder::Group(_) if dossier.relation == Relation::Owner => false,
        Holder::Group(slug) => {
            caller.groups.contains(slug) && !matches!(dossier.relation, Relation::Coordinator | Relation::Auditor)
        }
    }
}

fn holders(dossier: &Dossier, turns: &[&Turn]) -> String {
    let mut names: Vec<String> = turns.iter().map(|turn| holder(dossier, turn)).collect();
    names.dedup();
    words::capital(&words::list(&names))
}

fn holder(dossier: &Dossier, turn: &Turn) -> String {
    match &turn.holder {
        Holder::Person(person) if *person == dossier.case.submission.submitter => "the author".to_owned(),
        Holder::Person(person) => name(dossier, *person),
        // To the author the holder is a role: its group is what the people in it are called.
        Holder::Group(_) => match dossier.case.definition.group(&turn.role) {
            Some(group) => title(&dossier.groups, group),
            None => words::article(&words::plain(&turn.role)),
        },
    }
}

/// What a group is called, or its id in words where nobody founded it.
pub(crate) fn title(groups: &BTreeMap<String, String>, slug: &str) -> String {
    groups.get(slug).cloned().unwrap_or_else(|| words::words(slug))
}

/// A person's name, or what stands in for one that the reader must not know.
pub(crate) fn name(dossier: &Dossier, person: PersonId) -> String {
    dossier.people.get(&person).map_or_else(|| "a reviewer".to_owned(), |person| person.name.clone())
}

fn next(dossier: &Dossier, yours: bool, by: Option<Timestamp>) -> String {
    let definition = &dossier.case.definition;
    let state = &dossier.case.submission.item.state;
    let draft = definition.states.get(state).is_some_and(State::is_draft);
    let owner = dossier.relation == Relation::Owner;
    let act = match (yours, owner) {
        (true, true) if draft => "Fill in what is open, check your answers, then send it.".to_owned(),
        (true, true) if dossier.case.is_editable() => "Answer what was asked, then send it again.".to_owned(),
        (true, _) => ways(dossier),
        (false, true) => "Nothing for you to do. You get a letter when it goes on.".to_owned(),
        (false, false) => String::new(),
    };
    let meeting = meeting::deadline(dossier).filter(|_| yours && owner).unwrap_or_default();
    let paused = dossier.case.is_paused() && !owner;
    let clock = if paused { fault::sentence(clock::PAUSED) } else { String::new() };
    let time = by.and_then(|_| lapse(definition, &dossier.case.submission.item)).unwrap_or_default();
    let said = [act, meeting, clock, time];
    said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the reader can do, by the words on the buttons.
fn ways(dossier: &Dossier) -> String {
    let open = dossier.offers.iter().filter(|offer| offer.refusal.is_none());
    let ways = open.filter_map(|offer| match &offer.act {
        Act::Fire(_) => Some(offer.label.clone()),
        Act::Claim(_) => Some("Say whether you have a conflict of interest, then take it".to_owned()),
        Act::Declare(_) => Some("Say whether you have a conflict of interest".to_owned()),
        Act::Judge(_) => Some("Read it and give your verdict".to_owned()),
        Act::Release(_) | Act::Recuse | Act::Resolve(_) => None,
    });
    let ways: Vec<String> = ways.collect();
    if ways.is_empty() { String::new() } else { format!("{}.", ways.join(" · ")) }
}

/// What happens by itself when nobody acts in time.
fn lapse(definition: &Definition, item: &Item) -> Option<String> {
    let running = item.timers.iter().filter_map(|(timer, due)| match timer {
        Timer::Transition(name) => Some((due, name)),
        Timer::Reminder(_) => None,
    });
    let (_, first) = running.min()?;
    let to = definition.states.get(&definition.transitions.get(first)?.to)?;
    Some(format!("If nothing happens by then it becomes “{}”.", to.label))
}

/// The author's own words for where it stands.
pub(crate) fn sentence(definition: &Definition, state: &str) -> String {
    let Some(found) = definition.states.get(state) else { return words::words(state) };
    match &found.author_label {
        Some(label) => fault::sentence(label),
        None if found.is_draft() => {
            "A draft. Only you can see it. Fill it in over as many days as you like.".to_owned()
        }
        None if found.ends() => format!("{}. Nothing more for you to do.", found.label),
        None => fault::sentence(&found.label),
    }
}

/// Where it stands in the author's words, and for which meeting it waits.
pub(crate) fn stands(dossier: &Dossier) -> String {
    let case = &dossier.case;
    after(agenda(dossier), sentence(&case.definition, &case.submission.item.state))
}

/// For which meeting it waits, if it does.
pub(crate) fn agenda(dossier: &Dossier) -> Option<String> {
    let case = &dossier.case;
    let item = &case.submission.item;
    let (step, _) = case.definition.meeting_at(&item.state)?;
    let due = item.timers.get(&Timer::Transition(step.to_owned())).copied();
    meeting::agenda(&case.definition, &item.state, due, &Calendar::of(case))
}

fn after(before: Option<String>, sentence: String) -> String {
    match before {
        Some(before) => format!("{before} {sentence}"),
        None => sentence,
    }
}

/// Where one's own submission stands, for its card: state, whose turn, since when, by when.
pub(crate) fn card(row: &QueueRow, definition: &Definition, me: PersonId, calendar: &Calendar) -> String {
    let agenda = meeting::agenda(definition, &row.state, meeting::held_for(row, definition), calendar);
    let stands = after(agenda, sentence(definition, &row.state));
    if row.closed {
        return stands;
    }
    let mine = row.holders.iter().any(|holder| matches!(holder, HolderName::Person { person, .. } if *person == me));
    let since = calendar.day(row.state_since).text;
    let turn = match (mine, row.holders.is_empty()) {
        (true, _) => format!("Your turn since {since}"),
        (false, false) => format!("With the office since {since}"),
        (false, true) => return format!("{stands} Since {since}."),
    };
    let by = row.due.map(|due| format!(", until {}", calendar.day(due).text)).unwrap_or_default();
    format!("{stands} {turn}{by}.")
}
