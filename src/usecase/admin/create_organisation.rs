//! Founding: the organisation, its groups and its first administrator, who then chooses a password by a one-time link.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::json;

use super::{
    group::{named, open_groups},
    organisation::called,
};
use crate::{
    clock::new_id,
    domain::{Duty, Email, LookBack, OrganisationId, PersonId, SecondFactorRule, Standing, WrittenCalendar},
    model::{LinkPurpose, LogAct, LogKind, LogLine, Organisation, Person},
    store::Tx,
    token::Opaque,
    usecase::{Context, Error, account::issue_link},
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

/// Founds the organisation of this installation. Done again, it issues a new link, until an administrator has got in.
pub async fn create_organisation(context: &Context, founding: &Founding) -> Result<Opaque, Error> {
    let email: Email = founding
        .email
        .parse()
        .map_err(|fault: crate::domain::EmailError| Error::field("administrator", "email", &fault.to_string()))?;
    if TimeZone::get(&founding.time_zone).is_err() {
        return Err(Error::field("time-zone", "unknown", "name a time zone like America/Chicago"));
    }
    let tx = context.store.begin().await?;
    let person = match tx.organisation().await? {
        Some(known) if known.short != called("short", &founding.short, 20)? => {
            return Err(Error::Conflict(format!(
                "{} ({}) is in this database already, and one database holds one organisation: give its short name \
                 for another link, or the data directory or the database of a new one",
                known.name, known.short
            )));
        }
        Some(known) => waiting(&tx, &known, &email).await?,
        None => fresh(&tx, context, founding, email).await?,
    };
    let secret = issue_link(context, &tx, &person, LinkPurpose::SetUp).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The first administrator of the organisation that was founded before, as long as nobody has got in to invite others.
async fn waiting(tx: &Tx, known: &Organisation, email: &Email) -> Result<Person, Error> {
    let (name, administrators) = (&known.name, tx.administrators().await?);
    if administrators.iter().any(|person| person.standing != Standing::Invited) {
        return Err(Error::Conflict(format!(
            "{name} is set up already: an administrator has chosen a password, and administrators invite everybody else"
        )));
    }
    let addresses: Vec<&str> = administrators.iter().map(|person| person.email.as_str()).collect();
    let addresses = addresses.join(", ");
    administrators.into_iter().find(|person| person.email == *email).ok_or_else(|| {
        Error::Conflict(format!("{name} was prepared for {addresses}: give that address for another link"))
    })
}

async fn fresh(tx: &Tx, context: &Context, founding: &Founding, email: Email) -> Result<Person, Error> {
    let now = context.clock.now();
    let organisation = Organisation {
        id: OrganisationId(new_id()),
        name: called("organisation", &founding.organisation, 200)?,
        short: called("short", &founding.short, 20)?,
        time_zone: founding.time_zone.clone(),
        calendar: WrittenCalendar::default(),
        look_back: LookBack::default(),
        second_factor: SecondFactorRule::default(),
        created_at: now,
    };
    tx.add_organisation(&organisation).await?;
    open_groups(tx, &named(context, tx).await?).await?;
    let person = Person {
        id: PersonId(new_id()),
        email,
        name: called("name", &founding.name, 200)?,
        credentials: String::new(),
        affiliation: organisation.name.clone(),
        standing: Standing::Invited,
        duties: BTreeSet::from([Duty::Administrator]),
        created_at: now,
    };
    tx.add_person(&person).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::Change,
        submission: None,
        actor: None,
        act: LogAct::OrganisationFounded.to_string(),
        subject: organisation.short.clone(),
        detail: json!({ "name": organisation.name, "administrator": person.email }),
    })
    .await?;
    Ok(person)
}
