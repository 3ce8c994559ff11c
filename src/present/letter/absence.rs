//! Somebody is away, told to the office; what waited, told to who is back.

use serde::Serialize;

use crate::{
    model::Person,
    present::{
        Letter,
        absence::{days, places},
        envelope::Envelope,
        words,
    },
    usecase::{
        absence::{Back, Told},
        letter::Alarm,
    },
};

/// Somebody will be away.
#[derive(Clone, Debug, Serialize)]
pub struct AbsentLetter {
    pub name: String,
    /// `from 1 to 14 December 2026`.
    pub days: String,
    /// What becomes of their places, a sentence each.
    pub places: Vec<String>,
}

/// Somebody is back.
#[derive(Clone, Debug, Serialize)]
pub struct BackLetter {
    /// `2 submissions`.
    pub waiting: String,
}

impl Letter for AbsentLetter {
    const TEMPLATE: &'static str = "mail/absent";
}

impl Letter for BackLetter {
    const TEMPLATE: &'static str = "mail/back";
}

pub(crate) fn absent(alarm: &Alarm<Told>, person: &Person, site: &str) -> (Envelope, AbsentLetter) {
    let Told { about, absence } = &alarm.what;
    let own = about.person.id == person.id;
    let name = if own { "You".to_owned() } else { about.person.name.clone() };
    let subject = if own { "You are entered as away".to_owned() } else { format!("{name} will be away") };
    let href = if own { format!("{site}/absence") } else { format!("{site}/people/{}/absence", about.person.id) };
    let letter = AbsentLetter {
        name: format!("{name} {}", if own { "are" } else { "is" }),
        days: days(absence),
        places: places(about),
    };
    (Envelope::to(person, &alarm.organisation, subject, href), letter)
}

pub(crate) fn back(alarm: &Alarm<Back>, person: &Person, site: &str) -> (Envelope, BackLetter) {
    let waiting = words::many(alarm.what.waiting, "submission");
    let subject = format!("{waiting} waited for you");
    (Envelope::to(person, &alarm.organisation, subject, format!("{site}/")), BackLetter { waiting })
}
