//! Writing to somebody who is asked for their disclosure: a letter that gets its link when it is sent.

use uuid::Uuid;

use super::Worker;
use crate::{
    model::Mail,
    present::letter::disclosure,
    usecase::{letter, submission},
};

pub(super) async fn disclosure(worker: &Worker, request: Uuid) -> anyhow::Result<()> {
    let Some(asked) = submission::asked_by_letter(&worker.context, request).await? else { return Ok(()) };
    let (envelope, written) = disclosure::of(&asked, &worker.public_url);
    let written = worker.views.letter(&envelope, &written)?;
    let about = Some(asked.request.submission);
    let to = asked.request.email.clone();
    let mail = Mail { about, to, dedupe: Some(format!("disclose:{request}")), ..worker.mail(&asked.person, written) };
    // The demo has nobody to hand letters to; there the one that is looked at holds the link.
    let demo = worker.context.demo.is_some();
    let mail = if demo { submission::with_disclosure(&worker.context, mail).await? } else { mail };
    Ok(letter::write(&worker.context, &[mail]).await?)
}
