//! Letters that people turned off.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, News};
use crate::{
    domain::{LetterKind, PersonId},
    store::ReadTx,
    usecase::Error,
    workflow::Holder,
};

/// What each of some people turned off.
pub(super) struct Unwanted(BTreeMap<PersonId, BTreeSet<LetterKind>>);

impl Unwanted {
    pub(super) async fn of(view: &ReadTx, known: &Known) -> Result<Self, Error> {
        let on_duty = known.on_duty.iter().map(|person| person.id);
        Ok(Self(view.unwanted_letters(&known.persons.keys().copied().chain(on_duty).collect()).await?))
    }

    /// Whether somebody turned such news off, about a submission of this owner.
    pub(super) fn has(&self, person: PersonId, news: &News, owner: PersonId) -> bool {
        let kind = kind(news).filter(|kind| *kind != LetterKind::Progress || person != owner);
        kind.is_some_and(|kind| self.0.get(&person).is_some_and(|kinds| kinds.contains(&kind)))
    }
}

/// As what news can be turned off; never what waits for one person alone, nor what was decided.
fn kind(news: &News) -> Option<LetterKind> {
    match news {
        News::Reminder(_) => Some(LetterKind::Reminders),
        News::Turn(turn) if matches!(turn.holder, Holder::Group(_)) => Some(LetterKind::GroupTurns),
        News::Moved => Some(LetterKind::Progress),
        _ => None,
    }
}
