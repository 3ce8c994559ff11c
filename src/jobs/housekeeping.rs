//! What has to be tidied now and then: leftovers of uploads, what was kept long enough, signing keys.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use crate::{
    numbers,
    usecase::{
        Context, Error, account,
        document::{self, Left, Surveyed, Turn},
        retention,
    },
};

/// How often the house is tidied.
const EVERY: SignedDuration = SignedDuration::from_mins(30);
/// How often it is seen whether every document is there.
const SURVEY: Duration = Duration::from_hours(24);

/// When the house was last tidied by this worker; tidying twice does no harm.
#[derive(Debug, Default)]
pub(super) struct Rota {
    last: Option<Timestamp>,
    /// The same by a clock that nobody can set.
    swept: Option<Instant>,
    /// When all documents were last looked at.
    surveyed: Option<Instant>,
}

impl Rota {
    /// Tidies when it is time to; a failure is logged and tried again at the next time.
    pub(super) async fn round(&mut self, context: &Context) {
        let now = context.clock.now();
        if self.last.is_some_and(|last| now.duration_since(last) < EVERY) {
            return;
        }
        self.last = Some(now);
        let ran = self.swept.replace(Instant::now()).map(|swept| swept.elapsed()).unwrap_or_default();
        let turn = Turn { ran: ran.min(EVERY.unsigned_abs()), allowed: None };
        if let Err(error) = tidy(context, turn).await {
            tracing::error!(cause = super::error_chain(&error), "Housekeeping failed");
        }
        if self.surveyed.is_none_or(|surveyed| surveyed.elapsed() >= SURVEY) {
            self.surveyed = Some(Instant::now());
            survey(context).await;
        }
    }
}

/// Publishes how many jobs wait for somebody to look at them.
pub(super) async fn count_given_up(context: &Context) -> Result<(), Error> {
    let given_up = context.store.view().await?.failed_job_count().await?;
    numbers::given_up(given_up);
    Ok(())
}

async fn tidy(context: &Context, turn: Turn) -> Result<(), Error> {
    account::rotate_keys(context).await?;
    sweep(context, turn).await;
    retention::sweep(context).await?;
    count_given_up(context).await?;
    tracing::debug!("Tidied up");
    Ok(())
}

/// Sweeps documents; whatever is wrong with their store stops nothing else.
async fn sweep(context: &Context, turn: Turn) {
    match document::sweep(context, turn).await {
        Ok(swept) => {
            metrics::counter!(numbers::SWEPT).increment(swept.documents);
            let stopped = matches!(swept.left, Some(Left::TooMany { .. }));
            metrics::gauge!(numbers::SWEEP_STOPPED).set(if stopped { 1.0 } else { 0.0 });
        }
        Err(error) => tracing::error!(cause = super::error_chain(&error), "Documents could not be swept"),
    }
}

/// Counts documents that are missing or unknown; the alarm is raised for each that is missing.
async fn survey(context: &Context) {
    match document::watch(context).await {
        Ok(Surveyed { documents, faulty, unknown }) => {
            tracing::info!(documents, faulty, unknown, "Looked at all documents");
            metrics::gauge!(numbers::FAULTY).set(count(faulty));
            metrics::gauge!(numbers::UNKNOWN).set(count(unknown));
        }
        Err(error) => tracing::error!(cause = super::error_chain(&error), "Documents could not be looked at"),
    }
}

/// As numbers for the operator are kept; beyond four thousand million nobody counts.
fn count(number: u64) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}
