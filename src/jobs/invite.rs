//! Writing to somebody who was invited, or forgot their password: letters that get their link when they are sent. And to whoever
//! lost their second factor.

use super::Worker;
use crate::{
    domain::{JobId, PersonId},
    model::Mail,
    present::letter::{invitation, reset as another, second_factor},
    usecase::{account, letter},
};

pub(super) async fn run(worker: &Worker, person: PersonId, job: JobId) -> anyhow::Result<()> {
    let Some(invited) = letter::invited(&worker.context, person).await? else { return Ok(()) };
    let (envelope, letter) = invitation::of(&invited, &worker.public_url);
    let written = worker.views.letter(&envelope, &letter)?;
    keep(worker, Mail { dedupe: Some(format!("invite:{job}")), ..worker.mail(&invited.person, written) }).await
}

pub(super) async fn reset(worker: &Worker, person: PersonId, job: JobId) -> anyhow::Result<()> {
    let Some(forgetful) = letter::forgetful(&worker.context, person).await? else { return Ok(()) };
    let (envelope, letter) = another::of(&forgetful, &worker.public_url);
    let written = worker.views.letter(&envelope, &letter)?;
    keep(worker, Mail { dedupe: Some(format!("reset:{job}")), ..worker.mail(&forgetful.person, written) }).await
}

pub(super) async fn second_factor(worker: &Worker, person: PersonId, job: JobId) -> anyhow::Result<()> {
    let Some(addressed) = letter::addressed(&worker.context, person).await? else { return Ok(()) };
    let (envelope, letter) = second_factor::of(&addressed, &worker.public_url);
    let written = worker.views.letter(&envelope, &letter)?;
    let mail = Mail { dedupe: Some(format!("second-factor:{job}")), ..worker.mail(&addressed.person, written) };
    Ok(letter::write(&worker.context, &[mail]).await?)
}

async fn keep(worker: &Worker, mail: Mail) -> anyhow::Result<()> {
    // The demo has nobody to hand letters to; there the one that is looked at holds the link.
    let mail = if worker.context.demo.is_some() { account::with_link(&worker.context, mail).await? } else { mail };
    Ok(letter::write(&worker.context, &[mail]).await?)
}
