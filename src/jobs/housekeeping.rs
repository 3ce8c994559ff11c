//! What has to be tidied now and then: leftovers of uploads, ended sessions, old answers, signing keys.

use jiff::{SignedDuration, Timestamp};

use crate::usecase::{Context, Error, account, document};

/// How often the house is tidied.
const EVERY: SignedDuration = SignedDuration::from_mins(30);
/// How long answers to repeated requests, and jobs that are done, are kept.
const KEEP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When the house was last tidied by this worker; tidying twice does no harm.
#[derive(Debug, Default)]
pub(super) struct Rota {
    last: Option<Timestamp>,
}

impl Rota {
    /// Tidies when it is time to; a failure is logged and tried again at the next time.
    pub(super) async fn round(&mut self, context: &Context) {
        let now = context.clock.now();
        if self.last.is_some_and(|last| now.duration_since(last) < EVERY) {
            return;
        }
        self.last = Some(now);
        if let Err(error) = tidy(context).await {
            tracing::error!(cause = super::error_chain(&error), "Housekeeping failed");
        }
    }
}

/// Publishes how many jobs wait for somebody to look at them.
pub(super) async fn count_given_up(context: &Context) -> Result<(), Error> {
    let given_up = context.store.view().await?.failed_job_count().await?;
    metrics::gauge!("jobs_given_up").set(given_up);
    Ok(())
}

async fn tidy(context: &Context) -> Result<(), Error> {
    let now = context.clock.now();
    account::rotate_keys(context).await?;
    let swept = document::sweep(context).await?;
    let tx = context.store.begin().await?;
    let sessions = tx.sweep_sessions(now).await?;
    let answers = tx.sweep_answers(now - KEEP).await?;
    let jobs = tx.sweep_jobs(now - KEEP).await?;
    tx.commit().await?;
    count_given_up(context).await?;
    tracing::debug!(swept, sessions, answers, jobs, "Tidied up");
    Ok(())
}
