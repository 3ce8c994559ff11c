//! The office's queue: what is searched for, and the rows that were found.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    View,
    form::{data::FormData, field::Choice},
    part::{self, Pager, Tag},
    path,
    words::{self, calendar::Calendar, clock::Reckoning, meeting, state, turn, when::When},
};
use crate::{
    access::Relation,
    model::{Attention, Count, HolderName, Life, Page, QueueFilter, QueueRow, QueueSort},
    workflow::{Definition, Holder, definition::Transition},
};

/// A choice that a list is narrowed by.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// Its parameter in the address.
    pub name: String,
    pub label: String,
    /// What can be chosen; the first, with an empty id, for all.
    pub options: Vec<Choice>,
}

/// The queue: a search and its result. The form is a GET to `/queue`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct Queue {
    pub search: String,
    /// What it can be narrowed by, sorting included.
    pub filters: Vec<Filter>,
    /// `28 submissions, 3 of them late`.
    pub summary: String,
    /// Where all of it is, if narrowed.
    pub clear: Option<String>,
    pub rows: Vec<Row>,
    pub pager: Pager,
}

/// One submission in the queue.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub reference: String,
    pub href: String,
    pub title: String,
    pub author: String,
    pub workflow: String,
    pub state: Tag,
    /// Whose turn: `Content reviewers`, `Dr Okafor`, `Nobody: integrity is empty`.
    pub turn: String,
    /// Since when it is in this state.
    pub since: When,
    pub days: u32,
    /// How they are counted, where not plainly: `business days`, or that the clock stands still.
    pub note: Option<String>,
    pub limit: Option<u32>,
    pub late: bool,
}

impl View for Queue {
    const TEMPLATE: &'static str = "page/queue_list.html";
}

/// A search as its address says it.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) filter: QueueFilter,
    pub(crate) sort: QueueSort,
    pub(crate) cursor: Option<String>,
}

/// Reads a search from the parameters of an address; what is unknown narrows nothing.
pub(crate) fn search(asked: &FormData, now: Timestamp) -> Search {
    let own = |name: &str| asked.get(name).map(str::to_owned);
    let (workflow, state) = standing(asked);
    Search {
        filter: QueueFilter {
            search: asked.text("search"),
            workflow,
            state,
            holder: own("holder").map(Holder::Group),
            submitter: None,
            attention: match asked.get("attention") {
                Some("unassigned") => Some(Attention::Unassigned),
                Some("overdue") => Some(Attention::OverdueAt(now)),
                _ => None,
            },
            life: match asked.get("life") {
                Some("closed") => Some(Life::Closed),
                Some("all") => None,
                _ => Some(Life::Open),
            },
            hidden_from: None,
        },
        sort: match asked.get("sort") {
            Some("newest") => QueueSort::Newest,
            Some("due") => QueueSort::DueFirst,
            Some("title") => QueueSort::Title,
            _ => QueueSort::Oldest,
        },
        cursor: own("cursor"),
    }
}

/// The workflow and the state that are asked for. A state belongs to its workflow and is named with it; one of another
/// workflow than is chosen beside it narrows nothing.
fn standing(asked: &FormData) -> (Option<String>, Option<String>) {
    let chosen = asked.get("workflow");
    let state = asked.get("state").and_then(|state| state.split_once('/'));
    match state.filter(|(workflow, _)| chosen.is_none_or(|chosen| chosen == *workflow)) {
        Some((workflow, state)) => (Some(workflow.to_owned()), Some(state.to_owned())),
        None => (chosen.map(str::to_owned), None),
    }
}

/// What the page is made of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) page: Page<QueueRow>,
    /// How many there are in all.
    pub(crate) count: Count,
    /// The definitions that the rows follow, by hash.
    pub(crate) versions: BTreeMap<String, Arc<Definition>>,
    /// What can be searched for.
    pub(crate) current: Vec<Arc<Definition>>,
    /// What the groups are called, by their ids.
    pub(crate) groups: BTreeMap<String, String>,
}

pub(crate) fn of(asked: &FormData, found: &Found, calendar: &Calendar) -> Queue {
    let narrowed =
        ["search", "workflow", "state", "holder", "attention", "life"].iter().any(|name| asked.get(name).is_some());
    let next = found.page.next.as_ref().map(|cursor| path::with(&address(asked), "cursor", cursor));
    Queue {
        search: asked.text("search"),
        filters: filters(asked, found),
        summary: match found.count {
            Count::Exactly(1) => "1 submission.".to_owned(),
            count => format!("{} submissions.", words::capital(&words::count(count))),
        },
        clear: narrowed.then(|| "/queue?life=all".to_owned()),
        rows: rows(&found.page.rows, &Known { versions: &found.versions, groups: &found.groups }, calendar),
        pager: Pager {
            text: format!("Showing {} of {}", found.page.rows.len(), words::count(found.count)),
            previous: asked.get("cursor").map(|_| address(asked)),
            next,
        },
    }
}

/// The address of the first page of the same search.
fn address(asked: &FormData) -> String {
    asked
        .0
        .iter()
        .filter(|(name, value)| name != "cursor" && !value.is_empty())
        .fold("/queue".to_owned(), |address, (name, value)| path::with(&address, &path::encoded(name), value))
}

fn filters(asked: &FormData, found: &Found) -> Vec<Filter> {
    let chosen = asked.get("workflow");
    let mut states: Vec<(String, String)> = Vec::new();
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    for definition in &found.current {
        if chosen.is_none_or(|chosen| chosen == definition.workflow) {
            let known = definition.states.iter().filter(|(_, state)| !state.is_draft());
            states.extend(known.map(|(id, state)| {
                let label = match chosen {
                    Some(_) => state.label.clone(),
                    None => format!("{}: {}", definition.title, state.label),
                };
                (format!("{}/{id}", definition.workflow), label)
            }));
        }
        groups.extend(definition.roles.values().filter_map(|role| match role {
            crate::workflow::definition::Role::Group { group, .. } => {
                Some((group.clone(), turn::title(&found.groups, group)))
            }
            crate::workflow::definition::Role::Submitter => None,
        }));
    }
    let workflows = found.current.iter().map(|definition| (definition.workflow.clone(), definition.title.clone()));
    let fixed = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(id, label)| ((*id).to_owned(), (*label).to_owned())).collect()
    };
    vec![
        filter(asked, "workflow", "Workflow", "All", workflows),
        filter(asked, "state", "State", "All", states),
        filter(asked, "holder", "Whose turn", "Everybody", groups),
        filter(
            asked,
            "attention",
            "Attention",
            "Any",
            fixed(&[("overdue", "Late"), ("unassigned", "Nobody in person")]),
        ),
        filter(asked, "life", "Open or closed", "Open", fixed(&[("closed", "Closed"), ("all", "Both")])),
        filter(
            asked,
            "sort",
            "Order",
            "Waiting longest first",
            fixed(&[("due", "Due soonest first"), ("newest", "Newest first"), ("title", "By title")]),
        ),
    ]
}

fn filter(
    asked: &FormData,
    name: &str,
    label: &str,
    all: &str,
    options: impl IntoIterator<Item = (String, String)>,
) -> Filter {
    let chosen = asked.get(name).unwrap_or_default();
    let options =
        std::iter::once(Choice::new("", all)).chain(options.into_iter().map(|(id, label)| Choice::new(id, label)));
    Filter {
        name: name.to_owned(),
        label: label.to_owned(),
        options: options.map(|option| Choice { chosen: option.id == chosen, ..option }).collect(),
    }
}

/// What rows are read with: the definitions they follow, by hash, and what the groups are called, by their ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    pub(crate) versions: &'a BTreeMap<String, Arc<Definition>>,
    pub(crate) groups: &'a BTreeMap<String, String>,
}

/// The rows of a list.
pub(crate) fn rows(rows: &[QueueRow], known: &Known<'_>, calendar: &Calendar) -> Vec<Row> {
    rows.iter().map(|row| self::row(known, row, calendar)).collect()
}

fn row(known: &Known<'_>, row: &QueueRow, calendar: &Calendar) -> Row {
    let definition = known.versions.get(&row.definition);
    let reckoning = definition.map_or(Reckoning::Days, |definition| Reckoning::of(definition, &row.state));
    let late = row.due.is_some_and(|due| calendar.is_past(due)) && !row.closed;
    let state = definition.map_or_else(
        || part::Tag { label: words::words(&row.state), tone: part::Tone::Quiet },
        |definition| state::tag(definition, &row.state, Relation::Coordinator),
    );
    Row {
        reference: row.reference.clone(),
        href: path::submission(&row.reference),
        title: definition.map_or_else(|| row.title.clone(), |definition| words::title(&row.title, definition)),
        author: row.author.clone(),
        workflow: definition.map_or_else(|| words::words(&row.workflow), |definition| definition.title.clone()),
        state: if late { part::Tag { tone: part::Tone::Bad, ..state } } else { state },
        turn: definition
            .and_then(|definition| agenda(row, definition, calendar))
            .unwrap_or_else(|| holders(row, known.groups)),
        since: calendar.day(row.state_since),
        days: reckoning.days(calendar, row.state_since, calendar.now()),
        limit: row
            .due
            .filter(|due| *due > row.state_since && is_limit(row, definition.map(Arc::as_ref)))
            .map(|due| reckoning.days(calendar, row.state_since, due)),
        note: reckoning.note().map(str::to_owned),
        late,
    }
}

/// Whether the days in a state are counted against what is due: a limit of the office that began with the state. What is due
/// while it waits for the author is theirs to keep, and what counts from elsewhere, as the years of an accreditation, says
/// nothing of these days.
fn is_limit(row: &QueueRow, definition: Option<&Definition>) -> bool {
    let authors = |holder: &HolderName| matches!(holder, HolderName::Person { person, .. } if *person == row.submitter);
    let begins_here = |step: &Transition| step.is_time_out() && step.since.is_entry() && step.from.contains(&row.state);
    !row.holders.iter().all(authors)
        && definition.is_some_and(|definition| definition.transitions.values().any(begins_here))
}

/// What an item waits for that waits for nobody: the meeting that it is on the agenda of.
fn agenda(row: &QueueRow, definition: &Definition, calendar: &Calendar) -> Option<String> {
    let at = meeting::held_for(row, definition).filter(|_| row.holders.is_empty())?;
    Some(format!("The meeting of {}", calendar.month_day(at)))
}

fn holders(row: &QueueRow, groups: &BTreeMap<String, String>) -> String {
    let names: Vec<String> = row
        .holders
        .iter()
        .map(|holder| match holder {
            HolderName::Person { person, .. } if *person == row.submitter => "the author".to_owned(),
            HolderName::Person { name, .. } => name.clone(),
            HolderName::Group(slug) => turn::title(groups, slug),
        })
        .collect();
    match (names.is_empty(), row.closed) {
        (false, _) => words::capital(&words::list(&names)),
        (true, true) => "Over".to_owned(),
        (true, false) => "Nobody: it waits".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> FormData {
        FormData(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn an_empty_search_finds_what_is_open_and_unknown_words_narrow_nothing() {
        let search = search(&asked(&[("sort", "sideways"), ("attention", "?"), ("state", "")]), Timestamp::UNIX_EPOCH);
        assert_eq!(search.filter, QueueFilter { life: Some(Life::Open), ..QueueFilter::default() });
        assert_eq!(search.sort, QueueSort::Oldest);
    }

    #[test]
    fn a_state_is_one_of_its_workflow_and_of_no_other() {
        let standing = |pairs: &[(&str, &str)]| super::standing(&asked(pairs));
        let of = |workflow: &str, state: &str| (Some(workflow.to_owned()), Some(state.to_owned()));
        assert_eq!(standing(&[("state", "teaching/overdue")]), of("teaching", "overdue"));
        assert_eq!(standing(&[("workflow", "teaching"), ("state", "teaching/overdue")]), of("teaching", "overdue"));
        assert_eq!(
            standing(&[("workflow", "self-study"), ("state", "teaching/overdue")]),
            (Some("self-study".to_owned()), None)
        );
        assert_eq!(standing(&[("state", "overdue")]), (None, None));
    }

    #[test]
    fn the_next_page_keeps_the_search_and_replaces_the_cursor() {
        let asked = asked(&[("search", "a b"), ("state", ""), ("cursor", "old")]);
        assert_eq!(address(&asked), "/queue?search=a%20b");
    }
}
