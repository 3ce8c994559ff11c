//! A one-time link, shown once.

use crate::{
    model::Person,
    present::{
        form::{Form, fault::Faults},
        words,
    },
    usecase::account::INVITATION,
};

pub(crate) fn of(person: &Person, url: &str) -> Form {
    Form {
        heading: format!("A link for {}", person.name),
        lead: Some(format!(
            "{url} lets {} choose a password. Hand it over; it works once, for {}, and is not shown again.",
            person.name,
            words::days(INVITATION)
        )),
        ..Form::plain(Vec::new(), &Faults::default(), (String::new(), ""), ("People", "/people"))
    }
}
