//! Writing to somebody who was invited. The letter as it is kept has no link: that is made when it is sent.

use std::collections::BTreeSet;

use jiff::{SignedDuration, tz::TimeZone};

use super::Worker;
use crate::{
    domain::{Duty, JobId, OrganisationId, PersonId, Standing},
    present::{
        letter::{Attention, Envelope, InvitationLetter},
        words::when::When,
    },
    store::Mail,
    usecase::{account, letter},
};

pub(super) async fn run(
    worker: &Worker,
    organisation: OrganisationId,
    person: PersonId,
    job: JobId,
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
            href: format!("{}{}", worker.public_url, account::LINK_TO_COME),
        },
        inviter: house.name.clone(),
        parts: duties(&person.duties)
            .chain(groups.iter().filter(|group| joined.contains(&group.slug)).map(|group| group.title.clone()))
            .collect(),
        until,
    })?;
    let mail = Mail { dedupe: Some(format!("invite:{job}")), ..worker.mail(&person, written) };
    // The demo has nobody to hand letters to; there the one that is looked at holds the link.
    let mail = if worker.context.demo.is_some() { account::with_link(&worker.context, mail).await? } else { mail };
    Ok(letter::write(&worker.context, &[mail]).await?)
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
