//! Writing to somebody who was invited.

use super::Worker;
use crate::{
    domain::{JobId, PersonId},
    model::Mail,
    present::letter::invitation,
    usecase::{account, letter},
};

pub(super) async fn run(worker: &Worker, person: PersonId, job: JobId) -> anyhow::Result<()> {
    let Some(invited) = letter::invited(&worker.context, person).await? else { return Ok(()) };
    let (envelope, letter) = invitation::of(&invited, &worker.public_url);
    let written = worker.views.letter(&envelope, &letter)?;
    let mail = Mail { dedupe: Some(format!("invite:{job}")), ..worker.mail(&invited.person, written) };
    // The demo has nobody to hand letters to; there the one that is looked at holds the link.
    let mail = if worker.context.demo.is_some() { account::with_link(&worker.context, mail).await? } else { mail };
    Ok(letter::write(&worker.context, &[mail]).await?)
}
