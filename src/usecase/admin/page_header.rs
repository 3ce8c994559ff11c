//! What surrounds every page: whose office this is, what time it is there, how much waits for the reader.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    access::Caller,
    domain::Calendar,
    model::{Count, Organisation},
    usecase::{self, Context, Error},
};

/// Letters counted for the demo's bar, at most.
const LETTERS: u16 = 99;

/// What surrounds a page.
#[derive(Clone, Debug)]
pub struct PageHeader {
    /// Whose office.
    pub organisation: Organisation,
    /// Its calendar.
    pub calendar: Calendar,
    /// What time it is.
    pub now: Timestamp,
    /// What the groups of the organisation are called, by their ids; nothing for somebody who is not signed in.
    pub groups: BTreeMap<String, String>,
    /// How much waits for the reader; nothing for somebody who is not signed in.
    pub waiting: Option<Count>,
    /// In the demo: letters in the outbox, counted up to 99.
    pub letters: Option<usize>,
}

/// What surrounds a page for this reader.
pub async fn page_header(context: &Context, caller: Option<&Caller>) -> Result<PageHeader, Error> {
    let view = context.store.view().await?;
    let (organisation, calendar) = usecase::organisation(&view).await?;
    let waiting = match caller {
        Some(caller) => Some(view.your_turn_count(caller.person, &caller.groups).await?),
        None => None,
    };
    let groups = match caller {
        Some(_) => view.groups().await?,
        None => Vec::new(),
    };
    let groups = groups.into_iter().map(|group| (group.slug, group.title)).collect();
    let letters = match context.demo {
        Some(_) => Some(view.letters(None, LETTERS).await?.rows.len()),
        None => None,
    };
    Ok(PageHeader { organisation, calendar, now: context.clock.now(), groups, waiting, letters })
}
