//! Who did what when: the whole of it for the office, the author's own story for the author.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::{Act, Caller, Relation},
    domain::PersonId,
    store::Person,
    usecase::{Case, Context, Error, Key},
    workflow::Event,
};

/// A page of what happened to a submission.
#[derive(Clone, Debug)]
pub struct History {
    /// The submission.
    pub case: Case,
    /// What happened, oldest first, as far as the caller may know.
    pub events: Vec<Event>,
    /// People in it whom the caller may know by name.
    pub people: BTreeMap<PersonId, Person>,
    /// Where the next page begins, if there is one.
    pub next: Option<u64>,
}

/// Events on one page.
const PAGE: u16 = 200;

/// Reads the history from the event after `after`.
pub async fn history(context: &Context, caller: &Caller, key: &Key, after: u64) -> Result<History, Error> {
    let view = context.store.view().await?;
    let case = Case::load(&view, context, caller, key).await?;
    case.allow(caller, Act::See)?;
    let traces = case.allow(caller, Act::Trace).is_ok();
    let own = case.relation(caller) == Relation::Owner;
    if !traces && !own {
        case.allow(caller, Act::Trace)?;
    }
    let mut events = view.events(caller.organisation, case.submission.id, after, PAGE + 1).await?;
    let more = events.len() > usize::from(PAGE);
    events.truncate(PAGE.into());
    let next = if more { events.last().map(|event| event.sequence) } else { None };
    if !traces {
        tell_author(&mut events, caller.person);
    }
    let people = view.persons(case.submission.organisation, &persons(&events)).await?;
    let people = people.into_iter().map(|person| (person.id, person)).collect();
    Ok(History { case, events, people, next })
}

/// Leaves what an author is told, and of persons only the author.
pub(super) fn tell_author(events: &mut Vec<Event>, author: PersonId) {
    events.retain(|event| event.what.meta().audience.has_author());
    for event in events {
        event.by = event.by.filter(|person| *person == author);
    }
}

fn persons(events: &[Event]) -> BTreeSet<PersonId> {
    events.iter().flat_map(|event| event.by.into_iter().chain(event.what.meta().person)).collect()
}
