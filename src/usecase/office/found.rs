//! Founding: the organisation, its groups and its first administrator, who then chooses a password by a one-time link.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::json;

use super::group::{named, open_groups};
use crate::{
    clock::new_id,
    domain::{Duty, Email, OrganisationId, PersonId, Standing, WrittenCalendar},
    store::{LogLine, Organisation, Person, Tx},
    token::Opaque,
    usecase::{Context, Error, account::issue_set_up},
};

/// What a new installation needs to know.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The organisation's name, as printed.
    pub organisation: String,
    /// Its short name.
    pub short: String,
    /// Its time zone, an IANA name.
    pub time_zone: String,
    /// Address of the first administrator.
    pub email: String,
    /// Name of the first administrator.
    pub name: String,
}

/// Founds an organisation. While its administrator has not accepted yet, doing it again issues a new link.
pub async fn found(context: &Context, founding: &Founding) -> Result<Opaque, Error> {
    let email: Email = founding
        .email
        .parse()
        .map_err(|fault: crate::domain::EmailError| Error::field("administrator", "email", &fault.to_string()))?;
    if TimeZone::get(&founding.time_zone).is_err() {
        return Err(Error::field("time-zone", "unknown", "name a time zone like America/Chicago"));
    }
    let tx = context.store.begin().await?;
    let known = tx.organisations().await?.into_iter().find(|known| known.short == founding.short);
    let person = match known {
        Some(known) => waiting(&tx, &known, &email).await?,
        None => fresh(&tx, context, founding, email).await?,
    };
    let secret = issue_set_up(context, &tx, &person).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The administrator of an organisation that was founded before and who has not accepted yet.
async fn waiting(tx: &Tx, known: &Organisation, email: &Email) -> Result<Person, Error> {
    let person = tx.person_by_email(known.id, email).await?;
    person
        .filter(|person| person.standing == Standing::Invited && person.duties.contains(&Duty::Administrator))
        .ok_or_else(|| {
            Error::Conflict(format!("{} is set up already; its administrators invite further people", known.name))
        })
}

async fn fresh(tx: &Tx, context: &Context, founding: &Founding, email: Email) -> Result<Person, Error> {
    let now = context.clock.now();
    let organisation = Organisation {
        id: OrganisationId(new_id()),
        name: founding.organisation.trim().to_owned(),
        short: founding.short.trim().to_owned(),
        time_zone: founding.time_zone.clone(),
        calendar: WrittenCalendar::default(),
        created_at: now,
    };
    tx.add_organisation(&organisation).await?;
    open_groups(tx, &named(context, tx).await?, organisation.id).await?;
    let person = Person {
        id: PersonId(new_id()),
        organisation: organisation.id,
        email,
        name: founding.name.trim().to_owned(),
        credentials: String::new(),
        affiliation: organisation.name.clone(),
        standing: Standing::Invited,
        duties: BTreeSet::from([Duty::Administrator]),
        created_at: now,
    };
    tx.add_person(&person).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        organisation: Some(organisation.id),
        at: now,
        actor: None,
        act: "organisation-founded".to_owned(),
        subject: organisation.short.clone(),
        detail: json!({ "name": organisation.name, "administrator": person.email }),
    })
    .await?;
    Ok(person)
}
