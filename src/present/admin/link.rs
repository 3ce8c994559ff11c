//! One-time links, shown once, where no letters are sent.

use serde::Serialize;

use crate::{
    domain::Standing,
    model::Person,
    present::{View, part::Link, words},
    usecase::account::INVITATION,
};

/// Links to be handed over.
#[derive(Clone, Debug, Serialize)]
pub struct Links {
    pub heading: String,
    pub lead: String,
    pub rows: Vec<LinkRow>,
    pub back: Link,
}

/// A link for somebody.
#[derive(Clone, Debug, Serialize)]
pub struct LinkRow {
    pub name: String,
    pub email: String,
    /// In full.
    pub url: String,
}

impl View for Links {
    const TEMPLATE: &'static str = "page/link_list.html";
}

/// The links of some people who were invited, or of one who forgot their password; `site` is where the server is reached.
pub(crate) fn of(people: &[(Person, String)], site: &str) -> Links {
    let invited = people.iter().all(|(person, _)| person.standing == Standing::Invited);
    let stands = if invited { words::days(INVITATION) } else { "an hour".to_owned() };
    let heading = match people {
        [(person, _)] => format!("A link for {}", person.name),
        _ => words::many(people.len(), "link"),
    };
    let row = |(person, secret): &(Person, String)| LinkRow {
        name: words::printed(person),
        email: person.email.to_string(),
        url: format!("{site}/welcome/{secret}"),
    };
    Links {
        heading,
        lead: format!(
            "No letters are sent from here. Copy and hand over; with it one chooses a password. It works once, for \
             {stands}, and is not shown again."
        ),
        rows: people.iter().map(row).collect(),
        back: Link::new("People", "/people"),
    }
}
