//! A one-time link, shown once.

use crate::{
    domain::Standing,
    model::Person,
    present::{
        form::{Form, fault::Faults},
        part::Link,
        words,
    },
    usecase::account::INVITATION,
};

pub(crate) fn of(person: &Person, url: &str) -> Form {
    let stands = match person.standing {
        Standing::Invited => words::days(INVITATION),
        _ => "an hour".to_owned(),
    };
    Form {
        heading: format!("A link for {}", person.name),
        lead: Some(format!(
            "{url} lets {} choose a password. Hand it over; it works once, for {}, and is not shown again.",
            person.name, stands
        )),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", Link::new("People", "/people"))
    }
}
