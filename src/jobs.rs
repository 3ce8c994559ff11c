//! The worker: runs what committed changes left behind, and lets time pass for submissions.
//!
//! Any number of replicas may run one. A job is held with a lease and a token, so a worker that was too slow cannot
//! finish what another took over; every job may run twice and does no harm the second time.

mod announce;
mod deliver;
mod disproved;
mod faulty;
mod housekeeping;
mod invite;
mod prove;
mod shortage;

use std::sync::Arc;

use anyhow::Context as _;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use prove::prove;

use crate::{
    clock::new_id,
    domain::{Effect, MailId},
    mail::{self, Mailer},
    store::{Job, Mail, Next, Person},
    usecase::{self, Context, submission},
    view::{Views, Written},
};

/// How long a job may take before another worker takes it over.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Jobs taken at a time.
const BATCH: u16 = 16;
/// How long the worker rests when there is nothing to do.
const REST: std::time::Duration = std::time::Duration::from_millis(500);
/// A job that failed this often is given up and shown by `doctor`.
const TRIES: u32 = 12;

/// What jobs work with.
#[derive(Clone, Debug)]
pub struct Worker {
    /// For the use cases.
    pub context: Context,
    /// For letters.
    pub views: Arc<Views>,
    /// The way out for letters.
    pub mailer: Mailer,
    /// How people reach this server, for links in letters; without a slash at the end.
    pub public_url: String,
}

impl Worker {
    /// A letter to somebody, as it is queued.
    fn mail(&self, person: &Person, written: Written) -> Mail {
        Mail {
            id: MailId(new_id()),
            organisation: person.organisation,
            person: person.id,
            to: person.email.clone(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            about: None,
            queued_at: self.context.clock.now(),
            sent_at: None,
            dedupe: None,
        }
    }

    /// Works until told to stop; finishes the job at hand.
    pub async fn run(self, stop: CancellationToken) {
        let mut housekeeping = housekeeping::Rota::default();
        while !stop.is_cancelled() {
            let worked = match self.round().await {
                Ok(worked) => worked,
                Err(error) => {
                    tracing::error!(cause = format!("{error:#}"), "The worker could not work");
                    0
                }
            };
            housekeeping.round(&self.context).await;
            if worked == 0 {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(REST) => {}
                }
            }
        }
    }

    /// Does what can be done now; gives how much that was.
    pub async fn round(&self) -> anyhow::Result<usize> {
        let mut worked = 0;
        for (organisation, id) in submission::due(&self.context, BATCH).await? {
            match submission::tick(&self.context, organisation, id).await {
                // Another replica was faster; its work stands.
                Ok(()) | Err(usecase::Error::Stale) => worked += 1,
                Err(error) => {
                    tracing::error!(submission = %id, cause = error_chain(&error), "A deadline could not fire");
                }
            }
        }
        let token = new_id();
        let tx = self.context.store.begin().await?;
        let jobs = tx.claim_jobs(self.context.clock.now(), LEASE, token, BATCH).await?;
        tx.commit().await?;
        for job in jobs {
            worked += 1;
            self.work(&job, token).await?;
        }
        Ok(worked)
    }

    async fn work(&self, job: &Job, token: Uuid) -> anyhow::Result<()> {
        let outcome = self.perform(job).await;
        let now = self.context.clock.now();
        let mut given_up = false;
        let tx = self.context.store.begin().await?;
        match outcome {
            Ok(()) => tx.finish_job(job.id, token, now).await?,
            Err(error) => {
                let cause = format!("{error:#}");
                tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, cause, "A job failed");
                let wait = SignedDuration::from_secs(5i64.saturating_mul(1 << job.attempts.min(10)));
                let next =
                    if job.attempts >= TRIES || is_final(&error) { Next::GiveUp } else { Next::Retry(now + wait) };
                tx.fail_job(job.id, token, now, &cause, next).await?;
                given_up = next == Next::GiveUp;
            }
        }
        tx.commit().await?;
        if given_up {
            tracing::error!(job = %job.id, kind = job.kind, "A job was given up; `doctor` lists it");
            housekeeping::count_given_up(&self.context).await?;
        }
        Ok(())
    }

    async fn perform(&self, job: &Job) -> anyhow::Result<()> {
        let effect: Effect = serde_json::from_value(job.payload.clone()).context("this job says nothing known")?;
        match effect {
            Effect::Announce { organisation, submission, first, last } => {
                announce::run(self, organisation, submission, (first, last)).await
            }
            Effect::Invite { organisation, person, secret } => invite::run(self, organisation, person, &secret).await,
            Effect::Understaffed { organisation, workflow, role, at } => {
                shortage::run(self, organisation, (&workflow, &role), at).await
            }
            Effect::Disproved { organisation, hash } => disproved::run(self, organisation, &hash).await,
            Effect::FaultyDocuments { organisation } => faulty::run(self, organisation, &job.id.to_string()).await,
            Effect::Deliver { mail } => deliver::run(self, mail).await,
        }
    }
}

/// Whether trying again can only end the same way.
fn is_final(error: &anyhow::Error) -> bool {
    error.downcast_ref::<mail::Error>().is_some_and(mail::Error::is_final)
}

fn error_chain(error: &usecase::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
