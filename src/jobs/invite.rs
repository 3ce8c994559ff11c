//! Writing to somebody who was invited, or forgot their password: letters that get their link when they are sent. And to whoever
//! lost their second factor, or has another address.

use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::Worker;
use crate::{
    domain::{Email, JobId, PersonId},
    model::{Mail, Side},
    present::letter::{address, invitation, reset as another, second_factor},
    usecase::{account, letter, own_account},
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

/// Asks both addresses of somebody who wants another one.
pub(super) async fn address(worker: &Worker, change: Uuid, job: JobId) -> anyhow::Result<()> {
    let Some(asked) = own_account::address::asked(&worker.context, change).await? else { return Ok(()) };
    let mut letters = Vec::new();
    for side in Side::iter() {
        let (envelope, letter) = address::asked(&asked, side, &worker.public_url);
        let written = worker.views.letter(&envelope, &letter)?;
        let dedupe = Some(format!("address-{}:{job}", <&str>::from(side)));
        let to = address::recipient(&asked, side);
        letters.push(Mail { to, dedupe, ..worker.mail(&asked.to.person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}

/// Tells somebody, where they were reached before, that their address is another one.
pub(super) async fn address_changed(
    worker: &Worker,
    person: PersonId,
    before: &Email,
    job: JobId,
) -> anyhow::Result<()> {
    let Some(addressed) = letter::addressed(&worker.context, person).await? else { return Ok(()) };
    let (envelope, letter) = address::changed(&addressed, &worker.public_url);
    let written = worker.views.letter(&envelope, &letter)?;
    let dedupe = Some(format!("address-changed:{job}"));
    let mail = Mail { to: before.clone(), dedupe, ..worker.mail(&addressed.person, written) };
    Ok(letter::write(&worker.context, &[mail]).await?)
}

async fn keep(worker: &Worker, mail: Mail) -> anyhow::Result<()> {
    // The demo has nobody to hand letters to; there the one that is looked at holds the link.
    let mail = if worker.context.demo.is_some() { account::with_link(&worker.context, mail).await? } else { mail };
    Ok(letter::write(&worker.context, &[mail]).await?)
}
