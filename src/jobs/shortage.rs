//! Telling administrators that a group has become too small for a workflow.

use jiff::Timestamp;

use super::Worker;
use crate::{
    domain::OrganisationId,
    present::letter::{Attention, Envelope, ShortageLetter},
    store::Mail,
    usecase::{
        letter,
        office::{Shortage, alarmed},
    },
};

pub(super) async fn run(
    worker: &Worker,
    organisation: OrganisationId,
    (workflow, role): (&str, &str),
    at: Timestamp,
) -> anyhow::Result<()> {
    let Some((short, administrators)) = alarmed(&worker.context, organisation, (workflow, role)).await? else {
        return Ok(());
    };
    let Some(house) = worker.context.store.view().await?.organisation(organisation).await? else { return Ok(()) };
    let Shortage { title, group, members, needed, .. } = short;
    let mut letters = Vec::with_capacity(administrators.len());
    for person in administrators {
        let written = worker.views.letter(&ShortageLetter {
            envelope: Envelope {
                name: person.name.clone(),
                organisation: house.name.clone(),
                attention: Attention::Yours { by: None },
                href: format!("{}/groups", worker.public_url),
            },
            workflow: title.clone(),
            role: role.to_owned(),
            group: group.clone(),
            members,
            needed,
        })?;
        let dedupe = format!("shortage:{workflow}:{role}:{}:{}", at.as_microsecond(), person.id);
        letters.push(Mail { dedupe: Some(dedupe), ..worker.mail(&person, written) });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}
