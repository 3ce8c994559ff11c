//! Whatever the engine does to a real item is a way of the explored graph: random histories, followed step by step.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{
    super::{
        Effort, Limits,
        configuration::Configuration,
        model::{Asked, Model, people},
        person::{AUTHOR, COORDINATOR, Population},
        sample, successors,
    },
    SOUND, credits,
};
use crate::{
    domain::{Answer, Answers, Calendar, PersonId},
    workflow::{
        Act, Actor, Command, Definition, Event, EventKind, Facts, Item, begin, decide,
        definition::{Claim, Role, Verdict},
        event::Resolution,
        load, offers,
    },
};

const PERSONS: u32 = 4;

/// A real item, and every configuration that it may be in.
struct Walk<'m, 'd> {
    model: &'m Model<'d>,
    item: Item,
    /// The item as an exploration sees it: a seat taken is nothing, a verdict is.
    seen: Item,
    answers: Answers,
    now: Timestamp,
    possible: BTreeSet<usize>,
    known: Vec<Configuration>,
    conflicts: u8,
}

fn definition(source: &str) -> Definition {
    load(source, &credits()).expect("sound").0
}

fn everybody() -> Vec<PersonId> {
    (0..PERSONS).map(|number| PersonId(uuid::Uuid::from_u128(number.into()))).collect()
}

fn groups(definition: &Definition) -> BTreeMap<String, BTreeSet<PersonId>> {
    let members: BTreeSet<PersonId> = everybody().into_iter().chain([AUTHOR]).collect();
    let groups = definition.roles.values().filter_map(|role| match role {
        Role::Group { group, .. } => Some((group.clone(), members.clone())),
        Role::Submitter => None,
    });
    groups.collect()
}

impl<'m, 'd> Walk<'m, 'd> {
    fn of(model: &'m Model<'d>, answers: Answers) -> Self {
        let start = model.start();
        let mut walk = Self {
            model,
            item: Item::of(AUTHOR),
            seen: Item::of(AUTHOR),
            answers,
            now: "2026-11-22T09:00:00Z".parse().expect("an instant"),
            possible: BTreeSet::from([0]),
            known: vec![start],
            conflicts: 0,
        };
        let events = walk.facts(Actor::Person(AUTHOR), |facts| begin(model.definition, AUTHOR, facts));
        walk.fold(&events);
        walk
    }

    fn facts<T>(&self, actor: Actor, with: impl FnOnce(&Facts<'_>) -> T) -> T {
        let (groups, calendar) = (groups(self.model.definition), Calendar::plain(TimeZone::UTC));
        let facts = Facts {
            now: self.now,
            calendar: &calendar,
            actor,
            answers: &self.answers,
            groups: &groups,
            conflicted: &BTreeSet::new(),
            absent: crate::workflow::engine::Absent::nobody(),
            disclosing: &std::collections::BTreeSet::new(),
            in_force: &self.answers,
            records: &self.model.records,
            symbolic: None,
        };
        with(&facts)
    }

    fn fold(&mut self, events: &[Event]) {
        for event in events {
            self.item.take_in(event);
            let seat = matches!(event.what, EventKind::Claimed { .. } | EventKind::Declared { .. });
            self.seen.take_in(&if seat { Event { role: None, ..event.clone() } } else { event.clone() });
        }
        self.seen.requests.clear();
    }

    /// What somebody may try.
    fn command(&self, who: u8, pick: u8, how: u8) -> Option<(Actor, Command)> {
        let person = if who.is_multiple_of(3) { AUTHOR } else { *everybody().get(usize::from(who) % 4)? };
        if how == 0
            && self.conflicts == 0
            && let Some(judged) = self.judged()
        {
            let recuse = Command::Recuse { person: judged, reason: "x".to_owned() };
            return Some((Actor::Coordinator(COORDINATOR), recuse));
        }
        let open: Vec<Act> = self.facts(Actor::Person(person), |facts| {
            let offers = offers(self.model.definition, &self.item, facts);
            offers.into_iter().filter(|offer| offer.refusal.is_none()).map(|offer| offer.act).collect()
        });
        let gives_up = |act: &Act| *act == Act::Recuse || (*act == Act::Fire("withdraw".to_owned()) && how > 9);
        let open: Vec<Act> = open.into_iter().filter(|act| !gives_up(act)).collect();
        let verdict = [Verdict::Approve, Verdict::Revise, Verdict::Reject, Verdict::Approve][usize::from(how % 4)];
        let command = match open.get(usize::from(pick) % open.len().max(1))?.clone() {
            Act::Fire(transition) => self.model.commands.fire(&transition)?.clone(),
            Act::Claim(track) => Command::Claim { track },
            Act::Declare(track) => Command::Declare { track },
            Act::Release(track) => Command::Release { track, person, reason: None },
            Act::Judge(track) => self.model.commands.judge(&track, verdict)?.clone(),
            Act::Recuse => return None,
            Act::Resolve(request) => Command::Resolve { request, resolution: Resolution::Done(None) },
        };
        Some((Actor::Person(person), command))
    }

    /// Somebody whose verdict still matters: a conflict of anybody else takes nothing back, it only keeps them away.
    fn judged(&self) -> Option<PersonId> {
        let start = self.known.first()?;
        let (own, order) = self.model.config(&self.seen, start, &start.cells, &start.taken);
        let mut judged = own.persons.iter().zip(order).filter(|(signature, _)| signature.judged());
        judged.next().map(|(_, other)| other.id())
    }

    fn step(&mut self, who: u8, pick: u8, how: u8) -> Result<(), TestCaseError> {
        let (actor, command) = match self.command(who, pick, how) {
            Some(tried) if who % 10 != 9 => tried,
            _ => {
                self.now = self.now.checked_add((i64::from(how) * 24).hours()).expect("in range");
                (Actor::Clock, Command::Tick)
            }
        };
        let outcome = self.facts(actor, |facts| decide(self.model.definition, &self.item, &command, facts));
        let Ok(events) = outcome else { return Ok(()) };
        self.conflicts += u8::from(matches!(command, Command::Recuse { .. }));
        // Several timers may be due at once: each is a step of its own.
        for batch in batches(&events) {
            self.fold(batch);
            self.follow()?;
        }
        Ok(())
    }

    /// The item is in one of the configurations that one step leads to, or where it was.
    fn follow(&mut self) -> Result<(), TestCaseError> {
        let mut then = BTreeSet::new();
        for at in std::mem::take(&mut self.possible) {
            let config = self.known[at].clone();
            if self.fits(&config) {
                then.insert(at);
            }
            let item = self.model.item(&config);
            for tried in successors::moves(self.model, &config) {
                for outcome in successors::outcomes(self.model, &config, &item, &tried) {
                    if self.fits(&outcome.config) {
                        let known = self.known.iter().position(|known| *known == outcome.config);
                        then.insert(known.unwrap_or_else(|| {
                            self.known.push(outcome.config);
                            self.known.len() - 1
                        }));
                    }
                }
            }
        }
        prop_assert!(!then.is_empty(), "no step of the exploration leads to {:?}", self.seen);
        self.possible = then;
        Ok(())
    }

    /// Whether a configuration is the item's own, whatever is known of the answers.
    fn fits(&self, config: &Configuration) -> bool {
        let blank = Configuration { persons: self.known[0].persons.clone(), conflicts: 0, ..config.clone() };
        let (own, _) = self.model.config(&self.seen, &blank, &config.cells, &config.taken);
        debug_assert!(people(&own).count() <= everybody().len());
        own == *config
    }
}

/// Split before each timer that fired.
fn batches(events: &[Event]) -> Vec<&[Event]> {
    let mut cuts: Vec<usize> = events
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event.what, EventKind::TimerFired { .. }))
        .map(|(at, _)| at)
        .chain([0, events.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| &events[cut[0]..cut[1]]).collect()
}

fn live(source: &str, tweak: &[(&str, Answer)], attempts: &[(u8, u8, u8)]) -> Result<BTreeSet<String>, TestCaseError> {
    let definition = definition(source);
    let claims: Vec<&Claim> = definition.prove.iter().map(|proof| &proof.claim).collect();
    let effort = Effort::within(Limits::default());
    let asked = Asked { claims: &claims, conflicts: 1 };
    let model = Model::of(&definition, Population::Everybody(PERSONS), asked, &effort).expect("small enough");
    let mut answers = sample::answers(definition.form.iter().flat_map(|section| &section.questions));
    answers.0.extend(tweak.iter().map(|(name, answer)| ((*name).to_owned(), answer.clone())));
    let mut walk = Walk::of(&model, answers);
    let mut reached = BTreeSet::new();
    for attempt in attempts {
        let (who, pick, how) = *attempt;
        walk.step(who, pick, how)?;
        reached.insert(walk.item.state.clone());
    }
    Ok(reached)
}

fn attempts(most: usize) -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    proptest::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_step_of_a_small_workflow_was_explored(attempts in attempts(80), hours in 1_i64..80) {
        live(SOUND, &[("hours", Answer::Decimal(Decimal::new(hours * 25, 2)))], &attempts)?;
    }

    #[test]
    fn every_step_of_a_self_study_was_explored(attempts in attempts(80), hours in 1_i64..80) {
        let hours = ("hours", Answer::Decimal(Decimal::new(hours * 25, 2)));
        live(include_str!("../../../../workflows/self-study.yaml"), &[hours], &attempts)?;
    }

    #[test]
    fn every_step_of_a_course_was_explored(attempts in attempts(120), live_course in any::<bool>(), supported in any::<bool>()) {
        let format = if live_course { "live" } else { "enduring" };
        let tweak = [
            ("format", Answer::Choice(format.to_owned())),
            ("supported", Answer::YesNo(supported)),
            ("support", Answer::Text("A company, with an agreement".to_owned())),
            ("assessment", Answer::Text("Ten questions, seven to pass".to_owned())),
        ];
        live(include_str!("../../../../workflows/course-accreditation.yaml"), &tweak, &attempts)?;
    }
}

#[test]
fn the_walks_get_far_enough_to_mean_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..40 {
        let attempts = attempts(120).new_tree(&mut runner).expect("a tree").current();
        reached.extend(live(SOUND, &[], &attempts).expect("explored"));
    }
    assert_eq!(reached.len(), 7, "every state: {reached:?}");
}
