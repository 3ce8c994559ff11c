//! Windows of two periods that overlap: the earlier one takes first what it needs, in whole entries.
//!
//! First what only it can use; then, for each rule that it has not met, credits for that rule in the order of their days;
//! then for the total those that serve fewest other rules.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::{
    super::{
        Credential, Measure,
        book::Entry,
        definition::{Reading, Rule, Window},
    },
    Context, Spent,
    fill::CapsRead,
};

impl Context<'_> {
    /// Lets every earlier period take what it needs, the first one first.
    pub(super) fn overlap(&mut self) {
        let Ok(window) = self.window.clone() else { return };
        if !self.requirement.earlier_needs_first {
            return;
        }
        let mut periods = self.earlier();
        periods.reverse();
        let mut taken: BTreeMap<u32, Date> = BTreeMap::new();
        for (number, (credential, earlier)) in periods.iter().enumerate() {
            let later = periods.get(number + 1).map_or(window, |(_, window)| *window);
            let chosen = self.needed(credential, *earlier, later, &taken);
            taken.extend(chosen.into_iter().map(|credit| (credit, earlier.end)));
        }
        // What was taken outside this window has nothing to do with it.
        if !taken.is_empty() {
            let inside: HashSet<u32> = self.within(window).iter().map(|entry| entry.credit).collect();
            taken.retain(|credit, _| inside.contains(credit));
        }
        self.spent.earlier = taken;
    }

    /// The credits in both windows that the earlier period takes.
    fn needed(
        &self,
        credential: &Credential,
        earlier: Window,
        later: Window,
        taken: &BTreeMap<u32, Date>,
    ) -> HashSet<u32> {
        let pinned = |credit: u32| {
            let credit = self.book.credit(credit)?;
            self.credential.pins.get(&credit.id).map(|end| *end == earlier.end)
        };
        let mut shared: HashSet<u32> = HashSet::new();
        let mut chosen: HashSet<u32> = HashSet::new();
        let both = self.within(Window { start: earlier.start.max(later.start), end: earlier.end.min(later.end) });
        for entry in both {
            if taken.contains_key(&entry.credit) {
                continue;
            }
            match pinned(entry.credit) {
                Some(true) => drop(chosen.insert(entry.credit)),
                Some(false) => {}
                None => drop(shared.insert(entry.credit)),
            }
        }
        for (id, rule) in self.rules_with_the_total_last() {
            let Some(reading) = rule.readings.first() else { continue };
            let wanted = self.wanted(id, reading, both, |credit| shared.contains(&credit) && !chosen.contains(&credit));
            let enough = |count: usize| {
                let trial = wanted.get(..count).unwrap_or_default();
                let has = self.with(rule, reading, earlier, &hidden(&shared, &chosen, trial, taken));
                has >= self.required(&reading.at_least, credential).amount
            };
            // More entries never make less, so that the least number that is enough is found by halving.
            let (mut low, mut high) = (0, wanted.len());
            while low < high {
                let middle = low + (high - low) / 2;
                if enough(middle) { high = middle } else { low = middle + 1 }
            }
            chosen.extend(wanted.into_iter().take(low));
        }
        chosen
    }

    fn rules_with_the_total_last(&self) -> impl Iterator<Item = (&String, &Rule)> {
        let rules = &self.requirement.rules;
        rules.iter().filter(|(id, _)| *id != "total").chain(rules.get_key_value("total"))
    }

    /// The credits of a window.
    fn within(&self, window: Window) -> &[Entry] {
        let from = self.entries.partition_point(|entry| entry.day < window.start);
        let to = self.entries.partition_point(|entry| entry.day <= window.end);
        self.entries.get(from..to.max(from)).unwrap_or_default()
    }

    /// Credits in both windows, of those that are free, that a rule can use: for the total those first that serve no
    /// other rule.
    fn wanted(&self, id: &str, reading: &Reading, both: &[Entry], free: impl Fn(u32) -> bool) -> Vec<u32> {
        let filling = self.filling(&reading.of);
        let others: Vec<_> = self
            .requirement
            .rules
            .iter()
            .filter(|(other, _)| id == "total" && *other != id)
            .filter_map(|(_, rule)| rule.readings.first())
            .map(|reading| self.filling(&reading.of))
            .collect();
        let mut wanted: Vec<(usize, usize, u32)> = Vec::new();
        for (order, entry) in both.iter().enumerate() {
            if free(entry.credit) && filling.means(entry) {
                let serves = others.iter().filter(|other| other.means(entry)).count();
                wanted.push((serves, order, entry.credit));
            }
        }
        wanted.sort_unstable();
        wanted.into_iter().map(|(_, _, credit)| credit).collect()
    }

    /// What a rule has in a window where some credits are not there.
    fn with(&self, rule: &Rule, reading: &Reading, window: Window, hidden: &BTreeMap<u32, Date>) -> Measure {
        let spent = Spent { earlier: hidden.clone(), ..Spent::default() };
        self.filled(rule, &reading.of, CapsRead::Strictly).without(&spent).sum(window)
    }
}

/// What an earlier period does not have: what others took, and what it has not chosen.
fn hidden(
    shared: &HashSet<u32>,
    chosen: &HashSet<u32>,
    trial: &[u32],
    taken: &BTreeMap<u32, Date>,
) -> BTreeMap<u32, Date> {
    let trial: HashSet<u32> = trial.iter().copied().collect();
    let not_chosen = shared.iter().filter(|credit| !chosen.contains(credit) && !trial.contains(credit));
    not_chosen.map(|credit| (*credit, Date::MAX)).chain(taken.iter().map(|(credit, day)| (*credit, *day))).collect()
}
