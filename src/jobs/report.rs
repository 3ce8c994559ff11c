//! Numbers for the operator about what waits.

use jiff::Timestamp;

use super::chain;
use crate::{
    numbers, store,
    usecase::{Context, work::MAIL},
};

/// Kinds of work that are counted also where none waits, so that an alert on them has something to look at.
const KINDS: [&str; 7] = ["announce", "deliver", "disproved", "faulty-documents", "invite", "stuck", "understaffed"];

/// A lane has done what there was to do, without a failure.
pub(super) fn succeeded(lane: &'static str, context: &Context) {
    numbers::lane_succeeded(lane, context.clock.now().duration_since(Timestamp::UNIX_EPOCH).as_secs_f64());
}

/// Counts what waits, and publishes it.
pub async fn publish(context: &Context) {
    if let Err(error) = count(context).await {
        tracing::warn!(cause = chain(&error), "What waits could not be counted");
    }
}

async fn count(context: &Context) -> Result<(), store::Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let found = view.waiting().await?;
    for kind in KINDS {
        let waiting = found.iter().find(|waiting| waiting.kind == kind);
        let oldest = waiting.map_or(0, |waiting| now.duration_since(waiting.first).as_secs());
        numbers::waiting(kind, waiting.map_or(0, |waiting| waiting.jobs), oldest);
    }
    numbers::letters_unsent(view.unsent_letters().await?);
    numbers::letters_kept(view.kept().await?.map_or(0, |kept| kept.many));
    numbers::given_up(view.failed_job_count().await?);
    numbers::deadlines_given_up(view.timers_given_up().await?);
    numbers::mail_paused(view.channel(MAIL).await?.is_some_and(|channel| channel.failures > 0));
    let ahead = view.strange_clocks().await?.into_iter().map(|clock| clock.ahead.as_secs_f64());
    numbers::clock_ahead(ahead.fold(0.0, |most: f64, ahead| if ahead.abs() > most.abs() { ahead } else { most }));
    Ok(())
}
