//! Which credits a selection means, and how much of each.

use super::{
    super::{
        Measure,
        book::Entry,
        credit::{Topics, thousandths},
        definition::Selector,
        known::Known,
    },
    Context,
};

/// How much of a kind of credit is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Nothing,
    Whole,
    /// The hours that each credit says are about the topics.
    Topics,
}

/// A selection, answered for every kind.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    of: &'a Selector,
    shares: Vec<Share>,
}

impl<'a> Context<'a> {
    /// Settles which kinds of credit are taken at all, and as what.
    pub(super) fn accept(&mut self) {
        let by_credit = self.requirement.categories();
        let mut asks = None;
        let accepted = self.book.kinds().iter().map(|kind| {
            let mut categories: Vec<&'a str> = Vec::new();
            for accepted in by_credit.get(kind.credit).into_iter().flatten() {
                match accepted.when.as_ref().map_or(Known::Yes, |when| Known::of(when, self)) {
                    Known::Yes => categories.extend(accepted.categories.iter().map(String::as_str)),
                    Known::No => {}
                    Known::Unknown(fact) => asks = Some(fact),
                }
            }
            categories
        });
        let accepted = accepted.collect();
        self.accepted = accepted;
        self.acceptance_asks = asks;
    }

    /// A selection, answered for every kind.
    pub(super) fn select<'s>(&self, of: &'s Selector) -> Selection<'s> {
        let share = |(kind, categories): (&super::super::book::Kind<'_>, &Vec<&str>)| {
            let named =
                |names: &[String], has: &dyn Fn(&str) -> bool| names.is_empty() || names.iter().any(|name| has(name));
            let meant = !categories.is_empty()
                && named(&of.category, &|name| categories.contains(&name))
                && named(&of.credit, &|name| kind.credit == name)
                && named(&of.marks, &|name| kind.marks.iter().any(|mark| mark == name))
                && named(&of.topics, &|name| kind.topics.contains(&name))
                && of.live.is_none_or(|live| live == kind.live);
            match (meant, kind.by_hours && !of.topics.is_empty()) {
                (false, _) => Share::Nothing,
                (true, true) => Share::Topics,
                (true, false) => Share::Whole,
            }
        };
        Selection { of, shares: self.book.kinds().iter().zip(&self.accepted).map(share).collect() }
    }

    /// How much of a credit is meant, in thousandths of an hour.
    pub(super) fn portion(&self, selection: &Selection<'_>, entry: &Entry) -> Measure {
        match selection.share(entry) {
            Share::Nothing => Measure::ZERO,
            Share::Whole => entry.printed,
            Share::Topics => {
                let Some(Topics::Hours(hours)) = self.book.credit(entry.credit).map(|credit| &credit.topics) else {
                    return Measure::ZERO;
                };
                let about =
                    selection.of.topics.iter().filter_map(|topic| hours.get(topic)).map(|hours| thousandths(*hours));
                about.sum::<Measure>().min(entry.printed)
            }
        }
    }
}

impl Selection<'_> {
    pub(super) fn share(&self, entry: &Entry) -> Share {
        usize::try_from(entry.kind).ok().and_then(|kind| self.shares.get(kind)).copied().unwrap_or(Share::Nothing)
    }

    /// How much of each kind is meant.
    pub(super) fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// Whether no kind is meant.
    pub(super) fn is_empty(&self) -> bool {
        self.shares.iter().all(|share| *share == Share::Nothing)
    }
}
