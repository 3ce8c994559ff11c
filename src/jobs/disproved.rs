//! Telling administrators that a version which is relied on was found wrong.

use super::Worker;
use crate::{
    domain::OrganisationId,
    present::letter::{Attention, DisprovedLetter, Envelope},
    store::Mail,
    usecase::{definition, letter},
};

pub(super) async fn run(worker: &Worker, organisation: OrganisationId, hash: &str) -> anyhow::Result<()> {
    let found = definition::disproved(&worker.context, organisation, hash).await?;
    let Some((version, faults, administrators)) = found else { return Ok(()) };
    let Some(house) = worker.context.store.view().await?.organisation(organisation).await? else { return Ok(()) };
    let mut letters = Vec::with_capacity(administrators.len());
    for person in administrators {
        let written = worker.views.letter(&DisprovedLetter {
            envelope: Envelope {
                name: person.name.clone(),
                organisation: house.name.clone(),
                attention: Attention::Yours { by: None },
                href: format!("{}/workflows/{}/versions/{hash}", worker.public_url, version.workflow),
            },
            workflow: version.workflow.clone(),
            version: hash.chars().take(12).collect(),
            findings: faults.iter().map(|fault| format!("Line {}: {}.", fault.line, fault.message)).collect(),
        })?;
        let dedupe = Some(format!("disproved:{hash}:{}", person.id));
        letters.push(Mail { dedupe, ..worker.mail(&person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
