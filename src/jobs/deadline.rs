//! The lane of deadlines: fires the timers of submissions; one that fails rests and does not stand in the way of others.

use std::time::Duration;

use futures_util::StreamExt as _;

use super::{Worker, chain, lane, report};
use crate::{
    domain::SubmissionId,
    model::Next,
    usecase::{Error, submission},
};

/// Timers looked at together.
const BATCH: u16 = 32;
/// Timers fired at a time.
const AT_ONCE: usize = 4;
/// How long one may take.
const AT_MOST: Duration = Duration::from_secs(30);
/// One that failed this often is given up, and the office is told.
const TRIES: u32 = 12;

/// Fires what is due now; gives how much that was, failed or not.
pub(super) async fn round(worker: &Worker) -> anyhow::Result<usize> {
    if worker.watch.is_in_doubt() {
        return Ok(0);
    }
    let due = submission::due(&worker.context, BATCH).await?;
    let many = due.len();
    let fired = futures_util::stream::iter(due).map(|id| fire(worker, id));
    // The first that cannot even be noted is told; the others are seen to all the same.
    let noted: Vec<anyhow::Result<()>> = fired.buffer_unordered(AT_ONCE).collect().await;
    noted.into_iter().collect::<anyhow::Result<()>>()?;
    Ok(many)
}

async fn fire(worker: &Worker, id: SubmissionId) -> anyhow::Result<()> {
    let context = &worker.context;
    let tick = async { Ok(Box::pin(submission::tick(context, id)).await) };
    let cause = match lane::bounded(AT_MOST, tick).await {
        Ok(Ok(())) => {
            report::succeeded("deadlines", context);
            return Ok(());
        }
        // Another replica was faster, or it is gone.
        Ok(Err(Error::Stale | Error::NotFound)) => return Ok(()),
        Ok(Err(error)) => chain(&error),
        Err(error) => format!("{error:#}"),
    };
    let next = submission::tick_failed(context, id, &cause, |attempts| {
        if attempts >= TRIES { Next::GiveUp } else { Next::Retry(context.clock.now() + lane::wait(attempts)) }
    });
    match next.await? {
        Next::Retry(again) => tracing::warn!(submission = %id, cause, %again, "A deadline could not fire"),
        Next::GiveUp => {
            tracing::error!(submission = %id, cause, "A deadline was given up; `imprimatur job list` lists it");
        }
    }
    Ok(())
}
