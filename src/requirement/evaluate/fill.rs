//! Adding up: credits in the order of their days, each with its weight and under the caps.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    super::{
        Measure,
        book::Entry,
        definition::{Bound, Cap, Minimum, Requirement, Selector, Weight, Window},
        measure::Rounding,
    },
    Context, Spent,
    select::{Selection, Share},
};

/// Which reading of caps that the sources dispute is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CapsRead {
    /// The one that lets least count.
    Strictly,
    /// The one that lets most count.
    Leniently,
}

/// Credits added up for one selection.
pub(super) struct Filling<'f, 'a> {
    context: &'f Context<'a>,
    selection: Selection<'f>,
    /// By kind: the first weight that fits.
    weights: Vec<Option<usize>>,
    caps: Vec<CapLine<'f>>,
    /// The rule, for what is spent on it alone.
    rule: Option<&'f str>,
    /// Of repeats of an activity one counts.
    once: bool,
    /// What was spent elsewhere.
    spent: &'f Spent,
}

struct CapLine<'f> {
    id: &'f str,
    at_most: Measure,
    selection: Selection<'f>,
}

/// What one credit came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken<'f> {
    /// Of what it prints, the part that is meant, in thousandths of an hour.
    pub(super) portion: Measure,
    /// With unit and weight.
    pub(super) value: Measure,
    /// Under the caps.
    pub(super) counted: Measure,
    /// The weight that was given, by its number.
    pub(super) weight: Option<usize>,
    /// The cap that bounded it.
    pub(super) cap: Option<&'f str>,
    /// The credit for the same activity that counts in its place.
    pub(super) repeat_of: Option<u32>,
}

impl<'a> Context<'a> {
    /// Credits of a selection, without caps.
    pub(super) fn filling<'f>(&'f self, of: &'f Selector) -> Filling<'f, 'a> {
        let selection = self.select(of);
        let weights = self.weights(&selection);
        Filling { context: self, selection, weights, caps: Vec::new(), rule: None, once: false, spent: &self.spent }
    }

    fn weights(&self, selection: &Selection<'_>) -> Vec<Option<usize>> {
        let mut found = vec![None; selection.shares().len()];
        for (number, weight) in self.requirement.weights.iter().enumerate() {
            let weighted = self.select(&weight.of);
            for (place, share) in found.iter_mut().zip(weighted.shares()) {
                if place.is_none() && *share != Share::Nothing {
                    *place = Some(number);
                }
            }
        }
        found
    }
}

impl<'f, 'a> Filling<'f, 'a> {
    /// Under caps: the named ones, or all.
    pub(super) fn under(mut self, named: Option<&'f [String]>, read: CapsRead) -> Self {
        let requirement = self.context.requirement;
        let caps = requirement.caps.iter().filter(|(id, _)| named.is_none_or(|named| named.contains(id)));
        self.caps = caps
            .map(|(id, cap)| CapLine {
                id,
                at_most: at_most(requirement, cap, read),
                selection: self.context.select(&cap.of),
            })
            .collect();
        self
    }

    /// For a rule: what is spent on it counts for it.
    pub(super) fn of_rule(mut self, id: &'f str) -> Self {
        self.rule = Some(id);
        self
    }

    /// Of repeats of an activity in a window the largest counts: were it the first, one more credit could lower a total.
    pub(super) fn once(mut self, once: bool) -> Self {
        self.once = once;
        self
    }

    /// As if this was spent and nothing else.
    pub(super) fn without(mut self, spent: &'f Spent) -> Self {
        self.spent = spent;
        self
    }

    /// Whether a credit is of the selection.
    pub(super) fn means(&self, entry: &Entry) -> bool {
        self.selection.share(entry) != Share::Nothing
    }

    /// The entries of a window, up to today.
    pub(super) fn entries(&self, window: Window) -> &'f [Entry] {
        let end = window.end.min(self.context.as_of);
        let entries: &'f [Entry] = &self.context.entries;
        let from = entries.partition_point(|entry| entry.day < window.start);
        let to = entries.partition_point(|entry| entry.day <= end);
        entries.get(from..to.max(from)).unwrap_or_default()
    }

    /// What counts in a window.
    pub(super) fn sum(&self, window: Window) -> Measure {
        self.each(window, |_, _| {})
    }

    /// How many credits there are.
    pub(super) fn items(&self, window: Window) -> u32 {
        let mut items = 0_u32;
        self.each(window, |_, taken| items = items.saturating_add(u32::from(taken.counted > Measure::ZERO)));
        items
    }

    /// The same, credit by credit.
    ///
    /// Under caps, what a weight adds to its first hours is given out once every credit has its plain hours: hours that a
    /// cap cuts off would use the weight up, and one more credit could lower a total.
    pub(super) fn each(&self, window: Window, mut take: impl FnMut(&Entry, Taken<'f>)) -> Measure {
        if self.selection.is_empty() {
            return Measure::ZERO;
        }
        let entries = self.entries(window);
        let largest = if self.once { self.largest(entries) } else { BTreeMap::new() };
        let mut budgets: Vec<Option<Measure>> =
            self.context.requirement.weights.iter().map(|weight| weight.first).collect();
        let mut room: Vec<Measure> = self.caps.iter().map(|cap| cap.at_most).collect();
        let adds_later = self.adds_later();
        let (mut total, mut kept) = (Measure::ZERO, Vec::new());
        for entry in entries {
            let portion = self.left(entry);
            if portion == Measure::ZERO {
                continue;
            }
            let (value, weight) = match self.first_hours(entry).filter(|_| adds_later) {
                Some(_) => (self.context.in_units(portion), None),
                None => self.value(entry, portion, &mut budgets),
            };
            let activity = || self.context.book.credit(entry.credit).and_then(|credit| credit.activity.as_deref());
            let repeat_of = if self.once { activity().and_then(|activity| largest.get(activity)) } else { None };
            let taken = if let Some((_, other)) = repeat_of.filter(|(_, other)| *other != entry.credit) {
                Taken { portion, value, counted: Measure::ZERO, weight, cap: None, repeat_of: Some(*other) }
            } else {
                let (counted, cap) = self.bounded(entry, portion, value, &mut room);
                Taken { portion, value, counted, weight, cap, repeat_of: None }
            };
            total += taken.counted;
            if adds_later { kept.push((entry, taken)) } else { take(entry, taken) }
        }
        for (entry, taken) in kept {
            let weighted = self.weighted(entry, taken, &mut budgets, &mut room);
            total += weighted.counted - taken.counted;
            take(entry, weighted);
        }
        total
    }

    /// Whether caps and a weight of first hours may meet.
    fn adds_later(&self) -> bool {
        !self.caps.is_empty() && self.context.requirement.weights.iter().any(adds_to_first)
    }

    /// The weight that adds to the first hours of what a credit is of, by its number.
    fn first_hours(&self, entry: &Entry) -> Option<(usize, Decimal)> {
        let number = self.weights.get(usize::try_from(entry.kind).ok()?).copied().flatten()?;
        let weight = self.context.requirement.weights.get(number).filter(|weight| adds_to_first(weight))?;
        Some((number, weight.times))
    }

    /// With what a weight adds to its first hours, as far as caps leave room; only what counts uses the weight up.
    fn weighted(
        &self,
        entry: &Entry,
        taken: Taken<'f>,
        budgets: &mut [Option<Measure>],
        room: &mut [Measure],
    ) -> Taken<'f> {
        if taken.repeat_of.is_some() {
            return taken;
        }
        let Some((number, more)) = self.first_hours(entry) else { return taken };
        let Some(Some(left)) = budgets.get_mut(number) else { return taken };
        let first = taken.value.min(*left);
        let added = times(first, more) - first;
        let (counted, cap) = self.bounded(entry, taken.portion, added, room);
        let cap = taken.cap.or(cap);
        if counted == Measure::ZERO {
            return Taken { cap, ..taken };
        }
        *left -= first.part(counted.thousandths(), added.thousandths(), Rounding::Up);
        let (value, counted) = (taken.value + added, taken.counted + counted);
        Taken { value, counted, weight: Some(number), cap, ..taken }
    }

    /// Of what a credit prints, what is meant and was not spent.
    pub(super) fn left(&self, entry: &Entry) -> Measure {
        let portion = self.context.portion(&self.selection, entry);
        if portion == Measure::ZERO || (self.spent.earlier.is_empty() && self.spent.serves.is_empty()) {
            return portion;
        }
        if self.spent.earlier.contains_key(&entry.credit) {
            return Measure::ZERO;
        }
        match self.spent.serves.get(&entry.credit) {
            Some((rule, spent)) if self.rule != Some(rule) => portion.min(entry.printed.over(*spent)),
            _ => portion,
        }
    }

    /// With the requirement's unit and the weight.
    fn value(&self, entry: &Entry, portion: Measure, budgets: &mut [Option<Measure>]) -> (Measure, Option<usize>) {
        let plain = self.context.in_units(portion);
        let kind = usize::try_from(entry.kind).ok();
        let Some(number) = kind.and_then(|kind| self.weights.get(kind)).copied().flatten() else {
            return (plain, None);
        };
        let Some(weight) = self.context.requirement.weights.get(number) else { return (plain, None) };
        let weighted = match budgets.get_mut(number) {
            Some(Some(left)) => {
                let weighted = plain.min(*left);
                *left -= weighted;
                weighted
            }
            _ => plain,
        };
        (times(weighted, weight.times) + (plain - weighted), (weighted > Measure::ZERO).then_some(number))
    }

    /// With its weight, as if nothing had used that up.
    fn heaviest(&self, entry: &Entry, portion: Measure) -> Measure {
        let weights = &self.context.requirement.weights;
        self.value(entry, portion, &mut vec![None; weights.len()]).0
    }

    /// Under the caps that it falls under. Caps are inside one another or have nothing in common; one that bounds some
    /// hours of a credit leaves the others.
    fn bounded(
        &self,
        entry: &Entry,
        portion: Measure,
        value: Measure,
        room: &mut [Measure],
    ) -> (Measure, Option<&'f str>) {
        if self.caps.is_empty() {
            return (value, None);
        }
        let (mut whole, mut parts, mut by) = (Measure::ZERO, Measure::ZERO, None);
        let mut under = Vec::new();
        for (number, (cap, left)) in self.caps.iter().zip(room.iter()).enumerate() {
            let capped = self.context.portion(&cap.selection, entry).min(portion);
            if capped == Measure::ZERO {
                continue;
            }
            let capped = value.part(capped.thousandths(), portion.thousandths(), Rounding::Down);
            let lost = capped.over(*left);
            if lost > Measure::ZERO && (by.is_none() || lost > whole) {
                by = Some(cap.id);
            }
            if capped == value {
                whole = whole.max(lost);
            } else {
                parts += lost;
            }
            under.push((number, capped));
        }
        let counted = value.over(whole.max(parts));
        let lost = value - counted;
        for (number, capped) in under {
            if let Some(left) = room.get_mut(number) {
                *left = left.over(capped.over(lost));
            }
        }
        (counted, by)
    }

    /// The largest credit for each activity, the first of equals.
    fn largest(&self, entries: &[Entry]) -> BTreeMap<&'a str, (Measure, u32)> {
        let mut found: BTreeMap<&'a str, (Measure, u32)> = BTreeMap::new();
        for entry in entries {
            let portion = self.heaviest(entry, self.left(entry));
            let Some(activity) = self.context.book.credit(entry.credit).and_then(|credit| credit.activity.as_deref())
            else {
                continue;
            };
            if portion > Measure::ZERO {
                let best = found.entry(activity).or_insert((portion, entry.credit));
                if portion > best.0 {
                    *best = (portion, entry.credit);
                }
            }
        }
        found
    }
}

impl Context<'_> {
    /// Thousandths of an hour in the requirement's unit; exact, for the file was refused otherwise.
    pub(super) fn in_units(&self, hours: Measure) -> Measure {
        match self.requirement.unit_minutes {
            60 => hours,
            minutes => hours.part(60, i64::from(minutes), Rounding::Down),
        }
    }
}

fn adds_to_first(weight: &Weight) -> bool {
    weight.first.is_some() && weight.times > Decimal::ONE
}

/// `times` as much; exact, for the file was refused otherwise.
fn times(amount: Measure, times: Decimal) -> Measure {
    let exact = Decimal::from(amount.thousandths()).checked_mul(times).and_then(|found| found.floor().to_i64());
    exact.map_or(Measure::MAX, Measure::from_thousandths)
}

/// How much counts under a cap.
fn at_most(requirement: &Requirement, cap: &Cap, read: CapsRead) -> Measure {
    let bounds = cap.readings.iter().map(|reading| match &reading.at_most {
        Bound::Hours(hours) => *hours,
        Bound::Percent { percent, of } => {
            let asked =
                requirement.rules.get(of).and_then(|rule| rule.readings.first()).map(|reading| &reading.at_least);
            match asked {
                Some(Minimum::Hours { hours, .. } | Minimum::PerYear(hours) | Minimum::PerCycleYear(hours)) => {
                    times(*hours, *percent / Decimal::ONE_HUNDRED)
                }
                _ => Measure::MAX,
            }
        }
    });
    let found = match read {
        CapsRead::Strictly => bounds.min(),
        CapsRead::Leniently => bounds.max(),
    };
    found.unwrap_or(Measure::MAX)
}
