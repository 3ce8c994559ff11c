//! Telling the office or its administrators what they have to see to: one letter each.

use jiff::Timestamp;

use super::Worker;
use crate::{
    domain::{AbsenceId, PersonId, SubmissionId},
    model::{Mail, Person},
    present::{
        Letter,
        envelope::Envelope,
        letter::{absence as shown, alarm},
    },
    usecase::{
        absence, admin,
        definition::{self, Proposed},
        document,
        letter::{self, Alarm},
    },
};

pub(super) async fn shortage(worker: &Worker, workflow: &str, role: &str, at: Timestamp) -> anyhow::Result<()> {
    let found = admin::alarmed(&worker.context, workflow, role).await?;
    let once = |person| format!("shortage:{workflow}:{role}:{}:{person}", at.as_microsecond());
    raise(worker, found, alarm::shortage, once).await
}

pub(super) async fn absent(worker: &Worker, id: AbsenceId) -> anyhow::Result<()> {
    let found = absence::told(&worker.context, id).await?;
    raise(worker, found, shown::absent, |person| format!("absent:{id}:{person}")).await
}

pub(super) async fn back(worker: &Worker, id: AbsenceId) -> anyhow::Result<()> {
    let found = absence::ends(&worker.context, id).await?;
    raise(worker, found, shown::back, |person| format!("back:{id}:{person}")).await
}

pub(super) async fn disproved(worker: &Worker, hash: &str) -> anyhow::Result<()> {
    let found = definition::disproved(&worker.context, hash).await?;
    raise(worker, found, alarm::disproved, |person| format!("disproved:{hash}:{person}")).await
}

pub(super) async fn proposed(worker: &Worker, what: Proposed) -> anyhow::Result<()> {
    let found = definition::proposed(&worker.context, &what).await?;
    let which = match what {
        Proposed::Version(hash) => hash,
        Proposed::Migration(plan) => plan.to_string(),
    };
    raise(worker, found, alarm::proposed, |person| format!("proposed:{which}:{person}")).await
}

pub(super) async fn faulty(worker: &Worker, job: &str) -> anyhow::Result<()> {
    let found = document::faulty(&worker.context).await?;
    raise(worker, found, alarm::faulty, |person| format!("faulty-documents:{job}:{person}")).await
}

pub(super) async fn stuck(worker: &Worker, submission: SubmissionId) -> anyhow::Result<()> {
    let found = letter::stuck(&worker.context, submission).await?;
    let since = found.as_ref().and_then(|alarm| alarm.what.given_up_at).map_or(0, Timestamp::as_microsecond);
    raise(worker, found, alarm::stuck, |person| format!("stuck:{submission}:{since}:{person}")).await
}

async fn raise<T, L: Letter>(
    worker: &Worker,
    alarm: Option<Alarm<T>>,
    letter: impl Fn(&Alarm<T>, &Person, &str) -> (Envelope, L),
    once: impl Fn(PersonId) -> String,
) -> anyhow::Result<()> {
    let Some(alarm) = alarm else { return Ok(()) };
    let mut letters = Vec::with_capacity(alarm.people.len());
    for person in &alarm.people {
        let (envelope, letter) = letter(&alarm, person, &worker.public_url);
        let written = worker.views.letter(&envelope, &letter)?;
        letters.push(Mail { about: alarm.about, dedupe: Some(once(person.id)), ..worker.mail(person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
