//! What every letter says around what it is about: to whom, from whom, and whose attention is needed by when.

use serde::Serialize;

use super::words::when::When;
use crate::model::{Organisation, Person};

/// Whose attention a letter needs; its first line.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "attention", rename_all = "kebab-case")]
pub enum Attention {
    Yours { by: Option<When> },
    Nobody,
}

/// What every letter says.
#[derive(Clone, Debug, Serialize)]
pub struct Envelope {
    /// The same over all letters about one submission, so that mail programs thread them.
    #[serde(skip)]
    pub subject: String,
    pub name: String,
    pub organisation: String,
    pub attention: Attention,
    /// The page to go to, in full: `https://…`.
    pub href: String,
}

impl Envelope {
    /// To somebody who has to do something, with no day set.
    pub(crate) fn to(person: &Person, organisation: &Organisation, subject: String, href: String) -> Self {
        let (name, organisation) = (person.name.clone(), organisation.name.clone());
        Self { subject, name, organisation, attention: Attention::Yours { by: None }, href }
    }
}
