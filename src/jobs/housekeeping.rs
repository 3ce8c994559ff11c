//! What has to be tidied now and then: leftovers of uploads, what was kept long enough, signing keys.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{
    Worker, chain,
    lane::{LONGEST, bounded},
    report,
};
use crate::{
    numbers,
    usecase::{
        Context, Error, account,
        document::{self, Left, Surveyed, Turn},
        retention, work,
    },
};

/// How often the house is tidied.
const EVERY: Duration = Duration::from_mins(30);
/// How often it is seen whether every document is there.
const SURVEY: Duration = Duration::from_hours(24);
/// How often what waits too long is looked for.
const HASTEN: Duration = Duration::from_mins(1);
/// How long tidying may take.
const AT_MOST: Duration = Duration::from_hours(2);

/// When this worker last did what, by a clock that nobody can set; tidying twice does no harm.
#[derive(Debug, Default)]
struct Rota {
    tidied: Option<Instant>,
    surveyed: Option<Instant>,
}

/// Tidies every half-hour; a failure is logged and tried again at the next time.
pub(super) async fn run(worker: Arc<Worker>, stop: CancellationToken) {
    let mut rota = Rota::default();
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => return,
            done = bounded(AT_MOST, rota.round(&worker)) => if let Err(error) = done {
                tracing::error!(cause = format!("{error:#}"), "Housekeeping failed");
            },
        }
        // At the start the clocks have not been compared yet.
        let rest = if rota.tidied.is_some() { HASTEN } else { Duration::from_secs(1) };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

impl Rota {
    async fn round(&mut self, worker: &Worker) -> anyhow::Result<()> {
        let context = &worker.context;
        hasten(context).await.map_err(|error| told(&error))?;
        // While the clock is in doubt nothing is too old to keep.
        let due = self.tidied.is_none_or(|tidied| tidied.elapsed() >= EVERY);
        if due && !worker.watch.is_in_doubt() {
            let ran = self.tidied.replace(Instant::now()).map(|tidied| tidied.elapsed()).unwrap_or_default();
            tidy(context, Turn { ran: ran.min(EVERY), allowed: None }).await?;
            report::succeeded("housekeeping", context);
        }
        if self.surveyed.is_none_or(|surveyed| surveyed.elapsed() >= SURVEY) {
            self.surveyed = Some(Instant::now());
            survey(context).await;
        }
        Ok(())
    }
}

async fn hasten(context: &Context) -> Result<(), Error> {
    let work::Hastened { jobs, deadlines } = work::hasten(context, LONGEST).await?;
    if jobs + deadlines > 0 {
        tracing::warn!(jobs, deadlines, "Work that a wrong clock had put off is done now");
    }
    Ok(())
}

async fn tidy(context: &Context, turn: Turn) -> anyhow::Result<()> {
    account::rotate_keys(context).await.map_err(|error| told(&error))?;
    sweep(context, turn).await;
    retention::sweep(context).await.map_err(|error| told(&error))?;
    let letters = work::tidy(context).await.map_err(|error| told(&error))?;
    if letters > 0 {
        tracing::info!(letters, "Letters that were kept while mail was off wait for a word; see `imprimatur job list`");
    }
    tracing::debug!("Tidied up");
    Ok(())
}

/// Sweeps documents; whatever is wrong with their store stops nothing else.
async fn sweep(context: &Context, turn: Turn) {
    match document::sweep(context, turn).await {
        Ok(swept) => numbers::swept(swept.documents, matches!(swept.left, Some(Left::TooMany { .. }))),
        Err(error) => tracing::error!(cause = chain(&error), "Documents could not be swept"),
    }
}

/// Counts documents that are missing or unknown; the alarm is raised for each that is missing.
async fn survey(context: &Context) {
    match document::watch(context).await {
        Ok(Surveyed { documents, faulty, unknown }) => {
            tracing::info!(documents, faulty, unknown, "Looked at all documents");
            numbers::documents(faulty, unknown);
        }
        Err(error) => tracing::error!(cause = chain(&error), "Documents could not be looked at"),
    }
}

fn told(error: &Error) -> anyhow::Error {
    anyhow::anyhow!(chain(error))
}
