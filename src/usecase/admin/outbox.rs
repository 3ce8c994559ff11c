//! The way out for letters: whether there is one and what it answers, what waits there, and what was given up.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::timeout;

use super::administers;
use crate::{
    clock::new_id,
    domain::{Effect, Line, MailId},
    mail::{self, Letter, Mailer},
    model::{Channel, Job, Kept, LogAct, Mail, Page, Receipt},
    store::ReadTx,
    usecase::{
        Call, Context, Error,
        work::{self, Hand, Named},
    },
};

/// Rows on one page.
const PAGE: u16 = 50;
/// How long a mail server may take over a letter that is only tried.
const PATIENCE: Duration = Duration::from_secs(15);
/// Letters that were kept go out where they are no older.
const NO_OLDER: SignedDuration = SignedDuration::from_hours(24 * 5);
/// The setting with what was answered last.
const TRIED: &str = "mail_tried";

/// What there is of letters that were not sent.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// The way out.
    pub way: WayOut,
    /// What the server answered to the last letter that was only tried.
    pub tried: Option<Tried>,
    /// What was kept while mail was off.
    pub kept: Option<Kept>,
    /// What was not sent, the first first.
    pub letters: Page<Unsent>,
    /// What was given up, the last first.
    pub given_up: Vec<GivenUp>,
}

/// Whether letters go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// No server is set.
    Off,
    /// To a server.
    On,
    /// To a server that takes nothing now.
    Away(Channel),
}

/// What a mail server answered to a letter that was only tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// When.
    pub at: Timestamp,
    /// To which address.
    pub to: String,
    /// Whether it took the letter.
    pub taken: bool,
    /// Its own words, or why it said none.
    pub answer: String,
}

/// Something that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// As [`retry`] and [`dismiss`] are told of it.
    pub name: String,
    /// What it is.
    pub what: Lost,
    /// Why.
    pub error: String,
}

/// A letter that was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// To which address, with its subject. Not of a letter about a submission: who looks after the house need not know who
    /// has to do with which.
    pub open: Option<(String, String)>,
    /// When it was written.
    pub at: Timestamp,
    /// Whether it is kept because mail was off.
    pub kept: bool,
}

impl Unsent {
    fn of(mail: Mail) -> Self {
        let open = mail.about.is_none().then(|| (mail.to.to_string(), mail.subject));
        Self { open, at: mail.queued_at, kept: mail.kept_at.is_some() }
    }
}

/// What was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A letter, with the address that does not take it; its subject where it is about no submission.
    Letter(String, Option<String>),
    /// A deadline of a submission, by its reference.
    Deadline(String),
    /// Other work, by its kind.
    Work(String),
}

/// A letter that is only tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
}

/// What waits, what was given up, and how the way out stands. For administrators; what letters say stays closed.
pub async fn outbox(call: &Call, cursor: Option<&str>) -> Result<Outbox, Error> {
    administers(&call.caller)?;
    let undone = work::undone(&call.context).await?;
    let view = call.context.store.view().await?;
    let mut given_up = Vec::new();
    for failure in undone.deadlines.iter().filter(|failure| failure.given_up_at.is_some()) {
        given_up.push(GivenUp {
            name: failure.reference.clone(),
            what: Lost::Deadline(failure.reference.clone()),
            error: failure.error.clone(),
        });
    }
    for job in &undone.jobs {
        let error = job.error.clone().unwrap_or_default();
        given_up.push(GivenUp { name: job.id.to_string(), what: lost(&view, job).await?, error });
    }
    let letters = view.unsent_mail(cursor, PAGE).await?;
    Ok(Outbox {
        way: match undone.mail {
            _ if call.context.config.smtp.is_none() => WayOut::Off,
            Some(away) => WayOut::Away(away),
            None => WayOut::On,
        },
        tried: tried(&view).await?,
        kept: undone.letters,
        letters: Page { rows: letters.rows.into_iter().map(Unsent::of).collect(), next: letters.next },
        given_up,
    })
}

async fn lost(view: &ReadTx, job: &Job) -> Result<Lost, Error> {
    let letter = match serde_json::from_value(job.payload.clone()) {
        Ok(Effect::Deliver { mail }) => view.mail(mail).await?,
        _ => None,
    };
    Ok(letter.map_or_else(
        || Lost::Work(job.kind.clone()),
        |mail| Lost::Letter(mail.to.to_string(), mail.about.is_none().then_some(mail.subject)),
    ))
}

/// What the mail server answered last.
pub(super) async fn tried(view: &ReadTx) -> Result<Option<Tried>, Error> {
    Ok(view.setting(TRIED).await?)
}

/// Has something tried again that was given up, or letters sent that were kept.
pub async fn retry(call: &Call, what: &Named) -> Result<(), Error> {
    administers(&call.caller)?;
    work::retry(hand(call), what, NO_OLDER).await?;
    Ok(())
}

/// Lets go of something that was given up, or of the letters that were kept.
pub async fn dismiss(call: &Call, what: &Named, reason: &str) -> Result<(), Error> {
    administers(&call.caller)?;
    work::dismiss(hand(call), what, reason).await?;
    Ok(())
}

fn hand(call: &Call) -> Hand<'_> {
    Hand { context: &call.context, by: Some(call.caller.person) }
}

/// Hands the mail server a letter to the caller, at once and beside the outbox, and keeps what it answered.
pub async fn try_mail(call: &Call, trial: &Trial) -> Result<Tried, Error> {
    administers(&call.caller)?;
    let Context { config, store, .. } = &call.context;
    if config.smtp.is_none() {
        return Err(Error::Conflict("mail is off: set `smtp`, and start the server anew".to_owned()));
    }
    let me = store.view().await?.person(call.caller.person).await?.ok_or(Error::NotFound)?;
    let mailer = Mailer::new(config.smtp.as_ref(), &config.mail_from).map_err(anyhow::Error::from)?;
    let letter = Letter {
        to: me.email.clone(),
        subject: trial.subject.clone(),
        text: trial.text.clone(),
        html: trial.html.clone(),
        message_id: format!("<{}@imprimatur>", MailId(new_id())),
        in_reply_to: None,
        written: call.now,
    };
    let answer = timeout(PATIENCE, mailer.hand_over(&letter)).await;
    mailer.hang_up().await;
    let (taken, answer) = match answer {
        Ok(Ok(answer)) => (true, answer.unwrap_or_default()),
        Ok(Err(error)) => (false, said(&error)),
        Err(_) => (false, format!("no answer within {} seconds", PATIENCE.as_secs())),
    };
    let tried = Tried { at: call.now, to: me.email.to_string(), taken, answer: shown(&answer) };
    let deed = call.begin().await?;
    deed.set_setting(TRIED, &tried).await?;
    deed.note(LogAct::MailTried, me.email.as_str(), json!({ "taken": tried.taken, "answer": tried.answer })).await?;
    deed.commit(Receipt::Done).await?;
    Ok(tried)
}

/// An error with what caused it, one after the other.
fn said(error: &mail::Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    said
}

/// What somebody else's server said, as it can be shown.
fn shown(answer: &str) -> String {
    Line::within(&answer.chars().take(500).collect::<String>(), 500).map_or_else(|_| String::new(), String::from)
}
