//! What became of each credit for one rule.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    super::{
        Measure,
        book::Entry,
        definition::{Rule, Selector, Window},
        standing::{RuleStanding, Use, UseReason},
    },
    Context,
    fill::{CapsRead, Taken},
};

impl Context<'_> {
    pub(super) fn uses(&self, id: &str, rule: &Rule, standing: &RuleStanding) -> Vec<Use> {
        let Some(reading) = rule.readings.get(standing.reading) else { return Vec::new() };
        let of = match &rule.or_of {
            Some(other) if self.prefers(rule, standing, other) => other,
            _ => &reading.of,
        };
        let windows = self.windows(reading).unwrap_or_default();
        let mut uses: BTreeMap<(Date, u32), Use> = BTreeMap::new();
        let filling = self.filled(rule, of, CapsRead::Strictly);
        match self.apart.get(id) {
            Some(share) => {
                for (credit, amount) in &share.credits {
                    let day =
                        self.entries.iter().find(|entry| entry.credit == *credit).map_or(Date::MIN, |entry| entry.day);
                    uses.insert((day, *credit), Use { credit: *credit, amount: *amount, reasons: Vec::new() });
                }
            }
            None => {
                for window in &windows {
                    filling.each(*window, |entry, taken| {
                        uses.insert((entry.day, entry.credit), self.used(entry, &taken));
                    });
                }
            }
        }
        self.carried_uses(id, &mut uses);
        for (key, nothing) in self.unused(rule, of, &windows) {
            uses.entry(key).or_insert(nothing);
        }
        uses.into_values().collect()
    }

    /// Whether the other kind of credit comes to more.
    fn prefers(&self, rule: &Rule, standing: &RuleStanding, other: &Selector) -> bool {
        let Some(reading) = rule.readings.get(standing.reading) else { return false };
        let windows = self.windows(reading).unwrap_or_default();
        let sum = |of: &Selector| -> Measure {
            let filling = self.filled(rule, of, CapsRead::Strictly);
            windows.iter().map(|window| filling.sum(*window)).sum()
        };
        sum(other) > sum(&reading.of)
    }

    fn used(&self, entry: &Entry, taken: &Taken<'_>) -> Use {
        let mut reasons = Vec::new();
        if self.book.taken_back_by(entry.credit).is_some() {
            reasons.push(UseReason::PartTakenBack);
        }
        if let Some(other) = taken.repeat_of {
            reasons.push(UseReason::RepeatOf(other));
            return Use { credit: entry.credit, amount: Measure::ZERO, reasons };
        }
        if taken.portion < entry.printed {
            reasons.push(UseReason::Topic(self.in_units(taken.portion)));
        }
        if self.requirement.unit_minutes != 60 {
            reasons.push(UseReason::Unit);
        }
        reasons.extend(taken.weight.map(UseReason::Weight));
        if taken.counted < taken.value {
            reasons.extend(taken.cap.map(|cap| UseReason::OverCap(cap.to_owned())));
        }
        Use { credit: entry.credit, amount: taken.counted, reasons }
    }

    fn carried_uses(&self, id: &str, uses: &mut BTreeMap<(Date, u32), Use>) {
        let (Some(credits), Some(from)) = (self.carried.credits.get(id), self.carried.from) else { return };
        for (credit, amount) in credits {
            let Some(entry) = self.entries.iter().find(|entry| entry.credit == *credit) else { continue };
            let before = self.in_units(entry.printed).over(*amount);
            let mut reasons = vec![UseReason::CarriedIn];
            if before > Measure::ZERO {
                reasons.push(UseReason::UsedEarlier(before, from));
            }
            uses.insert((entry.day, *credit), Use { credit: *credit, amount: *amount, reasons });
        }
    }

    /// Credits that the rule means and that count nothing for it; for rules on everything also those that are taken for
    /// nothing here.
    fn unused(&self, rule: &Rule, of: &Selector, windows: &[Window]) -> Vec<((Date, u32), Use)> {
        let mut found = Vec::new();
        let selection = self.select(of);
        let general = of.topics.is_empty() && of.marks.is_empty() && of.live.is_none();
        let within = |day: Date| windows.iter().any(|window| window.contains(day));
        for entry in self.entries.iter() {
            let key = (entry.day, entry.credit);
            let meant = self.portion(&selection, entry) > Measure::ZERO;
            let untaken =
                usize::try_from(entry.kind).ok().and_then(|kind| self.accepted.get(kind)).is_none_or(Vec::is_empty);
            let first = windows.iter().map(|window| window.start).min();
            let last = windows.iter().map(|window| window.end).max();
            let serves = self.spent.serves.get(&entry.credit).filter(|(other, _)| *other != rule.id);
            let reason = match () {
                () if general && untaken && within(entry.day) => Some(UseReason::NotAccepted),
                () if !meant => None,
                () if entry.day > self.as_of => Some(UseReason::NotYet),
                () if first.is_some_and(|first| entry.day < first) => first.map(UseReason::Before),
                () if last.is_some_and(|last| entry.day > last) => last.map(UseReason::After),
                () => match (self.spent.earlier.get(&entry.credit), serves) {
                    (Some(end), _) => Some(UseReason::TakenEarlier(*end)),
                    (None, Some((other, _))) => Some(UseReason::Serves(other.clone())),
                    (None, None) => self.apart_from(&rule.id).map(UseReason::Serves),
                },
            };
            if let Some(reason) = reason {
                found.push((key, Use { credit: entry.credit, amount: Measure::ZERO, reasons: vec![reason] }));
            }
        }
        if general && !rule.apart {
            found.extend(self.taken_back());
        }
        found
    }

    /// Another rule from which a rule is apart.
    fn apart_from(&self, id: &str) -> Option<String> {
        let group = self.requirement.apart.iter().find(|group| group.iter().any(|rule| rule == id))?;
        group.iter().find(|rule| *rule != id).cloned()
    }

    fn taken_back(&self) -> Vec<((Date, u32), Use)> {
        let mut found = Vec::new();
        for (number, credit) in (0_u32..).zip(self.book.credits()) {
            let Some(by) = self.book.taken_back_number(number) else { continue };
            let key = (credit.earned.day(&self.requirement.zone), number);
            if !self.entries.iter().any(|entry| entry.credit == number) {
                let reasons = vec![UseReason::TakenBack(by)];
                found.push((key, Use { credit: number, amount: Measure::ZERO, reasons }));
            }
        }
        found
    }
}
