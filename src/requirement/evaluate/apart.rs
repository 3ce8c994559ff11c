//! Hours that serve one rule alone: rules that are apart from one another, and rules that are on top of everything.

use std::collections::BTreeMap;

use super::{
    super::{
        Measure,
        book::Entry,
        definition::{Minimum, Reading, Rule},
        known::Known,
        measure::Rounding,
    },
    Context,
    fill::CapsRead,
    flow::{Group, flow},
};

/// What a rule gets that is apart from others.
#[derive(Clone, Debug, Default)]
pub(super) struct Share {
    /// Where every rule that may be owed is.
    pub(super) strictly: Measure,
    /// Where only those are that surely are.
    pub(super) leniently: Measure,
    /// The fact that decides between the two.
    pub(super) asks: Option<String>,
    /// How much of which credit it gets.
    pub(super) credits: Vec<(u32, Measure)>,
}

/// What credits of a group have in common; those that serve fewest rules come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    useful: usize,
    mask: Vec<bool>,
    /// A credit that names hours stands for itself.
    alone: Option<u32>,
}

/// A rule of a group, with what it asks for.
struct Member<'r> {
    id: &'r str,
    rule: &'r Rule,
    reading: &'r Reading,
    /// The fact that decides whether it is owed.
    asks: Option<String>,
}

impl<'a> Context<'a> {
    /// Takes out what serves rules that are on top: all that they match where they count things, and as many hours as
    /// they ask for where they count hours.
    pub(super) fn set_aside(&mut self) {
        let requirement = self.requirement;
        for (id, rule) in requirement.rules.iter().filter(|(_, rule)| rule.apart) {
            let Some(reading) = rule.readings.first().filter(|reading| self.owed(rule, reading) != Known::No) else {
                continue;
            };
            let Ok(windows) = self.windows(reading) else { continue };
            let mut lacks = if let Minimum::Items(_) = reading.at_least {
                Measure::MAX
            } else {
                // From the requirement's unit back to hours.
                let asked = self.required(&reading.at_least, self.credential).amount;
                asked.part(i64::from(requirement.unit_minutes), 60, Rounding::Up)
            };
            let mut served = Vec::new();
            for entry in self.least_useful(id, reading) {
                let inside = windows.iter().any(|window| window.contains(entry.day)) && entry.day <= self.as_of;
                let selection = self.select(&reading.of);
                let portion = self.portion(&selection, &entry);
                if inside && portion > Measure::ZERO && lacks > Measure::ZERO {
                    let amount = if lacks == Measure::MAX { entry.printed } else { portion.min(lacks) };
                    lacks = if lacks == Measure::MAX { lacks } else { lacks.over(amount) };
                    served.push((entry.credit, (id.clone(), amount)));
                }
            }
            for (credit, serves) in served {
                self.spent.serves.entry(credit).or_insert(serves);
            }
        }
    }

    /// Credits that a reading means, those first that serve fewest other rules.
    fn least_useful(&self, id: &str, reading: &Reading) -> Vec<Entry> {
        let own = self.select(&reading.of);
        let others: Vec<_> = self
            .requirement
            .rules
            .iter()
            .filter(|(other, _)| other.as_str() != id)
            .flat_map(|(_, rule)| &rule.readings)
            .map(|reading| self.select(&reading.of))
            .collect();
        let mut found: Vec<(usize, Entry)> = self
            .entries
            .iter()
            .filter(|entry| self.portion(&own, entry) > Measure::ZERO)
            .map(|entry| (others.iter().filter(|other| self.portion(other, entry) > Measure::ZERO).count(), *entry))
            .collect();
        found.sort_by_key(|(serves, entry)| (*serves, entry.day, entry.credit));
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Divides hours among rules of which each serves one.
    pub(super) fn divide(&mut self) {
        for group in &self.requirement.apart {
            let members: Vec<Member<'a>> = group.iter().filter_map(|id| self.member(id)).collect();
            let uncertain = members.iter().find_map(|member| member.asks.clone());
            let strict = self.shares(&members);
            let certain: Vec<&Member<'a>> = members.iter().filter(|member| member.asks.is_none()).collect();
            for (n, member) in members.iter().enumerate() {
                let (strictly, credits) = strict.get(n).cloned().unwrap_or_default();
                let leniently = match (&uncertain, certain.iter().position(|other| other.id == member.id)) {
                    (Some(_), Some(place)) => {
                        let only: Vec<Member<'a>> = certain.iter().map(|member| member.again()).collect();
                        self.shares(&only).get(place).map_or(strictly, |(amount, _)| *amount)
                    }
                    _ => strictly,
                };
                let asks = uncertain.clone().filter(|_| leniently > strictly);
                self.apart.insert(member.id.to_owned(), Share { strictly, leniently, asks, credits });
            }
        }
    }

    fn member(&self, id: &'a str) -> Option<Member<'a>> {
        let rule = self.requirement.rules.get(id)?;
        let reading = rule.readings.first()?;
        match self.owed(rule, reading) {
            Known::No => None,
            Known::Yes => Some(Member { id, rule, reading, asks: None }),
            Known::Unknown(fact) => Some(Member { id, rule, reading, asks: Some(fact) }),
        }
    }

    /// What each rule gets, and from which credits.
    fn shares(&self, members: &[Member<'a>]) -> Vec<(Measure, Vec<(u32, Measure)>)> {
        let mut groups: BTreeMap<Alike, (Group, Vec<(Entry, Measure)>)> = BTreeMap::new();
        let fillings: Vec<_> =
            members.iter().map(|member| self.filled(member.rule, &member.reading.of, CapsRead::Strictly)).collect();
        let windows: Vec<_> = members.iter().map(|member| self.windows(member.reading).unwrap_or_default()).collect();
        for entry in self.entries.iter().filter(|entry| entry.day <= self.as_of) {
            let serves: Vec<Measure> = fillings
                .iter()
                .zip(&windows)
                .map(|(filling, windows)| {
                    let inside = windows.iter().any(|window| window.contains(entry.day));
                    if inside { self.in_units(filling.left(entry)) } else { Measure::ZERO }
                })
                .collect();
            let most = serves.iter().copied().max().unwrap_or_default();
            if most == Measure::ZERO {
                continue;
            }
            let whole = self.in_units(entry.printed);
            let alone = serves.iter().any(|part| *part > Measure::ZERO && *part != whole).then_some(entry.credit);
            let mask: Vec<bool> = serves.iter().map(|part| *part > Measure::ZERO).collect();
            let useful = mask.iter().filter(|serves| **serves).count();
            let supply = if alone.is_some() { whole.min(serves.iter().copied().sum()) } else { whole };
            let empty = || (Group { supply: Measure::ZERO, serves: vec![Measure::ZERO; members.len()] }, Vec::new());
            let (group, entries) = groups.entry(Alike { useful, mask, alone }).or_insert_with(empty);
            group.supply += supply;
            for (place, part) in group.serves.iter_mut().zip(&serves) {
                *place += *part;
            }
            entries.push((*entry, supply));
        }
        let (groups, entries): (Vec<Group>, Vec<Vec<(Entry, Measure)>>) = groups.into_values().unzip();
        let demands: Vec<Measure> =
            members.iter().map(|member| self.required(&member.reading.at_least, self.credential).most).collect();
        let given = flow(&groups, &demands);
        (0..members.len())
            .map(|rule| {
                let mut credits = Vec::new();
                for (group, entries) in given.iter().zip(&entries) {
                    credits.extend(handed_out(group, rule, entries));
                }
                (credits.iter().map(|(_, amount)| *amount).sum(), credits)
            })
            .collect()
    }
}

/// Which credits of a group serve a rule: the earlier rules get the earlier credits.
fn handed_out(given: &[Measure], rule: usize, entries: &[(Entry, Measure)]) -> Vec<(u32, Measure)> {
    let mut before: Measure = given.iter().take(rule).copied().sum();
    let mut wanted = given.get(rule).copied().unwrap_or_default();
    let mut found = Vec::new();
    for (entry, supply) in entries {
        let gone = before.min(*supply);
        before -= gone;
        let part = wanted.min(*supply - gone);
        if part > Measure::ZERO {
            found.push((entry.credit, part));
            wanted -= part;
        }
    }
    found
}

impl Member<'_> {
    fn again(&self) -> Self {
        Self { id: self.id, rule: self.rule, reading: self.reading, asks: None }
    }
}
