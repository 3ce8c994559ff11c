//! Writing to somebody who was invited.

use std::collections::BTreeSet;

use jiff::{SignedDuration, tz::TimeZone};

use super::Worker;
use crate::{
    domain::{Duty, OrganisationId, PersonId, Standing},
    store::Mail,
    usecase::letter,
    view::{Attention, Envelope, InvitationLetter, When},
};

pub(super) async fn run(
    worker: &Worker,
    organisation: OrganisationId,
    person: PersonId,
    secret: &str,
) -> anyhow::Result<()> {
    let now = worker.context.clock.now();
    let (house, person, groups, joined) = {
        let view = worker.context.store.view().await?;
        let house = view.organisation(organisation).await?;
        let person = view.person(organisation, person).await?;
        let groups = view.groups(organisation).await?;
        let (Some(house), Some(person)) = (house, person) else { return Ok(()) };
        if person.standing == Standing::Erased {
            return Ok(());
        }
        let joined = view.groups_of(organisation, person.id).await?;
        (house, person, groups, joined)
    };
    let zone = TimeZone::get(&house.time_zone)?;
    let until = When::day(now + SignedDuration::from_hours(14 * 24), now, &zone);
    let written = worker.views.letter(&InvitationLetter {
        envelope: Envelope {
            name: person.name.clone(),
            organisation: house.name.clone(),
            attention: Attention::Yours { by: Some(until.clone()) },
            href: format!("{}/welcome/{secret}", worker.public_url),
        },
        inviter: house.name.clone(),
        parts: duties(&person.duties)
            .chain(groups.iter().filter(|group| joined.contains(&group.slug)).map(|group| group.title.clone()))
            .collect(),
        until,
    })?;
    let dedupe = format!("invite:{}", blurred(secret));
    let mail = Mail { dedupe: Some(dedupe), ..worker.mail(&person, written) };
    Ok(letter::write(&worker.context, &[mail]).await?)
}

/// A part of the secret that identifies the link without opening it.
fn blurred(secret: &str) -> String {
    secret.chars().take(8).collect()
}

fn duties(duties: &BTreeSet<Duty>) -> impl Iterator<Item = String> + '_ {
    duties.iter().map(|duty| {
        match duty {
            Duty::Coordinator => "Coordinator",
            Duty::Auditor => "Auditor",
            Duty::Administrator => "Administrator",
        }
        .to_owned()
    })
}
