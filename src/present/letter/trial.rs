//! A letter that an administrator sends to themselves, to see whether letters go out.

use serde::Serialize;

use crate::{
    model::{Organisation, Person},
    present::{
        Letter,
        envelope::{Attention, Envelope},
    },
};

#[derive(Clone, Copy, Debug, Serialize)]
pub struct TrialLetter {}

impl Letter for TrialLetter {
    const TEMPLATE: &'static str = "mail/trial";
}

pub(crate) fn of(person: &Person, organisation: &Organisation, site: &str) -> (Envelope, TrialLetter) {
    let subject = format!("A test from {}", organisation.name);
    let envelope = Envelope::to(person, organisation, subject, format!("{site}/outbox"));
    (Envelope { attention: Attention::Nobody, ..envelope }, TrialLetter {})
}
