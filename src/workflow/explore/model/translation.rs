//! The way from an item to its configuration and back.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Kept, Model, NOW};
use crate::{
    domain::PersonId,
    workflow::{
        Item,
        condition::OPEN,
        definition::{Track, Verdict},
        engine::Actor,
        event::Timer,
        explore::{
            configuration::Configuration,
            person::{AUTHOR, Other, Signature},
        },
        item::{Progress, Seat},
    },
};

impl Model<'_> {
    /// The author has just begun.
    pub(in crate::workflow::explore) fn start(&self) -> Configuration {
        let events = crate::workflow::begin(self.definition, AUTHOR, &self.facts(Actor::Person(AUTHOR)));
        let item = Item::replay(AUTHOR, &events);
        let persons = (0_u8..).zip(self.population.classes()).flat_map(|(class, count)| {
            std::iter::repeat_n(Signature::of_class(class), usize::try_from(count).unwrap_or(0))
        });
        let blank = Configuration {
            state: 0,
            conflicts: 0,
            spent: 0,
            awarded: 0,
            asked: 0,
            counters: Box::default(),
            taken: vec![0; self.bounds.len()].into(),
            cells: Box::default(),
            quorums: Box::default(),
            author: Signature::default(),
            persons: persons.collect(),
        };
        self.config(&item, &blank, &vec![OPEN; self.symbolic.variables().len()], &blank.taken).0
    }

    /// The item that a configuration stands for.
    pub(in crate::workflow::explore) fn item(&self, config: &Configuration) -> Item {
        let mut item = Item::of(AUTHOR);
        let Some((name, state)) = self.definition.states.get_index(usize::from(config.state)) else { return item };
        item.state.clone_from(name);
        item.closed = state.ends();
        for ((counter, _), value) in self.counters.iter().zip(&config.counters) {
            item.counters.insert(counter.clone(), u32::from(*value));
        }
        for (track, quorum) in self.tracks.iter().zip(&config.quorums).filter(|(_, quorum)| **quorum > 0) {
            item.tracks.insert(track.clone(), Progress { quorum: u32::from(*quorum), seats: Vec::new() });
        }
        self.remember(&mut item, AUTHOR, config.author);
        for (other, signature) in people(config) {
            self.remember(&mut item, other.id(), signature);
        }
        item.decided.clone_from(&self.decided);
        item.taken = self.since.iter().map(|step| (step.clone(), NOW)).collect();
        for (at, variable) in self.symbolic.variables().iter().enumerate() {
            if let Some(name) = variable.name.strip_prefix("decided.").filter(|_| config.asked >> at & 1 == 0) {
                item.decided.0.remove(name);
            }
        }
        for (at, timer) in self.timers_of(config.state).iter().enumerate() {
            if config.spent >> at & 1 == 0 {
                item.timers.insert(Timer::Transition(timer.clone()), Timestamp::MAX);
            }
        }
        item.awarded = self
            .awards
            .iter()
            .enumerate()
            .filter(|(at, _)| config.awarded >> at & 1 == 1)
            .map(|(_, it)| it.clone())
            .collect();
        item
    }

    fn remember(&self, item: &mut Item, person: PersonId, signature: Signature) {
        for (_, role) in self.roles.iter().enumerate().filter(|(at, _)| signature.acted(*at)) {
            item.acted.entry(role.clone()).or_default().insert(person);
        }
        for (at, track) in self.tracks.iter().enumerate() {
            let (Some(verdict), Some(progress)) = (signature.verdict(at), item.tracks.get_mut(track)) else { continue };
            let seat = Seat { person, since: NOW, declared: true, verdict: Some(verdict), voided: false };
            progress.seats.push(seat);
        }
    }

    /// What of an item matters, and who of `before` each of its persons was.
    pub(in crate::workflow::explore) fn config(
        &self,
        item: &Item,
        before: &Configuration,
        cells: &[u8],
        taken: &[u8],
    ) -> (Configuration, Vec<Other>) {
        let state = self.definition.states.get_index_of(&item.state).unwrap_or(0);
        let nothing = Kept::default();
        let kept = self.kept.get(state).unwrap_or(&nothing);
        let cells = cells.iter().zip(&kept.cells).map(|(cell, keep)| if *keep { *cell } else { OPEN }).collect();
        let asked = self.symbolic.variables().iter().enumerate().zip(&kept.cells).filter(|((_, variable), keep)| {
            let name = variable.name.strip_prefix("decided.");
            **keep && name.is_some_and(|name| item.decided.get(name).is_some())
        });
        let mut persons: Vec<(Signature, Other)> = people(before)
            .filter(|(other, _)| !item.recused.contains(&other.id()))
            .map(|(other, _)| (self.signature(item, kept, other.id(), other.class), other))
            .collect();
        persons.sort_unstable();
        let (persons, order): (Vec<Signature>, Vec<Other>) = persons.into_iter().unzip();
        let config = Configuration {
            state: u16::try_from(state).unwrap_or(u16::MAX),
            conflicts: before.conflicts.saturating_add(u8::from(!item.recused.is_empty())),
            spent: bits(self.timers_of(u16::try_from(state).unwrap_or(u16::MAX)), |timer| {
                // A timer without a day yet, as for a meeting that is not in the calendar, runs all the same.
                let timer = Timer::Transition(timer.clone());
                !item.timers.contains_key(&timer) && !item.undated.contains(&timer)
            }),
            awarded: bits(&self.awards, |award| item.awarded.contains(award)),
            asked: asked.fold(0, |bits, ((at, _), _)| bits | 1 << at),
            counters: self
                .counters
                .iter()
                .zip(&kept.counters)
                .map(|((counter, most), keep)| if *keep { item.counter(counter).min(*most) } else { 0 })
                .map(|count| u8::try_from(count).unwrap_or(u8::MAX))
                .collect(),
            taken: taken.iter().zip(&kept.bounds).map(|(count, keep)| if *keep { *count } else { 0 }).collect(),
            cells,
            quorums: self
                .tracks
                .iter()
                .zip(&kept.tracks)
                .map(|(track, keep)| match item.tracks.get(track).filter(|_| *keep) {
                    Some(progress) => u8::try_from(progress.quorum).unwrap_or(u8::MAX),
                    None => 0,
                })
                .collect(),
            author: self.signature(item, kept, AUTHOR, 0),
            persons: persons.into(),
        };
        (config, order)
    }

    fn signature(&self, item: &Item, kept: &Kept, person: PersonId, class: u8) -> Signature {
        let mut signature = Signature::of_class(class);
        for ((at, role), _) in self.roles.iter().enumerate().zip(&kept.roles).filter(|(_, keep)| **keep) {
            if item.acted.get(role).is_some_and(|persons| persons.contains(&person)) {
                signature.act(at);
            }
        }
        for ((at, track), _) in self.tracks.iter().enumerate().zip(&kept.tracks).filter(|(_, keep)| **keep) {
            if let Some(verdict) = item.tracks.get(track).and_then(|progress| progress.seat(person)?.verdict) {
                signature.judge(at, self.as_counted(at, verdict));
            }
        }
        signature
    }

    /// Of verdicts that nothing counts one stands for all.
    fn as_counted(&self, track: usize, verdict: Verdict) -> Verdict {
        let Some(counted) = self.counted.get(track).filter(|counted| !counted.contains(&verdict)) else {
            return verdict;
        };
        Verdict::ALL.into_iter().find(|it| !counted.contains(it)).unwrap_or(verdict)
    }

    /// The verdicts of a track that lead to something different.
    pub(in crate::workflow::explore) fn verdicts(&self, name: &str, track: &Track) -> Vec<Verdict> {
        let at = self.tracks.iter().position(|known| known == name).unwrap_or(usize::MAX);
        let mut seen = BTreeSet::new();
        track.verdicts.iter().copied().filter(|verdict| seen.insert(self.as_counted(at, *verdict))).collect()
    }
}

/// Everybody but the author, and what each did.
pub(in crate::workflow::explore) fn people(config: &Configuration) -> impl Iterator<Item = (Other, Signature)> + '_ {
    let mut last = None;
    config.persons.iter().map(move |signature| {
        let class = signature.class();
        let number = match last {
            Some(Other { class: same, number }) if same == class => number + 1,
            _ => 0,
        };
        let other = Other { class, number };
        last = Some(other);
        (other, *signature)
    })
}

fn bits<T>(items: &[T], set: impl Fn(&T) -> bool) -> u32 {
    items.iter().enumerate().filter(|(_, item)| set(item)).fold(0, |bits, (at, _)| bits | 1 << at)
}
