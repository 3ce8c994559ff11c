//! Telling administrators that documents are not as they were uploaded.

use super::Worker;
use crate::{
    domain::OrganisationId,
    present::letter::{Attention, Envelope, FaultyLetter},
    store::Mail,
    usecase::{document, letter},
};

pub(super) async fn run(worker: &Worker, organisation: OrganisationId, job: &str) -> anyhow::Result<()> {
    let Some(faulty) = document::faulty(&worker.context, organisation).await? else { return Ok(()) };
    let Some(house) = worker.context.store.view().await?.organisation(organisation).await? else { return Ok(()) };
    let mut letters = Vec::with_capacity(faulty.administrators.len());
    for person in &faulty.administrators {
        let written = worker.views.letter(&FaultyLetter {
            envelope: Envelope {
                name: person.name.clone(),
                organisation: house.name.clone(),
                attention: Attention::Yours { by: None },
                href: format!("{}/queue", worker.public_url),
            },
            documents: faulty.named.clone(),
            count: faulty.count,
        })?;
        let dedupe = Some(format!("faulty-documents:{job}:{}", person.id));
        letters.push(Mail { dedupe, ..worker.mail(person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
