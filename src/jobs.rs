//! The worker: runs what committed changes left behind, and lets time pass for submissions.
//!
//! Letters, other effects, deadlines and housekeeping are lanes of their own: none waits for another, each piece of work
//! has its time, and what breaks in one stays there. Any number of replicas may run them. A job is held with a lease and
//! a token, so a worker that was too slow cannot finish what another took over; every job may run twice and does no harm
//! the second time.

mod alarm;
mod announce;
mod ask;
mod deadline;
mod deliver;
mod errand;
mod housekeeping;
mod invite;
mod lane;
mod post;
mod prove;
mod pulse;
mod report;
mod watch;

use std::{future::Future, sync::Arc, time::Duration};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use prove::prove;
pub use report::publish as count_waiting;
pub use watch::Watch;

use crate::{
    clock::new_id,
    domain::MailId,
    mail::Mailer,
    model::{Job, Mail, Next, Person},
    present::{Views, Written},
    usecase::{
        Context, Error,
        work::{self, Taken},
    },
};
use lane::{Pause, queue, supervised, woken};
use pulse::Wake;

/// Errands done at a time.
const ERRANDS: u16 = 4;
/// How long [`Worker::run`] goes on after it was told to stop, whatever a mail server does.
pub const ENDS_WITHIN: Duration = Duration::from_secs(5);

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
    /// Whether the clock can be trusted.
    pub watch: Watch,
}

impl Worker {
    /// A letter to somebody, as it is queued.
    fn mail(&self, person: &Person, written: Written) -> Mail {
        Mail {
            id: MailId(new_id()),
            person: person.id,
            to: person.email.clone(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            about: None,
            queued_at: self.context.clock.now(),
            sent_at: None,
            dedupe: None,
            kept_at: None,
            dropped_at: None,
        }
    }

    /// Works until told to stop, and ends within [`ENDS_WITHIN`] then: what is at hand may be finished meanwhile, what
    /// is not is left to whoever comes next.
    pub async fn run(self, stop: CancellationToken) {
        let worker = Arc::new(self);
        worker.watch.begin();
        let wake = Arc::new(Wake::default());
        let mut lanes = JoinSet::new();
        let lane = |worker: &Arc<Self>| (worker.clone(), stop.clone(), wake.clone());

        let (watched, told, _) = lane(&worker);
        lanes.spawn(supervised("clock", stop.clone(), move || watch::run(watched.clone(), told.clone())));
        let (looking, told, waking) = lane(&worker);
        lanes
            .spawn(supervised("look", stop.clone(), move || pulse::run(looking.clone(), told.clone(), waking.clone())));
        let (timed, told, waking) = lane(&worker);
        lanes.spawn(supervised("deadlines", stop.clone(), move || {
            timed.clone().deadlines(told.clone(), waking.clone())
        }));
        let (running, told, waking) = lane(&worker);
        lanes.spawn(supervised("errands", stop.clone(), move || running.clone().errands(told.clone(), waking.clone())));
        let (posting, told, waking) = lane(&worker);
        lanes.spawn(supervised("letters", stop.clone(), move || posting.clone().letters(told.clone(), waking.clone())));
        let (tidying, told, _) = lane(&worker);
        lanes.spawn(supervised("housekeeping", stop.clone(), move || housekeeping::run(tidying.clone(), told.clone())));

        stop.cancelled().await;
        let ended = async { while lanes.join_next().await.is_some() {} };
        if tokio::time::timeout(ENDS_WITHIN, ended).await.is_err() {
            tracing::warn!("Some work was cut short by the stop; it is taken up again after the next start");
            lanes.abort_all();
        }
    }

    /// Does one after the other what can be done now, once; gives how much that was. For whoever moves time by hand.
    pub async fn round(&self) -> anyhow::Result<usize> {
        let mut worked = deadline::round(self).await?;
        for taken in work::claim_errands(&self.context, 16).await? {
            errand::work(self, &taken).await?;
            worked += 1;
        }
        for taken in work::claim_letters(&self.context, 16).await? {
            post::work(self, &taken).await?;
            worked += 1;
        }
        Ok(worked)
    }

    async fn deadlines(self: Arc<Self>, stop: CancellationToken, wake: Arc<Wake>) {
        let mut pause = Pause::default();
        while !stop.is_cancelled() {
            let rest = match deadline::round(&self).await {
                Ok(0) => None,
                Ok(_) => {
                    pause.reset();
                    continue;
                }
                Err(error) => {
                    tracing::error!(cause = format!("{error:#}"), "Deadlines cannot be looked at");
                    Some(pause.grow())
                }
            };
            woken(&stop, &wake.deadlines, rest).await;
        }
    }

    async fn errands(self: Arc<Self>, stop: CancellationToken, wake: Arc<Wake>) {
        let claim = |room| {
            let worker = self.clone();
            async move { Ok(work::claim_errands(&worker.context, room).await?) }
        };
        let work = |taken: Taken| {
            let worker = self.clone();
            async move { errand::work(&worker, &taken).await }
        };
        queue(ERRANDS, &stop, &wake.errands, claim, work).await;
    }

    async fn letters(self: Arc<Self>, stop: CancellationToken, wake: Arc<Wake>) {
        let claim = |room| {
            let worker = self.clone();
            async move { Ok(work::claim_letters(&worker.context, room).await?) }
        };
        let work = |taken: Taken| {
            let worker = self.clone();
            async move { post::work(&worker, &taken).await }
        };
        queue(self.context.config.mail_connections, &stop, &wake.letters, claim, work).await;
        self.mailer.hang_up().await;
    }
}

/// Notes what became of a job, again and again while the database is away. Where another worker took the job over
/// meanwhile, that one's word counts.
async fn noted<F>(note: impl Fn() -> F) -> anyhow::Result<()>
where
    F: Future<Output = Result<(), Error>>,
{
    let mut pause = Pause::default();
    for _ in 0..4 {
        match note().await {
            Ok(()) | Err(Error::Stale) => return Ok(()),
            Err(_) => tokio::time::sleep(pause.grow()).await,
        }
    }
    match note().await {
        Ok(()) | Err(Error::Stale) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn say_failed(job: &Job, cause: &str, next: Next) {
    match next {
        Next::Retry(again) => {
            tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, cause, %again, "A job failed");
        }
        Next::GiveUp => {
            tracing::error!(job = %job.id, kind = job.kind, cause, "A job was given up; `imprimatur job list` lists it");
        }
    }
}

/// An error with everything behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
