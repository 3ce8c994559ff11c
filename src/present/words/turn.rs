//! Whose turn it is, since when, by when, and what comes next.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{calendar::Calendar, clock, meeting, state, when::When};
use crate::{
    access::{Caller, Relation},
    domain::PersonId,
    model::{HolderName, QueueRow},
    present::words,
    usecase::{Case, submission::Dossier},
    workflow::{
        self, Act, Definition, Holder, Item, Timer,
        definition::{Role, State, Trigger},
    },
};

/// Whose turn it is.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// `You`, `The reviewers`, `Dr Amara Okafor`.
    pub who: String,
    /// Whether the reader is meant.
    pub yours: bool,
    pub since: When,
    pub by: Option<When>,
    /// Whether that day has passed, or a first limit before it.
    pub late: bool,
    /// The first limit that passed.
    pub late_since: Option<When>,
    /// What happens next, in a sentence.
    pub next: String,
}

/// Whose turn it is, as this reader is told; nothing once it is over or nobody has to act.
pub(crate) fn turn(dossier: &Dossier, caller: &Caller) -> Option<Turn> {
    let mine: Vec<&workflow::Turn> = dossier.turns.iter().filter(|turn| is_mine(dossier, turn, caller)).collect();
    let yours = !mine.is_empty();
    let shown: Vec<&workflow::Turn> = if yours { mine } else { dossier.turns.iter().collect() };
    let since = shown.iter().map(|turn| turn.since).min()?;
    let by = shown.iter().filter_map(|turn| turn.by).min();
    let late_since = shown.iter().filter_map(|turn| turn.late_since).min();
    let calendar = Calendar::of(&dossier.case);
    let who = if yours { "You".to_owned() } else { holders(dossier, &shown) };
    Some(Turn {
        who,
        yours,
        since: calendar.day(since),
        by: by.map(|by| calendar.day(by)),
        late: late_since.is_some() || by.is_some_and(|by| calendar.is_past(by)),
        late_since: late_since.map(|at| calendar.day(at)),
        next: next(dossier, yours, by),
    })
}

fn is_mine(dossier: &Dossier, turn: &workflow::Turn, caller: &Caller) -> bool {
    match &turn.holder {
        Holder::Person(person) => *person == caller.person,
        // The author reads roles in place of groups; nobody else's turn is ever theirs.
        Holder::Group(_) if dossier.relation.is_author() => false,
        Holder::Group(slug) => {
            caller.groups.contains(slug) && !matches!(dossier.relation, Relation::Coordinator | Relation::Auditor)
        }
    }
}

fn holders(dossier: &Dossier, turns: &[&workflow::Turn]) -> String {
    let mut names: Vec<String> = turns.iter().map(|turn| holder(dossier, turn)).collect();
    names.dedup();
    words::capital(&words::list(&names))
}

fn holder(dossier: &Dossier, turn: &workflow::Turn) -> String {
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
    let owner = dossier.relation.is_author();
    let act = match (yours, owner) {
        (true, true) if dossier.case.is_editable() => own_next(&dossier.case).to_owned(),
        (true, _) => ways(dossier),
        (false, true) => "Nothing for you to do. You see here when it goes on.".to_owned(),
        (false, false) => String::new(),
    };
    let meeting = meeting::deadline(dossier).filter(|_| yours && owner).unwrap_or_default();
    let paused = dossier.case.is_paused() && !owner;
    let clock = if paused { words::sentence(clock::PAUSED) } else { String::new() };
    let time = by.and_then(|_| lapse(definition, &dossier.case.submission.item)).unwrap_or_default();
    let said = [act, meeting, clock, time];
    said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the author does next with what can be changed.
pub(crate) fn own_next(case: &Case) -> &'static str {
    let draft = case.definition.states.get(&case.submission.item.state).is_some_and(State::is_draft);
    if draft {
        "Fill in what is open, check your answers, then send it."
    } else {
        "Answer what was asked, then send it again."
    }
}

/// What waits for somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) state: &'a str,
    pub(crate) track: Option<&'a str>,
    pub(crate) holder: &'a Holder,
    pub(crate) author: PersonId,
}

/// What is to be done: review, decide, or go on with one's own.
pub(crate) fn act(definition: Option<&Definition>, task: &Task<'_>) -> String {
    let state = definition.and_then(|definition| definition.states.get(task.state));
    let own = *task.holder == Holder::Person(task.author);
    match (task.track, own, state) {
        (Some(track), _, _) => {
            let label = definition.and_then(|definition| definition.track(track)).map(|found| found.title(track));
            let label = label.unwrap_or_else(|| "Review".to_owned());
            if matches!(task.holder, Holder::Group(_)) { format!("{label}: take it") } else { label }
        }
        (None, true, Some(state)) if state.is_draft() => "Fill in and send".to_owned(),
        (None, true, Some(state)) if state.waits_for_author() => "Answer and send again".to_owned(),
        (None, true, _) => {
            definition.and_then(|definition| own_step(definition, task.state)).unwrap_or_else(|| "Answer".to_owned())
        }
        (None, false, Some(state)) => format!("Decide: {}", state.label),
        (None, false, None) => "Decide".to_owned(),
    }
}

/// The author's first step from a state that does not end it.
fn own_step(definition: &Definition, state: &str) -> Option<String> {
    let leads_on = |to: &str| definition.states.get(to).is_some_and(|state| !state.ends());
    let own = |trigger: &Trigger| match trigger {
        Trigger::By(roles) => roles.iter().any(|role| definition.roles.get(role) == Some(&Role::Submitter)),
        Trigger::After(_) | Trigger::Auto => false,
    };
    let mut steps = definition.transitions.values();
    let found =
        steps.find(|step| step.from.iter().any(|from| from == state) && leads_on(&step.to) && own(&step.trigger));
    found.map(|step| step.label.clone())
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

/// Where it stands in the author's words, and for which meeting it waits.
pub(crate) fn stands(case: &Case) -> String {
    after(agenda(case), state::for_author(&case.definition, &case.submission.item.state))
}

/// What comes next once the author has sent it, a sentence each.
pub(crate) fn after_sending(case: &Case, by: Option<Timestamp>) -> Vec<String> {
    let until = by.map(|by| format!("It is looked at by {} at the latest.", Calendar::of(case).day(by).text));
    let missing = "If something is missing, you are asked for it.".to_owned();
    [stands(case)].into_iter().chain(until).chain([missing]).collect()
}

/// The same in the office's words.
pub(crate) fn stands_for_office(case: &Case) -> String {
    after(agenda(case), state::for_office(&case.definition, &case.submission.item.state))
}

/// For which meeting it waits, if it does.
pub(crate) fn agenda(case: &Case) -> Option<String> {
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
    let stands = after(agenda, state::for_author(definition, &row.state));
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
    let ahead = row.due.filter(|due| !calendar.is_past(*due));
    let by = ahead.map(|due| format!(", until {}", calendar.day(due).text)).unwrap_or_default();
    format!("{stands} {turn}{by}.")
}
