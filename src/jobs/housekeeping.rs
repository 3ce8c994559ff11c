//! What has to be tidied now and then: leftovers of uploads, what was kept long enough, signing keys.

use jiff::{SignedDuration, Timestamp};

use crate::usecase::{Context, Error, account, document, retention};

/// How often the house is tidied.
const EVERY: SignedDuration = SignedDuration::from_mins(30);

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
    account::rotate_keys(context).await?;
    let swept = document::sweep(context).await?;
    retention::sweep(context).await?;
    count_given_up(context).await?;
    tracing::debug!(swept, "Tidied up");
    Ok(())
}
