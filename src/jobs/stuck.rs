//! Telling the office that a deadline could not be carried out.

use super::Worker;
use crate::{
    domain::{Duty, OrganisationId, SubmissionId},
    present::letter::{About, Attention, Envelope, StuckLetter},
    store::Mail,
    usecase::letter,
};

pub(super) async fn run(worker: &Worker, organisation: OrganisationId, submission: SubmissionId) -> anyhow::Result<()> {
    // Nothing of the submission itself is read: that may be what cannot be done.
    let (house, failure, people) = {
        let view = worker.context.store.view().await?;
        let failure = view.timer_failure(submission).await?.filter(|failure| failure.given_up_at.is_some());
        let (Some(house), Some(failure)) = (view.organisation(organisation).await?, failure) else { return Ok(()) };
        (house, failure, view.on_duty(organisation, &[Duty::Coordinator, Duty::Administrator]).await?)
    };
    let mut letters = Vec::with_capacity(people.len());
    for person in people {
        let written = worker.views.letter(&StuckLetter {
            envelope: Envelope {
                name: person.name.clone(),
                organisation: house.name.clone(),
                attention: Attention::Yours { by: None },
                href: format!("{}/s/{}", worker.public_url, failure.reference),
            },
            about: About { reference: failure.reference.clone(), title: failure.title.clone() },
            attempts: failure.attempts,
        })?;
        let given_up = failure.given_up_at.map_or(0, jiff::Timestamp::as_microsecond);
        let dedupe = Some(format!("stuck:{submission}:{given_up}:{}", person.id));
        letters.push(Mail { about: Some(submission), dedupe, ..worker.mail(&person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
