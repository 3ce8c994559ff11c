//! Work that committed changes left behind, other than letters: done, or tried again, or given up.

use std::time::Duration;

use anyhow::Context as _;

use super::{Worker, alarm, announce, ask, invite, lane, report};
use crate::{
    domain::Effect,
    model::{Job, Next},
    usecase::{
        Error, absence,
        definition::Proposed,
        document, submission,
        work::{self, Taken},
    },
};

/// How long one may take; shorter than the lease.
const AT_MOST: Duration = Duration::from_mins(1);
/// One that failed this often is given up and shown by `job list`.
const TRIES: u32 = 12;

/// Does one and notes what became of it.
pub(super) async fn work(worker: &Worker, taken: &Taken) -> anyhow::Result<()> {
    let outcome = lane::bounded(AT_MOST, perform(worker, &taken.job)).await;
    let failed = outcome.err().map(|error| format!("{error:#}"));
    super::noted(|| note(worker, taken, failed.as_deref())).await
}

async fn note(worker: &Worker, taken: &Taken, failed: Option<&str>) -> Result<(), Error> {
    let context = &worker.context;
    let Some(cause) = failed else {
        work::errand_done(context, taken).await?;
        report::succeeded("errands", context);
        return Ok(());
    };
    let attempts = taken.job.attempts;
    let next = if attempts >= TRIES && !waits(&taken.job) {
        Next::GiveUp
    } else {
        Next::Retry(context.clock.now() + lane::wait(attempts))
    };
    work::errand_failed(context, taken, cause, next).await?;
    super::say_failed(&taken.job, cause, next);
    Ok(())
}

/// Whether somebody waits for it as long as it is not done: a file that no scanner has passed is given to nobody.
fn waits(job: &Job) -> bool {
    matches!(serde_json::from_value(job.payload.clone()), Ok(Effect::Scan { .. }))
}

async fn perform(worker: &Worker, job: &Job) -> anyhow::Result<()> {
    let effect: Effect = serde_json::from_value(job.payload.clone()).context("this job says nothing known")?;
    match effect {
        Effect::Announce { submission, first, last } => announce::run(worker, submission, first, last).await,
        Effect::Invite { person } => invite::run(worker, person, job.id).await,
        Effect::Reset { person } => invite::reset(worker, person, job.id).await,
        Effect::SecondFactorTakenAway { person } => invite::second_factor(worker, person, job.id).await,
        Effect::AddressAsked { change, .. } => invite::address(worker, change, job.id).await,
        Effect::AddressChanged { person, before } => invite::address_changed(worker, person, &before, job.id).await,
        Effect::AskDisclosure { request } => ask::disclosure(worker, request).await,
        Effect::Understaffed { workflow, role, at } => alarm::shortage(worker, &workflow, &role, at).await,
        Effect::Look { slug, after } => Ok(submission::look_on(&worker.context, &slug, after).await?),
        Effect::Absent { absence } => alarm::absent(worker, absence).await,
        Effect::AbsenceBegins { absence } => Ok(absence::begins(&worker.context, absence).await?),
        Effect::AbsenceEnds { absence } => alarm::back(worker, absence).await,
        Effect::Disproved { hash } => alarm::disproved(worker, &hash).await,
        Effect::Proposed { hash } => alarm::proposed(worker, Proposed::Version(hash)).await,
        Effect::MigrationProposed { plan } => alarm::proposed(worker, Proposed::Migration(plan)).await,
        Effect::FaultyDocuments => alarm::faulty(worker, &job.id.to_string()).await,
        Effect::Stuck { submission } => alarm::stuck(worker, submission).await,
        Effect::Scan { document } => Ok(document::scan(&worker.context, document).await?),
        Effect::Deliver { .. } => anyhow::bail!("letters go another way"),
    }
}
