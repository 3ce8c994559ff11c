//! Who cannot judge a submission, or look after it, because of who they are.
//!
//! A rule as data: something that a person is recognised by is found among what the submission has. One item is asked in
//! memory, see [`Conflict::of`]; the store makes the condition of its lists from the same four.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Email, PersonId};

/// Why a submission does not exist for somebody, the reason that says most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// It is their own.
    Author,
    /// They are named in it.
    Named,
    /// They work where its author works.
    Colleague,
    /// They said themselves that they have one, or the office did.
    Recused,
}

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
    /// Their address.
    pub email: &'a Email,
    /// Their institution, folded; empty where none is known.
    pub institution: &'a str,
}

/// What a submission has, by the conflict that somebody has of whom it is.
pub type Marked = BTreeMap<Conflict, BTreeSet<Mark>>;

impl Conflict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Author, Self::Named, Self::Colleague, Self::Recused];

    /// By what of theirs somebody is found to have this one; nothing where that is not known of them.
    #[must_use]
    pub fn mark(self, who: Marks<'_>) -> Option<Mark> {
        match self {
            Self::Author | Self::Recused => Some(Mark::Person(who.person)),
            Self::Named => Some(Mark::Email(who.email.clone())),
            Self::Colleague => (!who.institution.is_empty()).then(|| Mark::Institution(who.institution.to_owned())),
        }
    }

    /// Which one somebody has with a submission.
    #[must_use]
    pub fn of(who: Marks<'_>, marked: &Marked) -> Option<Self> {
        let has = |conflict: &Self| {
            let (marks, mark) = (marked.get(conflict), conflict.mark(who));
            mark.is_some_and(|mark| marks.is_some_and(|marks| marks.contains(&mark)))
        };
        Self::ALL.into_iter().find(has)
    }
}
