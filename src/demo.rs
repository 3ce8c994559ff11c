//! The demo: a sample office whose submissions were played through the real use cases, day after day, until today.

mod evidence;
mod people;
mod play;
mod story;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::Timestamp;

use crate::{
    app::App,
    clock::{Clock, new_id},
    domain::{GroupId, LookBack, OrganisationId, PersonId, SecondFactorRule, Standing},
    model::{Group, Organisation, Person},
    usecase::{
        Error,
        demo::{self, Office},
    },
};

/// The clock of a demo that has not begun: it can be moved, and starts with the real time.
#[must_use]
pub fn clock() -> (Clock, Arc<AtomicI64>) {
    let ahead = Arc::new(AtomicI64::new(0));
    (Clock::shifted(ahead.clone()), ahead)
}

/// Puts the sample office into an empty installation and plays all stories up to now.
pub async fn play(app: App, ahead: &Arc<AtomicI64>) -> anyhow::Result<App> {
    let today = app.context.clock.now();
    let people = office(&app, today).await?;
    // Now that there is a calendar, the workflows that wait for a meeting come into force too.
    app.adopt().await?;
    let app = app.with_demo();
    play::perform(&app, ahead, &people, story::all()).await?;
    Ok(app)
}

/// Takes up a demo that was played before, with its clock where it was left; whether there is one.
pub async fn resume(app: &App, ahead: &Arc<AtomicI64>) -> anyhow::Result<bool> {
    let Some(played) = demo::played(&app.context).await? else { return Ok(false) };
    if played.organisation.short != people::OFFICE.1 {
        anyhow::bail!("this is the data of {}: name an empty folder for the demo", played.organisation.name);
    }
    ahead.store(played.ahead, Ordering::Release);
    Ok(true)
}

/// The organisation, its groups and its people, by what scenes call them.
async fn office(app: &App, now: Timestamp) -> anyhow::Result<BTreeMap<&'static str, PersonId>> {
    let (name, short, zone) = people::OFFICE;
    let organisation = Organisation {
        id: OrganisationId(new_id()),
        name: name.to_owned(),
        short: short.to_owned(),
        time_zone: zone.to_owned(),
        calendar: people::calendar(),
        look_back: LookBack::default(),
        second_factor: SecondFactorRule::default(),
        created_at: now,
    };
    let group = |(slug, title): &(&str, &str)| Group {
        id: GroupId(new_id()),
        slug: (*slug).to_owned(),
        title: (*title).to_owned(),
    };
    let groups = people::GROUPS.iter().map(group).collect();
    let mut people = Vec::new();
    let mut known = BTreeMap::new();
    for part in people::PEOPLE {
        let person = Person {
            id: PersonId(new_id()),
            email: format!("{}@psa.example", part.key).parse()?,
            name: part.name.to_owned(),
            credentials: part.credentials.to_owned(),
            affiliation: part.affiliation.to_owned(),
            standing: Standing::Active,
            duties: part.duties.iter().copied().collect(),
            created_at: now,
        };
        known.insert(part.key, person.id);
        people.push((person, part.groups.iter().map(|slug| (*slug).to_owned()).collect()));
    }
    demo::create_office(&app.context, &Office { organisation, groups, people }).await?;
    Ok(known)
}

/// What a use case refused, with everything it says: a story that does not play is a fault of ours.
fn unplayed(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid(faults) => anyhow::anyhow!("{faults:?}"),
        Error::Internal(cause) => cause,
        other => anyhow::anyhow!("{other}"),
    }
}
