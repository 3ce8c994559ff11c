//! One item, and people who try things with it.

use std::collections::{BTreeMap, BTreeSet};

use imprimatur::{
    domain::{Answers, Calendar, Email, PersonId},
    workflow::{
        About, Actor, ChangeAsked, Command, Definition, Event, EventKind, Facts, Item, Refusal, Timer, begin,
        condition::Scope,
        decide,
        definition::{Role, State, Trigger, Verdict},
        due,
    },
};
use jiff::{Timestamp, tz::TimeZone};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Dice, answers, configuration};

const AUTHOR: PersonId = person(1);
const COORDINATOR: PersonId = person(2);

const fn person(number: u128) -> PersonId {
    PersonId(uuid::Uuid::from_u128(number))
}

pub(super) struct Office<'d> {
    definition: &'d Definition,
    answers: Answers,
    groups: BTreeMap<String, BTreeSet<PersonId>>,
    conflicted: BTreeSet<PersonId>,
    disclosing: BTreeSet<Email>,
    now: Timestamp,
    calendar: Calendar,
    /// What the books say: nothing yet.
    records: BTreeMap<String, Decimal>,
    pub(super) item: Item,
}

impl<'d> Office<'d> {
    pub(super) fn of(definition: &'d Definition, dice: &mut Dice) -> Self {
        let mut next = 10_u128;
        let mut groups = BTreeMap::new();
        for role in definition.roles.values() {
            if let Role::Group { group, at_least } = role {
                let members: BTreeSet<PersonId> = (0..at_least + 2).map(|n| person(next + u128::from(n))).collect();
                next += 100;
                groups.insert(group.clone(), members);
            }
        }
        let mut office = Self {
            definition,
            answers: Answers::default(),
            groups,
            conflicted: BTreeSet::new(),
            disclosing: BTreeSet::new(),
            now: "2026-11-22T09:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH),
            calendar: Calendar::plain(TimeZone::UTC),
            records: definition.records.keys().map(|name| (name.clone(), Decimal::ZERO)).collect(),
            item: Item::of(AUTHOR),
        };
        let events = begin(definition, AUTHOR, &office.facts(Actor::Person(AUTHOR)));
        office.fold(&events);
        // Most begin with answers that can be sent, so that they get somewhere.
        for _ in 0..30 {
            office.fill_in(dice);
            if office.sendable(dice) || dice.once_in(30) {
                break;
            }
        }
        office
    }

    fn fill_in(&mut self, dice: &mut Dice) {
        let questions: Vec<_> = self.definition.form.iter().flat_map(|section| &section.questions).collect();
        self.answers = answers::to(&questions, dice);
    }

    fn sendable(&self, dice: &mut Dice) -> bool {
        let sent = self.fire(dice).map(|(actor, send)| decide(self.definition, &self.item, &send, &self.facts(actor)));
        matches!(sent, Some(Ok(_)))
    }

    fn facts(&self, actor: Actor) -> Facts<'_> {
        Facts {
            now: self.now,
            calendar: &self.calendar,
            actor,
            answers: &self.answers,
            in_force: &self.answers,
            records: &self.records,
            groups: &self.groups,
            conflicted: &self.conflicted,
            absent: imprimatur::workflow::engine::Absent::nobody(),
            disclosing: &self.disclosing,
            symbolic: None,
        }
    }

    fn fold(&mut self, events: &[Event]) {
        self.item = events.iter().fold(self.item.clone(), Item::apply);
    }

    /// Tries something; what to tell another engine, if it can know what became of it.
    pub(super) fn attempt(&mut self, dice: &mut Dice) -> Option<Value> {
        if self.item.closed {
            return None;
        }
        let (actor, command) = self.thought_of(dice)?;
        if command == Command::Tick {
            self.now = due(self.definition, &self.item)?.0.max(self.now);
        }
        let outcomes = self.outcomes(&command);
        let before = self.item.clone();
        let events = match decide(self.definition, &self.item, &command, &self.facts(actor)) {
            Ok(events) => {
                self.fold(&events);
                told(&before, &command, &events)
            }
            // Who may and what the form says is not the statechart's business; the rest it has to refuse as well.
            Err(
                Refusal::NotHere { .. }
                | Refusal::NotOffered { .. }
                | Refusal::Unmet { .. }
                | Refusal::NoTrack { .. }
                | Refusal::NoSeat { .. }
                | Refusal::TrackComplete { .. },
            ) => told(&before, &command, &[]),
            Err(_) => return None,
        };
        if events.is_empty() {
            return None;
        }
        Some(json!({"events": events, "outcomes": outcomes, "then": configuration::of(&self.item)}))
    }

    fn outcomes(&self, command: &Command) -> Map<String, Value> {
        let mut decided = self.item.decided.clone();
        if let Command::Fire { asked, .. } = command {
            decided.0.extend(asked.0.clone());
        }
        let scope = Scope {
            answers: &self.answers,
            decided: &decided,
            item: &self.item,
            limits: &self.definition.limits,
            today: self.facts(Actor::Clock).today(),
            row: None,
            symbolic: None,
            records: &self.records,
        };
        let conditions = self
            .definition
            .transitions
            .values()
            .flat_map(|way| way.when.iter().chain(way.requires.iter().map(|requirement| &requirement.condition)));
        conditions
            .flat_map(|condition| condition.outcomes(&scope))
            .map(|(text, holds)| (text, Value::from(holds)))
            .collect()
    }

    fn thought_of(&self, dice: &mut Dice) -> Option<(Actor, Command)> {
        let state = self.definition.states.get(&self.item.state)?;
        let tracks: Vec<(String, String)> = if dice.once_in(20) {
            let all = self.definition.states.values().flat_map(|state| &state.tracks);
            all.map(|(name, track)| (name.clone(), track.role.clone())).collect()
        } else {
            state.tracks.iter().map(|(name, track)| (name.clone(), track.role.clone())).collect()
        };
        let quiet = dice.once_in(4);
        if let Some((track, role)) = dice.pick(&tracks).cloned().filter(|_| !quiet) {
            return self.review(&track, &role, dice);
        }
        match dice.below(12) {
            0 => Some((Actor::Clock, Command::Tick)),
            1 => {
                let acted: Vec<PersonId> =
                    self.item.acted.values().flatten().copied().filter(|person| *person != AUTHOR).collect();
                let person = *dice.pick(&acted)?;
                Some((Actor::Coordinator(COORDINATOR), Command::Recuse { person, reason: "A conflict.".to_owned() }))
            }
            2 if self.item.open_requests().next().is_some() => self.resolve(),
            _ => self.fire(dice),
        }
    }

    fn review(&self, track: &str, role: &str, dice: &mut Dice) -> Option<(Actor, Command)> {
        let who = self.member(role, dice)?;
        let seat = self.item.tracks.get(track).and_then(|progress| progress.seat(who));
        let track = track.to_owned();
        if seat.is_none() {
            if dice.once_in(4) {
                return Some((Actor::Coordinator(COORDINATOR), Command::Assign { track, person: who }));
            }
            return Some((Actor::Person(who), Command::Claim { track }));
        }
        if seat.is_some_and(|seat| !seat.declared) {
            return Some((Actor::Person(who), Command::Declare { track }));
        }
        if dice.once_in(8) {
            return Some((Actor::Person(who), Command::Release { track, person: who, reason: None }));
        }
        let known = verdicts(self.definition, &track)?;
        // More often than not the first, so that some get far.
        let verdict = if dice.once_in(2) { *known.first()? } else { *dice.pick(known)? };
        let rubric = self.rubric(&track);
        let rubric = answers::to(&rubric, dice);
        let requests = if verdict == Verdict::Revise { vec![self.change()?] } else { Vec::new() };
        Some((Actor::Person(who), Command::Judge { track, verdict, rubric, note: None, requests }))
    }

    fn rubric(&self, track: &str) -> Vec<&'d imprimatur::workflow::definition::Question> {
        let tracks = self.definition.states.values().flat_map(|state| &state.tracks);
        let named = tracks.filter(|(name, _)| *name == track).filter_map(|(_, track)| track.rubric.as_ref());
        named.filter_map(|rubric| self.definition.rubrics.get(rubric)).flatten().collect()
    }

    fn change(&self) -> Option<ChangeAsked> {
        let question = self.definition.form.first()?.questions.first()?;
        Some(ChangeAsked { about: About::Question(question.id.clone()), text: "Please say more.".to_owned() })
    }

    fn resolve(&self) -> Option<(Actor, Command)> {
        let request = self.item.open_requests().next()?.number;
        let resolution = imprimatur::workflow::Resolution::Done(None);
        Some((Actor::Person(AUTHOR), Command::Resolve { request, resolution }))
    }

    fn fire(&self, dice: &mut Dice) -> Option<(Actor, Command)> {
        let anywhere = dice.once_in(10);
        let ways: Vec<_> = self
            .definition
            .transitions
            .iter()
            .filter(|(_, way)| anywhere || way.from.contains(&self.item.state))
            .filter(|(_, way)| matches!(way.trigger, Trigger::By(_)))
            .collect();
        let (name, way) = dice.pick(&ways)?;
        let Trigger::By(roles) = &way.trigger else { return None };
        let role = dice.pick(roles)?;
        let who = self.member(role, dice)?;
        let end = self.definition.states.get(&way.to).is_some_and(State::ends);
        if who == AUTHOR && end && !dice.once_in(20) {
            return None;
        }
        let asks: Vec<_> = way.asks.iter().collect();
        let asked = answers::to(&asks, dice);
        let note = Some("A reason.".to_owned());
        let fire = Command::Fire { transition: (*name).clone(), note, asked, requests: Vec::new() };
        Some((Actor::Person(who), fire))
    }

    fn member(&self, role: &str, dice: &mut Dice) -> Option<PersonId> {
        match self.definition.roles.get(role)? {
            Role::Submitter => Some(AUTHOR),
            Role::Group { group, .. } => {
                let members: Vec<PersonId> = self.groups.get(group)?.iter().copied().collect();
                dice.pick(&members).copied()
            }
        }
    }
}

fn verdicts<'d>(definition: &'d Definition, name: &str) -> Option<&'d [Verdict]> {
    let mut tracks = definition.states.values().flat_map(|state| &state.tracks);
    tracks.find(|(id, _)| *id == name).map(|(_, track)| track.verdicts.as_slice())
}

/// The events of another engine for a command, and for what the clock or a conflict brought with it.
fn told(before: &Item, command: &Command, events: &[Event]) -> Vec<Value> {
    let one = |name: String| vec![json!({"type": name})];
    match command {
        Command::Fire { transition, .. } => one(format!("fire.{transition}")),
        Command::Claim { track } | Command::Assign { track, .. } => one(format!("seat.{track}")),
        Command::Release { track, .. } => one(format!("release.{track}")),
        Command::Judge { track, verdict, .. } => one(format!("verdict.{track}.{}", word(*verdict))),
        Command::Recuse { .. } => {
            let released = events.iter().filter_map(|event| match &event.what {
                EventKind::Released { track, .. } => Some(track.clone()),
                _ => None,
            });
            let voided = events.iter().filter_map(|event| match &event.what {
                EventKind::VerdictVoided { track, person } => {
                    let seat = before.tracks.get(track).and_then(|progress| progress.seat(*person));
                    seat.and_then(|seat| seat.verdict).map(|verdict| json!({"track": track, "verdict": word(verdict)}))
                }
                _ => None,
            });
            vec![
                json!({"type": "recuse", "released": released.collect::<Vec<_>>(), "voided": voided.collect::<Vec<_>>()}),
            ]
        }
        Command::Tick => events
            .iter()
            .filter_map(|event| match &event.what {
                EventKind::TimerFired { timer: Timer::Transition(name) } => {
                    Some(json!({"type": format!("time.{name}")}))
                }
                _ => None,
            })
            .collect(),
        Command::Declare { .. } | Command::Resolve { .. } | Command::Remind => Vec::new(),
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "approve",
        Verdict::Revise => "revise",
        Verdict::Reject => "reject",
    }
}
