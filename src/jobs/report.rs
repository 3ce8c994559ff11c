//! Numbers for the operator about what waits.

use jiff::Timestamp;

use super::chain;
use crate::{
    numbers,
    usecase::{Context, Error, work},
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

async fn count(context: &Context) -> Result<(), Error> {
    let now = context.clock.now();
    let found = work::count(context).await?;
    for kind in KINDS {
        let waiting = found.waiting.iter().find(|waiting| waiting.kind == kind);
        let oldest = waiting.map_or(0, |waiting| now.duration_since(waiting.first).as_secs());
        numbers::waiting(kind, waiting.map_or(0, |waiting| waiting.jobs), oldest);
    }
    numbers::letters_unsent(found.letters_unsent);
    numbers::letters_kept(found.letters_kept);
    numbers::given_up(found.given_up);
    numbers::deadlines_given_up(found.deadlines_given_up);
    numbers::mail_paused(found.mail_paused);
    let ahead = found.clocks.into_iter().map(|clock| clock.ahead.as_secs_f64());
    numbers::clock_ahead(ahead.fold(0.0, |most: f64, ahead| if ahead.abs() > most.abs() { ahead } else { most }));
    Ok(())
}
