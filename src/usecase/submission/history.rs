//! Who did what when: the whole of it for the office, the author's own story for the author.

use std::collections::{BTreeMap, BTreeSet};

use super::conceal;
use crate::{
    access::{Denied, Part},
    domain::PersonId,
    model::Person,
    usecase::{Call, Case, Error, Reference},
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

/// Reads the history from the event after `after`. Its numbers are those of what the caller may know: the gaps between
/// them would tell what is hidden.
pub async fn history(call: &Call, reference: &Reference, after: u64) -> Result<History, Error> {
    let view = call.context.store.view().await?;
    let case = Case::load(&view, call, reference).await?;
    let sight = case.sight(&call.caller)?;
    let mut events = if sight.knows(Part::History) {
        view.events(case.submission.id, after, PAGE + 1).await?
    } else if sight.relation.is_author() {
        let all = view.all_events(case.submission.id).await?;
        let told = (1..).zip(conceal::events(all, &case, &sight, call.caller.person));
        let told = told.map(|(sequence, event)| Event { sequence, ..event });
        told.filter(|event| event.sequence > after).take(usize::from(PAGE) + 1).collect()
    } else {
        return Err(Denied::Forbidden.into());
    };
    let more = events.len() > usize::from(PAGE);
    events.truncate(PAGE.into());
    let next = if more { events.last().map(|event| event.sequence) } else { None };
    let people = view.persons(&persons(&events)).await?;
    let people = people.into_iter().map(|person| (person.id, person)).collect();
    Ok(History { case, events, people, next })
}

fn persons(events: &[Event]) -> BTreeSet<PersonId> {
    events.iter().flat_map(|event| event.by.into_iter().chain(event.what.meta().person)).collect()
}
