//! A person's credits in the order in which they are read, and how they are alike.
//!
//! Credits with the same type, topics, marks and format answer every question of a file alike: they share a kind, so that
//! a rule is asked of tens of kinds and not of a hundred thousand credits.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use jiff::{civil::Date, tz::TimeZone};

use super::{
    Credit, Measure,
    credit::{Earned, Topics},
};

/// A person's credits, ready to be read.
#[derive(Debug)]
pub struct Book<'c> {
    credits: &'c [Credit],
    kinds: Vec<Kind<'c>>,
    entries: Vec<Entry>,
    /// Whether the day of a credit depends on the zone.
    instants: bool,
    /// What was taken back wholly or in part, by number of the credit, with the number of the credit that took it back.
    taken_back: BTreeMap<u32, u32>,
}

/// What credits have in common that every rule treats alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind<'c> {
    pub(super) credit: &'c str,
    /// Whether each credit says how many hours are about which topic.
    pub(super) by_hours: bool,
    pub(super) topics: Vec<&'c str>,
    pub(super) marks: &'c [String],
    pub(super) live: bool,
}

/// A credit that still counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) day: Date,
    /// Its number among all credits.
    pub(super) credit: u32,
    pub(super) kind: u32,
    /// In thousandths of an hour, less what was taken back.
    pub(super) printed: Measure,
}

impl<'c> Book<'c> {
    /// Of credits in the order in which they were recorded.
    #[must_use]
    pub fn of(credits: &'c [Credit]) -> Self {
        let mut book = Self {
            credits,
            kinds: Vec::new(),
            entries: Vec::with_capacity(credits.len()),
            instants: credits.iter().any(|credit| matches!(credit.earned, Earned::At(_))),
            taken_back: BTreeMap::new(),
        };
        let lost = book.reversed();
        let mut known: HashMap<Kind<'c>, u32> = HashMap::new();
        for (number, credit) in (0_u32..).zip(credits) {
            if credit.reverses.is_some() {
                continue;
            }
            let printed = credit.printed().over(lost.get(&number).copied().unwrap_or_default());
            if printed == Measure::ZERO {
                continue;
            }
            let kind = Kind::of(credit);
            let kind = *known.entry(kind).or_insert_with_key(|kind| {
                book.kinds.push(kind.clone());
                u32::try_from(book.kinds.len() - 1).unwrap_or(u32::MAX)
            });
            book.entries.push(Entry { day: credit.earned.day(&TimeZone::UTC), credit: number, kind, printed });
        }
        book.entries.sort_by_key(|entry| (entry.day, entry.credit));
        book
    }

    /// How much of which credit was taken back.
    fn reversed(&mut self) -> BTreeMap<u32, Measure> {
        let mut lost: BTreeMap<u32, Measure> = BTreeMap::new();
        let back: Vec<(u32, &str, Measure)> = (0_u32..)
            .zip(self.credits)
            .filter_map(|(number, credit)| Some((number, credit.reverses.as_deref()?, credit.printed())))
            .collect();
        if back.is_empty() {
            return lost;
        }
        let numbers: HashMap<&str, (u32, Measure)> = (0_u32..)
            .zip(self.credits)
            .map(|(number, credit)| (credit.id.as_str(), (number, credit.printed())))
            .collect();
        for (by, id, amount) in back {
            let Some((number, whole)) = numbers.get(id) else { continue };
            // A line that names no amount takes all of it back.
            let amount = if amount == Measure::ZERO { *whole } else { Measure::ZERO.over(amount).max(amount) };
            *lost.entry(*number).or_default() += amount;
            self.taken_back.insert(*number, by);
        }
        lost
    }

    /// The entries by the day that they have in a zone.
    pub(super) fn entries(&self, zone: &TimeZone) -> Cow<'_, [Entry]> {
        if !self.instants {
            return Cow::Borrowed(&self.entries);
        }
        let day = |entry: &Entry| self.credit(entry.credit).map_or(entry.day, |credit| credit.earned.day(zone));
        let mut entries: Vec<Entry> = self.entries.iter().map(|entry| Entry { day: day(entry), ..*entry }).collect();
        entries.sort_by_key(|entry| (entry.day, entry.credit));
        Cow::Owned(entries)
    }

    pub(super) fn kinds(&self) -> &[Kind<'c>] {
        &self.kinds
    }

    pub(super) fn credits(&self) -> &'c [Credit] {
        self.credits
    }

    pub(super) fn credit(&self, number: u32) -> Option<&'c Credit> {
        self.credits.get(usize::try_from(number).ok()?)
    }

    /// The number of the credit that took another back.
    pub(super) fn taken_back_number(&self, number: u32) -> Option<u32> {
        self.taken_back.get(&number).copied()
    }

    /// The credit that took another back.
    pub(super) fn taken_back_by(&self, number: u32) -> Option<&'c Credit> {
        self.credit(*self.taken_back.get(&number)?)
    }
}

impl<'c> Kind<'c> {
    fn of(credit: &'c Credit) -> Self {
        let (by_hours, topics) = match &credit.topics {
            Topics::Whole(topics) => (false, topics.iter().map(String::as_str).collect()),
            Topics::Hours(hours) => (true, hours.keys().map(String::as_str).collect()),
        };
        Self { credit: &credit.kind, by_hours, topics, marks: &credit.marks, live: credit.live }
    }
}
