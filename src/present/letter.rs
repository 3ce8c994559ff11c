//! Letters: each begins with whose attention is needed, and by when.

pub mod alarm;
pub mod invitation;
pub mod news;

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

/// What a letter says beside its envelope: one struct, two templates.
pub trait Letter: Serialize {
    /// Its templates without their ending: `mail/turn` for `mail/turn.txt` and `mail/turn.html`.
    const TEMPLATE: &'static str;
}

/// Which submission a letter is about.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    pub reference: String,
    pub title: String,
}

impl About {
    pub(crate) fn subject(&self) -> String {
        format!("{}: {}", self.reference, self.title)
    }
}

impl Envelope {
    /// To somebody who has to do something, with no day set.
    pub(crate) fn to(person: &Person, organisation: &Organisation, subject: String, href: String) -> Self {
        let (name, organisation) = (person.name.clone(), organisation.name.clone());
        Self { subject, name, organisation, attention: Attention::Yours { by: None }, href }
    }
}
