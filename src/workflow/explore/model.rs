//! A definition made ready for exploring, and the way from an item to its configuration and back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use rust_decimal::Decimal;

use super::{
    command::Commands,
    config::Config,
    domain, live,
    person::{AUTHOR, MOST_ROLES, MOST_TRACKS, Other, Population, Signature},
    sample, survey,
};
use crate::{
    domain::{Answers, Calendar, PersonId},
    workflow::{
        Definition, Item,
        condition::{Foresight, OPEN},
        definition::{Bound, Claim, Track, Verdict},
        engine::{Actor, Facts},
        event::Timer,
        item::{Progress, Seat},
    },
};

/// When everything happens: time passes only as timers say.
pub(super) const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// Most timers, awards and questions of decisions there is a bit for.
const MOST_BITS: usize = 32;

/// A definition made ready for exploring.
pub(super) struct Model<'d> {
    pub(super) definition: &'d Definition,
    pub(super) foresight: Foresight,
    pub(super) answers: Answers,
    /// To everything that transitions ask; what conditions read of it counts only once it was asked.
    decided: Answers,
    pub(super) commands: Commands,
    pub(super) population: Population,
    /// Most conflicts of interest that are found.
    pub(super) conflicts: u8,
    groups: BTreeMap<String, BTreeSet<PersonId>>,
    conflicted: BTreeSet<PersonId>,
    calendar: Calendar,
    /// What the books say: conditions take it either way.
    pub(super) records: BTreeMap<String, Decimal>,
    kept: Vec<Kept>,
    tracks: Vec<String>,
    /// Verdicts of each track that are counted somewhere.
    counted: Vec<BTreeSet<Verdict>>,
    roles: Vec<String>,
    counters: Vec<(String, u32)>,
    bounds: Vec<&'d Bound>,
    awards: Vec<String>,
    timers: Vec<Vec<String>>,
    /// Transitions that times count from.
    since: BTreeSet<String>,
}

/// What is kept in a state, by place.
#[derive(Debug, Default)]
struct Kept {
    cells: Vec<bool>,
    tracks: Vec<bool>,
    roles: Vec<bool>,
    counters: Vec<bool>,
    bounds: Vec<bool>,
}

impl<'d> Model<'d> {
    /// For a population, and what is to be proved of it; the reason, where the definition is beyond all measure.
    pub(super) fn of(
        definition: &'d Definition,
        population: Population,
        claims: &[&'d Claim],
        conflicts: u8,
    ) -> Result<Self, String> {
        let conditions = definition.transitions.values().flat_map(live::conditions);
        let foresight = Foresight::of(conditions, &definition.limits, &|name| domain::of(definition, name));
        let pairs = live::pairs(definition, claims);
        let pairs = match &population {
            Population::Everybody(_) => pairs,
            Population::Declared(_) => {
                pairs.into_iter().filter(|pair| survey::share_a_group(definition, pair)).collect()
            }
        };
        let roles: BTreeSet<String> = pairs.iter().cloned().flat_map(|(one, other)| [one, other]).collect();
        let tracks: BTreeSet<String> =
            definition.states.values().flat_map(|state| state.tracks.keys().cloned()).collect();
        let live = live::live(definition, &foresight, &pairs, claims);
        let counters = survey::counters(definition);
        let bounds: Vec<&Bound> = claims
            .iter()
            .filter_map(|claim| match *claim {
                Claim::Bound { bound } => Some(bound),
                _ => None,
            })
            .collect();
        let kept = definition.states.values().zip(&live).map(|(state, live)| Kept {
            cells: (0..).zip(foresight.variables()).map(|(at, it)| live.keeps(at, it, state)).collect(),
            tracks: tracks.iter().map(|track| live.tracks.contains(track)).collect(),
            roles: roles.iter().map(|role| live.roles.contains(role)).collect(),
            counters: counters.iter().map(|(counter, _)| live.counters.contains(counter)).collect(),
            bounds: bounds.iter().map(|bound| live.bounds.contains(&bound.transition)).collect(),
        });
        let model = Self {
            kept: kept.collect(),
            bounds,
            answers: sample::answers(definition.form.iter().flat_map(|section| &section.questions)),
            decided: sample::answers(survey::decided(definition)),
            commands: Commands::of(definition),
            groups: population.groups(definition),
            conflicted: BTreeSet::new(),
            calendar: Calendar::plain(TimeZone::UTC),
            records: definition.records.keys().map(|name| (name.clone(), Decimal::ZERO)).collect(),
            counted: tracks.iter().map(|track| survey::counted(definition, claims, track)).collect(),
            tracks: tracks.into_iter().collect(),
            roles: roles.into_iter().collect(),
            counters,
            awards: survey::awards(definition),
            since: survey::since(definition),
            timers: definition.states.keys().map(|state| survey::timers(definition, state)).collect(),
            definition,
            foresight,
            population,
            conflicts,
        };
        model.measured()
    }

    fn measured(self) -> Result<Self, String> {
        let counts = [
            (self.tracks.len(), MOST_TRACKS, "tracks"),
            (self.roles.len(), MOST_ROLES, "separated roles"),
            (self.awards.len(), MOST_BITS, "states that award credit"),
            (self.timers.iter().map(Vec::len).max().unwrap_or(0), MOST_BITS, "timers in one state"),
            (self.foresight.variables().len(), MOST_BITS, "answers that conditions compare with constants"),
        ];
        match counts.into_iter().find(|(count, most, _)| count > most) {
            Some((count, most, what)) => Err(format!("{count} {what} are more than the {most} that can be explored")),
            None => Ok(self),
        }
    }

    /// What the engine is told.
    pub(super) fn facts(&self, actor: Actor) -> Facts<'_> {
        Facts {
            now: NOW,
            calendar: &self.calendar,
            actor,
            answers: &self.answers,
            in_force: &self.answers,
            records: &self.records,
            groups: &self.groups,
            conflicted: &self.conflicted,
            foresight: Some(&self.foresight),
        }
    }

    /// The author has just begun.
    pub(super) fn start(&self) -> Config {
        let events = crate::workflow::begin(self.definition, AUTHOR, &self.facts(Actor::Person(AUTHOR)));
        let item = Item::replay(AUTHOR, &events);
        let persons = (0_u8..).zip(self.population.classes()).flat_map(|(class, count)| {
            std::iter::repeat_n(Signature::of_class(class), usize::try_from(count).unwrap_or(0))
        });
        let blank = Config {
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
        self.config(&item, &blank, &vec![OPEN; self.foresight.variables().len()], &blank.taken).0
    }

    /// The item that a configuration stands for.
    pub(super) fn item(&self, config: &Config) -> Item {
        let mut item = Item::of(AUTHOR);
        let Some((name, state)) = self.definition.states.get_index(usize::from(config.state)) else { return item };
        item.state.clone_from(name);
        item.closed = state.kind == crate::workflow::definition::StateKind::End;
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
        for (at, variable) in self.foresight.variables().iter().enumerate() {
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
    pub(super) fn config(&self, item: &Item, before: &Config, cells: &[u8], taken: &[u8]) -> (Config, Vec<Other>) {
        let state = self.definition.states.get_index_of(&item.state).unwrap_or(0);
        let nothing = Kept::default();
        let kept = self.kept.get(state).unwrap_or(&nothing);
        let cells = cells.iter().zip(&kept.cells).map(|(cell, keep)| if *keep { *cell } else { OPEN }).collect();
        let asked = self.foresight.variables().iter().enumerate().zip(&kept.cells).filter(|((_, variable), keep)| {
            let name = variable.name.strip_prefix("decided.");
            **keep && name.is_some_and(|name| item.decided.get(name).is_some())
        });
        let mut persons: Vec<(Signature, Other)> = people(before)
            .filter(|(other, _)| !item.recused.contains(&other.id()))
            .map(|(other, _)| (self.signature(item, kept, other.id(), other.class), other))
            .collect();
        persons.sort_unstable();
        let (persons, order): (Vec<Signature>, Vec<Other>) = persons.into_iter().unzip();
        let config = Config {
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
    pub(super) fn verdicts(&self, name: &str, track: &Track) -> Vec<Verdict> {
        let at = self.tracks.iter().position(|known| known == name).unwrap_or(usize::MAX);
        let mut seen = BTreeSet::new();
        track.verdicts.iter().copied().filter(|verdict| seen.insert(self.as_counted(at, *verdict))).collect()
    }

    /// Timers that lead out of a state.
    pub(super) fn timers_of(&self, state: u16) -> &[String] {
        self.timers.get(usize::from(state)).map_or(&[], Vec::as_slice)
    }

    /// How often bounded transitions were taken, one more than the bound at the most.
    pub(super) fn count(&self, taken: &[u8], transition: &str) -> Vec<u8> {
        let counted = self.bounds.iter().zip(taken).map(|(bound, count)| {
            let most = u8::try_from(bound.at_most).unwrap_or(u8::MAX).saturating_add(1);
            if bound.transition == transition { count.saturating_add(1).min(most) } else { *count }
        });
        counted.collect()
    }

    /// Bounds that were passed.
    pub(super) fn passed<'s>(&'s self, taken: &'s [u8]) -> impl Iterator<Item = &'d Bound> + 's {
        self.bounds
            .iter()
            .zip(taken)
            .filter(|(bound, count)| u32::from(**count) > bound.at_most)
            .map(|(bound, _)| *bound)
    }
}

/// Everybody but the author, and what each did.
pub(super) fn people(config: &Config) -> impl Iterator<Item = (Other, Signature)> + '_ {
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
