//! Work that does not get done by itself: what was given up, what rests, what was kept. Seen, tried again, or let go with
//! a reason, by administrators and by whoever may use the server's command line.

mod delivery;
mod look;
mod taken;
mod tidy;

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Context, Error};
use crate::{
    clock::new_id,
    domain::{Effect, JobId, MailId, Paragraphs, PersonId, SubmissionId},
    model::{Channel, Job, Kept, LogAct, LogKind, LogLine, MachineClock, TimerFailure},
    store::{self, ReadTx, Tx},
};

pub use delivery::{Delivery, claim_letters, delivered};
pub use look::{Clocks, Look, Numbers, clocks, count, keep_clock, left, look};
pub use taken::{Taken, Trial, claim_errands, errand_done, errand_failed};
pub use tidy::{Hastened, hasten, tidy};

/// Under which name the way out for letters is kept.
const MAIL: &str = "mail";
/// How much of each is listed.
const LISTED: u16 = 100;
/// Kept letters that are offered in one transaction.
const PAGE: u16 = 500;

/// Everything that does not get done by itself.
#[derive(Clone, Debug)]
pub struct Undone {
    /// What was given up, the last first.
    pub jobs: Vec<Job>,
    /// Deadlines that fail, given up or not.
    pub deadlines: Vec<TimerFailure>,
    /// A mail server that is away.
    pub mail: Option<Channel>,
    /// Letters that were kept while mail was off.
    pub letters: Option<Kept>,
    /// Clocks that are ahead or behind.
    pub clocks: Vec<MachineClock>,
}

/// One of them, as it is named on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A job, or the deadline of a submission, by its id.
    Id(Uuid),
    /// The deadline of a submission, by its reference.
    Reference(String),
    /// The mail server.
    Mail,
    /// The letters that were kept.
    Letters,
    /// The clock.
    Clock,
    /// Everything that was given up or fails, and the mail server.
    Everything,
}

impl FromStr for Named {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            MAIL => Self::Mail,
            "letters" => Self::Letters,
            "clock" => Self::Clock,
            "everything" => Self::Everything,
            _ => text.parse().map_or_else(|_| Self::Reference(text.to_owned()), Self::Id),
        })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Reference(reference) => f.write_str(reference),
            Self::Mail => f.write_str(MAIL),
            Self::Letters => f.write_str("letters"),
            Self::Clock => f.write_str("clock"),
            Self::Everything => f.write_str("everything"),
        }
    }
}

/// In whose name something is seen to: an administrator's, or that of whoever may use the server's command line.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// What there is to work with.
    pub context: &'a Context,
    /// Who; nobody is named on the command line.
    pub by: Option<PersonId>,
}

impl<'a> From<&'a Context> for Hand<'a> {
    fn from(context: &'a Context) -> Self {
        Self { context, by: None }
    }
}

/// What does not get done by itself now.
pub async fn undone(context: &Context) -> Result<Undone, Error> {
    let view = context.store.view().await?;
    Ok(Undone {
        jobs: view.failed_jobs(LISTED).await?,
        deadlines: view.timer_failures(LISTED).await?,
        mail: view.channel(MAIL).await?.filter(|channel| channel.failures > 0),
        letters: view.kept().await?,
        clocks: view.strange_clocks().await?,
    })
}

/// What whoever watches the server should know of it, the most pressing first, with nothing of what is worked on.
pub async fn notes(context: &Context) -> Result<Vec<&'static str>, Error> {
    let view = context.store.view().await?;
    let held = view.strange_clocks().await?.iter().any(|clock| clock.held.is_some());
    let away = view.channel(MAIL).await?.is_some_and(|channel| channel.failures > 0);
    let given_up = view.failed_job_count().await? + view.timers_given_up().await? > 0;
    let notes = [
        (held, "the clock is in doubt: deadlines are held back"),
        (away, "the mail server takes no letters; they wait"),
        (given_up, "work was given up; `imprimatur job list` says which"),
    ];
    Ok(notes.into_iter().filter_map(|(so, note)| so.then_some(note)).collect())
}

/// Lets the worker try one of them again, as if for the first time; gives how many that were.
pub async fn retry(hand: impl Into<Hand<'_>>, what: &Named, since: SignedDuration) -> Result<u64, Error> {
    let hand: Hand<'_> = hand.into();
    let context = hand.context;
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let many = match what {
        Named::Mail => match tx.hasten_channel(MAIL, now).await? {
            0 => return Err(Error::Conflict("the mail server is not away".to_owned())),
            many => many,
        },
        Named::Clock => {
            let many = tx.trust_clocks().await?;
            note(&tx, hand, LogAct::ClockTrusted, "clock", json!({ "clocks": many })).await?;
            many
        }
        Named::Letters => {
            // Page by page, each a change of its own.
            drop(tx);
            return offer(hand, now - since).await;
        }
        Named::Everything => {
            let (jobs, deadlines) = (tx.retry_jobs(now).await?, tx.forget_timer_failures().await?);
            let mail = tx.hasten_channel(MAIL, now).await?;
            let detail = json!({ "jobs": jobs, "deadlines": deadlines });
            note(&tx, hand, LogAct::EverythingRetried, "job", detail).await?;
            jobs + deadlines + mail
        }
        Named::Id(_) | Named::Reference(_) => {
            match found(&tx, what).await? {
                Found::Job(job) => {
                    tx.retry_job(job.id, now).await.map_err(waits_for_nobody)?;
                    let detail = json!({ "kind": job.kind, "error": job.error });
                    note(&tx, hand, LogAct::JobRetried, &format!("job/{}", job.id), detail).await?;
                }
                Found::Deadline(failure) => {
                    tx.forget_timer_failure(failure.submission).await?;
                    let subject = format!("submission/{}", failure.reference);
                    let detail = json!({ "error": failure.error });
                    note(&tx, hand, LogAct::DeadlineRetried, &subject, detail).await?;
                }
            }
            1
        }
    };
    tx.commit().await?;
    Ok(many)
}

/// Lets go of one of them: it is never tried again, and nobody is told of it any more. The log keeps why.
pub async fn dismiss(hand: impl Into<Hand<'_>>, what: &Named, reason: &str) -> Result<u64, Error> {
    let hand: Hand<'_> = hand.into();
    let context = hand.context;
    let reason: String = Paragraphs::read(reason).map_err(|fault| Error::text("reason", fault))?.into();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing", "say why this need not be done"));
    }
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let many = match what {
        Named::Mail | Named::Clock | Named::Everything => {
            return Err(Error::Conflict(format!("{what} cannot be let go: set it right, then `job retry {what}`")));
        }
        Named::Letters => {
            let many = tx.drop_kept(now).await?;
            note(&tx, hand, LogAct::LettersDismissed, "letters", json!({ "letters": many, "reason": reason })).await?;
            many
        }
        Named::Id(_) | Named::Reference(_) => {
            match found(&tx, what).await? {
                Found::Job(job) => {
                    tx.dismiss_job(job.id, now).await.map_err(waits_for_nobody)?;
                    if let Ok(Effect::Deliver { mail }) = serde_json::from_value(job.payload.clone()) {
                        tx.drop_mail(mail, now).await?;
                    }
                    let detail = json!({ "kind": job.kind, "error": job.error, "reason": reason });
                    note(&tx, hand, LogAct::JobDismissed, &format!("job/{}", job.id), detail).await?;
                }
                Found::Deadline(failure) => {
                    tx.dismiss_timer(failure.submission, now).await.map_err(waits_for_nobody)?;
                    let subject = format!("submission/{}", failure.reference);
                    let detail = json!({ "error": failure.error, "reason": reason });
                    note(&tx, hand, LogAct::DeadlineDismissed, &subject, detail).await?;
                }
            }
            1
        }
    };
    tx.commit().await?;
    Ok(many)
}

/// What a name stands for.
enum Found {
    Job(Job),
    Deadline(TimerFailure),
}

async fn found(view: &ReadTx, what: &Named) -> Result<Found, Error> {
    let deadline = match what {
        Named::Id(id) => match view.job(JobId(*id)).await? {
            Some(job) => return Ok(Found::Job(job)),
            None => view.timer_failure(SubmissionId(*id)).await?,
        },
        Named::Reference(reference) => {
            let failures = view.timer_failures(u16::MAX).await?;
            failures.into_iter().find(|failure| failure.reference == *reference)
        }
        _ => None,
    };
    deadline.map(Found::Deadline).ok_or(Error::NotFound)
}

/// Has letters that were kept sent after all: those written after an instant.
async fn offer(hand: Hand<'_>, after: Timestamp) -> Result<u64, Error> {
    let context = hand.context;
    if context.config.smtp.is_none() {
        return Err(Error::Conflict("mail is off: set `smtp` first".to_owned()));
    }
    let mut many = 0;
    loop {
        let now = context.clock.now();
        let tx = context.store.begin().await?;
        let letters = tx.kept_mail(after, PAGE).await?;
        if letters.is_empty() {
            note(&tx, hand, LogAct::LettersOffered, "letters", json!({ "letters": many })).await?;
            tx.commit().await?;
            return Ok(many);
        }
        tx.unkeep_mail(&letters).await?;
        for mail in &letters {
            deliver(&tx, *mail, now).await?;
        }
        tx.commit().await?;
        many += u64::try_from(letters.len()).unwrap_or(u64::MAX);
    }
}

/// A delivery that somebody asked for: its patience begins now, however old the letter is.
async fn deliver(tx: &Tx, mail: MailId, now: Timestamp) -> Result<(), Error> {
    let effect = Effect::Deliver { mail };
    let payload = serde_json::to_value(&effect).map_err(anyhow::Error::from)?;
    let job = Job::new(JobId(new_id()), effect.kind(), payload, now, None);
    tx.add_job(&Job { retried_at: Some(now), ..job }).await?;
    Ok(())
}

fn waits_for_nobody(error: store::Error) -> Error {
    match error {
        store::Error::Stale => Error::Conflict("this was not given up, or somebody has seen to it already".to_owned()),
        other => other.into(),
    }
}

async fn note(tx: &Tx, hand: Hand<'_>, act: LogAct, subject: &str, detail: Value) -> Result<(), Error> {
    let line = LogLine {
        id: new_id(),
        at: hand.context.clock.now(),
        kind: LogKind::Change,
        submission: None,
        actor: hand.by,
        act: act.to_string(),
        subject: subject.to_owned(),
        detail,
    };
    Ok(tx.add_log(&line).await?)
}
