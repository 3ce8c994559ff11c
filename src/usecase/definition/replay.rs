//! A version over the past: which finished submissions would have gone another way.

use std::{sync::Arc, time::Duration};

use anyhow::anyhow;
use tokio::time::Instant;

use super::{check::examine, list::known};
use crate::{
    domain::{Calendar, SubmissionId},
    model::Finished,
    usecase::{Call, Error, Reference, admin::looks, organisation, submission},
    workflow::{self, Definition, Divergence, Record},
};

/// Histories in memory at a time.
const PAGE: u16 = 200;

/// Submissions looked at, at most: the last ones.
const MOST: u64 = 10_000;

/// Submissions that are named, at most.
const NAMED: usize = 200;

/// How long it may take; what was found until then is told.
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of the past.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Submissions looked at.
    pub looked_at: u64,
    /// Those that would have gone another way.
    pub otherwise: u64,
    /// The first of them, the last sent first.
    pub named: Vec<Otherwise>,
    /// Whether all finished submissions were looked at.
    pub complete: bool,
}

/// A submission that would have gone another way.
#[derive(Clone, Debug)]
pub struct Otherwise {
    /// Its reference.
    pub reference: String,
    /// Whether whoever asks may open it.
    pub open: bool,
    /// Where first.
    pub divergence: Divergence,
}

/// Runs a version, or the draft where none is named, over the organisation's finished submissions of the workflow.
pub async fn replay(call: &Call, id: &str, hash: Option<&str>) -> Result<Replayed, Error> {
    looks(&call.caller)?;
    let begun = Instant::now();
    let (definition, calendar) = {
        let view = call.context.store.view().await?;
        let (_, calendar) = organisation(&view).await?;
        let definition = if let Some(hash) = hash {
            known(&view, &call.context, id, hash).await?
        } else {
            let draft = view.draft_definition(id).await?.ok_or(Error::NotFound)?;
            drop(view);
            Arc::new(examine(&call.context, draft.source).await?.sound()?)
        };
        (definition, calendar)
    };
    let mut replayed = Replayed { looked_at: 0, otherwise: 0, named: Vec::new(), complete: false };
    let mut before: Option<SubmissionId> = None;
    while replayed.looked_at < MOST && begun.elapsed() < PATIENCE {
        // A look of its own for each page: nobody waits for a connection meanwhile.
        let page = call.context.store.view().await?.finished(id, before, PAGE).await?;
        let Some(last) = page.last() else {
            replayed.complete = true;
            break;
        };
        before = Some(last.id);
        replayed.looked_at = replayed.looked_at.saturating_add(page.len().try_into().unwrap_or(u64::MAX));
        let (definition, calendar) = (definition.clone(), calendar.clone());
        let found = tokio::task::spawn_blocking(move || over(&definition, &calendar, page));
        let found = found.await.map_err(|error| anyhow!(error))?;
        replayed.otherwise = replayed.otherwise.saturating_add(found.len().try_into().unwrap_or(u64::MAX));
        let room = NAMED.saturating_sub(replayed.named.len());
        replayed.named.extend(found.into_iter().take(room));
    }
    for named in &mut replayed.named {
        named.open = submission::is_open(call, &Reference(named.reference.clone())).await?;
    }
    Ok(replayed)
}

fn over(definition: &Definition, calendar: &Calendar, page: Vec<Finished>) -> Vec<Otherwise> {
    let otherwise = |finished: Finished| {
        let Finished { submitter, events, sent, reference, .. } = finished;
        let record = Record { submitter, events: &events, sent: &sent, calendar };
        let divergence = workflow::replay(definition, &record)?;
        Some(Otherwise { reference, open: false, divergence })
    };
    page.into_iter().filter_map(otherwise).collect()
}
