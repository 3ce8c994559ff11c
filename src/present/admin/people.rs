//! Everybody, in a list that is searched.

use serde::Serialize;

use super::{administers, joined};
use crate::{
    access::Caller,
    domain::Standing,
    model::{Page, Person},
    present::{
        View,
        part::{Pager, Tag, Tone},
        path, words,
    },
    usecase::admin::Membership,
};

/// Everybody. The form is a GET to `/people`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct People {
    pub search: String,
    pub rows: Vec<PersonRow>,
    pub pager: Pager,
    /// Where somebody is invited, for those who may.
    pub invite: Option<String>,
    /// Where several are, from a list.
    pub several: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    pub href: String,
    pub name: String,
    pub email: String,
    /// `Coordinator`, `Content reviewers`; in words.
    pub parts: Vec<String>,
    /// `Active`, `Invited`, `Suspended`, `Named only`.
    pub standing: Tag,
}

impl View for People {
    const TEMPLATE: &'static str = "page/people_list.html";
}

pub(crate) fn of(page: &Page<Person>, groups: &[Membership], search: &str, caller: &Caller) -> People {
    let manages = administers(caller);
    let address = if search.is_empty() { "/people".to_owned() } else { path::with("/people", "search", search) };
    People {
        search: search.to_owned(),
        rows: page.rows.iter().map(|person| row(person, groups)).collect(),
        pager: Pager {
            text: format!("Showing {}", words::many(page.rows.len(), "person").replace("persons", "people")),
            previous: None,
            next: page.next.as_ref().map(|cursor| path::with(&address, "cursor", cursor)),
        },
        invite: manages.then(|| "/people/invite".to_owned()),
        several: manages.then(|| "/people/invite/several".to_owned()),
    }
}

fn row(person: &Person, groups: &[Membership]) -> PersonRow {
    let tone = match person.standing {
        Standing::Active => Tone::Good,
        Standing::Invited => Tone::Moving,
        Standing::Suspended => Tone::Bad,
        Standing::Named | Standing::Erased => Tone::Quiet,
    };
    let duties = person.duties.iter().map(|duty| words::duty(*duty).to_owned());
    PersonRow {
        href: format!("/people/{}", person.id),
        name: words::printed(person),
        email: person.email.to_string(),
        parts: duties.chain(joined(person, groups)).collect(),
        standing: Tag { label: words::standing(person.standing).to_owned(), tone },
    }
}
