//! Telling people what happened to a submission: one letter each.

use super::Worker;
use crate::{
    domain::SubmissionId,
    model::Mail,
    present::letter::news,
    usecase::{announce::notices, letter, submission::with_decline},
};

pub(super) async fn run(worker: &Worker, submission: SubmissionId, first: u64, last: u64) -> anyhow::Result<()> {
    let announced = notices(&worker.context, submission, first, last).await?;
    let mut letters = Vec::with_capacity(announced.notices.len());
    for notice in &announced.notices {
        let written = news::of(&worker.views, &announced, notice, &worker.public_url)?;
        let mail = worker.mail(&notice.person, written);
        let mail = Mail { about: Some(submission), dedupe: Some(notice.dedupe.clone()), ..mail };
        // In the demo letters are read where they are kept.
        letters.push(if worker.context.demo.is_some() { with_decline(&worker.context, mail).await? } else { mail });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
