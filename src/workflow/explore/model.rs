//! A definition made ready for exploring.

mod translation;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use rust_decimal::Decimal;
pub(super) use translation::people;

use super::{
    command::Commands,
    domain,
    effort::{Effort, TooLarge},
    person::{MOST_ROLES, MOST_TRACKS, Population},
    relevance, sample, survey,
};
use crate::{
    domain::{Answers, Calendar, Email, PersonId},
    workflow::{
        Definition,
        condition::SymbolicAnswers,
        definition::{Bound, Claim, Verdict},
        engine::{Actor, Facts},
    },
};

/// When everything happens: time passes only as timers say.
pub(super) const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// Most timers, awards and questions of decisions there is a bit for.
const MOST_BITS: usize = 32;

/// A definition made ready for exploring.
pub(super) struct Model<'d> {
    pub(super) definition: &'d Definition,
    pub(super) symbolic: SymbolicAnswers,
    pub(super) answers: Answers,
    /// To everything that transitions ask; what conditions read of it counts only once it was asked.
    decided: Answers,
    pub(super) commands: Commands,
    pub(super) population: Population,
    /// Most conflicts of interest that are found.
    pub(super) conflicts: u8,
    /// What it may cost.
    pub(super) effort: &'d Effort,
    groups: BTreeMap<String, BTreeSet<PersonId>>,
    conflicted: BTreeSet<PersonId>,
    disclosing: BTreeSet<Email>,
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

/// What an exploration is made for: what is to be proved, and how many conflicts of interest become known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'c, 'd> {
    pub(super) claims: &'c [&'d Claim],
    pub(super) conflicts: u8,
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
        asked: Asked<'_, 'd>,
        effort: &'d Effort,
    ) -> Result<Self, TooLarge> {
        let Asked { claims, conflicts } = asked;
        let conditions = definition.transitions.values().flat_map(relevance::conditions);
        let symbolic = SymbolicAnswers::of(conditions, &definition.limits, &|name| domain::of(definition, name));
        let pairs = relevance::pairs(definition, claims);
        let pairs = match &population {
            Population::Everybody(_) => pairs,
            Population::Declared(_) => {
                pairs.into_iter().filter(|pair| survey::share_a_group(definition, pair)).collect()
            }
        };
        let mut roles: BTreeSet<String> = pairs.iter().cloned().flat_map(|(one, other)| [one, other]).collect();
        roles.extend(relevance::excluded(definition, claims).into_iter().cloned());
        let tracks: BTreeSet<String> =
            definition.states.values().flat_map(|state| state.tracks.keys().cloned()).collect();
        let live = relevance::relevant(definition, &symbolic, &pairs, claims);
        let counters = survey::counters(definition);
        let bounds: Vec<&Bound> = claims
            .iter()
            .filter_map(|claim| match *claim {
                Claim::Bound { bound } => Some(bound),
                _ => None,
            })
            .collect();
        let kept = definition.states.values().zip(&live).map(|(state, live)| Kept {
            cells: (0..).zip(symbolic.variables()).map(|(at, it)| live.keeps(at, it, state)).collect(),
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
            disclosing: BTreeSet::new(),
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
            symbolic,
            population,
            conflicts,
            effort,
        };
        model.measured()
    }

    fn measured(self) -> Result<Self, TooLarge> {
        let counts = [
            (self.tracks.len(), MOST_TRACKS, "tracks"),
            (self.roles.len(), MOST_ROLES, "separated roles"),
            (self.awards.len(), MOST_BITS, "states that award credit"),
            (self.timers.iter().map(Vec::len).max().unwrap_or(0), MOST_BITS, "timers in one state"),
            (self.symbolic.variables().len(), MOST_BITS, "answers that conditions compare with constants"),
        ];
        match counts.into_iter().find(|(count, most, _)| count > most) {
            Some((count, most, what)) => {
                Err(TooLarge(format!("{count} {what} are more than the {most} that can be explored")))
            }
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
            absent: crate::workflow::engine::Absent::nobody(),
            disclosing: &self.disclosing,
            symbolic: Some(&self.symbolic),
        }
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
