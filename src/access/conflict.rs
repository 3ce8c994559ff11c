//! Who cannot judge a submission, or look after it, because of who they are.
//!
//! A rule as data: something that a person is recognised by is found among what the submission has. One item is asked in
//! memory, see [`Conflict::all_of`]; the store makes the condition of its lists from the same four.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Conflict, Email, PersonId};

/// Something that a person is recognised by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Who it is.
    Person(PersonId),
    /// Their address.
    Email(Email),
    /// Their institution, however it is written.
    Institution(String),
}

/// All that a person is recognised by.
#[derive(Clone, Copy, Debug)]
pub struct Marks<'a> {
    /// Who it is.
    pub person: PersonId,
    /// Their addresses, those of before too.
    pub emails: &'a BTreeSet<Email>,
    /// Their institution, folded; empty where none is known.
    pub institution: &'a str,
}

/// What a submission has, by the conflict that somebody has of whom it is.
pub type Marked = BTreeMap<Conflict, BTreeSet<Mark>>;

impl Conflict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Author, Self::Named, Self::Colleague, Self::Recused];

    /// Those that the office can lift; nobody judges their own work.
    pub const LIFTABLE: [Self; 3] = [Self::Named, Self::Colleague, Self::Recused];

    /// By what of theirs somebody is found to have this one; nothing where that is not known of them.
    #[must_use]
    pub fn marks(self, who: Marks<'_>) -> Vec<Mark> {
        match self {
            Self::Author | Self::Recused => vec![Mark::Person(who.person)],
            Self::Named => who.emails.iter().cloned().map(Mark::Email).collect(),
            Self::Colleague if who.institution.is_empty() => Vec::new(),
            Self::Colleague => vec![Mark::Institution(who.institution.to_owned())],
        }
    }

    /// Which ones somebody has with a submission.
    #[must_use]
    pub fn all_of(who: Marks<'_>, marked: &Marked) -> BTreeSet<Self> {
        let has = |conflict: &Self| {
            let marks = marked.get(conflict);
            conflict.marks(who).iter().any(|mark| marks.is_some_and(|marks| marks.contains(mark)))
        };
        Self::ALL.into_iter().filter(has).collect()
    }
}
