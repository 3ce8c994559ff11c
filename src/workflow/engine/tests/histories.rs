//! Random histories of both shipped workflows, with everybody in every group: what must hold whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use proptest::{prelude::*, strategy::ValueTree};
use rust_decimal::Decimal;

use super::office::*;
use crate::{
    domain::{Answer, PersonId},
    workflow::{
        Command, Event, EventKind, Item, Refusal,
        definition::{Role, Verdict},
        engine::{Act, Actor, decide},
        event::{Recipient, Resolution},
    },
};

/// One thing somebody tries.
#[derive(Clone, Copy, Debug)]
enum Attempt {
    /// The n-th thing they are offered.
    Offered { who: u8, pick: u8, verdict: u8 },
    /// Anything at all.
    Anything { who: u8, pick: u8, whom: u8 },
    /// Time passes.
    Wait { days: u8 },
}

fn attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![
        6 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(who, pick, verdict)| Attempt::Offered { who, pick, verdict }),
        3 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(who, pick, whom)| Attempt::Anything { who, pick, whom }),
        1 => prop_oneof![9 => 0_u8..10, 1 => 30_u8..120].prop_map(|days| Attempt::Wait { days }),
    ]
}

/// The author and seven more, all of them in every group.
fn everybody() -> Vec<PersonId> {
    std::iter::once(AUTHOR).chain((10..17).map(person)).collect()
}

fn one_of<T: Clone>(items: &[T], pick: u8) -> Option<T> {
    items.get(usize::from(pick) % items.len().max(1)).cloned()
}

fn fire_any(office: &Office, name: &str) -> Command {
    let samples = |id: &str| match id {
        "reasons" => Answer::Choices(vec!["late".to_owned()]),
        "credits" => Answer::Decimal(Decimal::new(100, 2)),
        "held_on" => date("2027-03-02"),
        _ => Answer::Integer(7),
    };
    let asks = office.definition.transitions.get(name).map_or(&[][..], |transition| transition.asks.as_slice());
    let asked = asks.iter().map(|question| (question.id.as_str(), samples(&question.id))).collect();
    fire_with(name, Some("A reason."), asked)
}

fn command(office: &Office, attempt: Attempt) -> Option<(Actor, Command)> {
    let everybody = everybody();
    match attempt {
        Attempt::Wait { .. } => Some((Actor::Clock, Command::Tick)),
        Attempt::Offered { who, pick, verdict } => {
            let who = one_of(&everybody, who)?;
            // Giving up and conflicts end most histories early; they come in by the other way.
            let open: Vec<Act> = office
                .open_to(who)
                .into_iter()
                .filter(|act| !matches!(act, Act::Recuse) && *act != Act::Fire("withdraw".to_owned()))
                .collect();
            let verdict = one_of(
                &[
                    Verdict::Approve,
                    Verdict::Approve,
                    Verdict::Approve,
                    Verdict::Approve,
                    Verdict::Revise,
                    Verdict::Reject,
                ],
                verdict,
            )?;
            let command = match one_of(&open, pick)? {
                Act::Fire(name) => fire_any(office, &name),
                Act::Claim(track) => claim(&track),
                Act::Declare(track) => Command::Declare { track },
                Act::Release(track) => Command::Release { track, person: who, reason: None },
                Act::Judge(track) => judge(&track, verdict),
                Act::Recuse => recuse(who),
                Act::Resolve(request) => Command::Resolve { request, resolution: Resolution::Done(None) },
            };
            Some((Actor::Person(who), command))
        }
        Attempt::Anything { who, pick, whom } => {
            let (who, whom) = (one_of(&everybody, who)?, one_of(&everybody, whom)?);
            let tracks = office.definition.states.values().flat_map(|state| state.tracks.keys().cloned());
            let mut commands: Vec<Command> = tracks
                .flat_map(|track| {
                    [
                        claim(&track),
                        Command::Declare { track: track.clone() },
                        Command::Release { track: track.clone(), person: whom, reason: None },
                        assign(&track, whom),
                        judge(&track, Verdict::Approve),
                    ]
                })
                .collect();
            commands.extend(office.definition.transitions.keys().map(|name| fire_any(office, name)));
            commands.extend([recuse(who), recuse(whom), Command::Remind, Command::Tick]);
            Some((Actor::Coordinator(who), one_of(&commands, pick)?))
        }
    }
}

fn check_batch(before: &Item, events: &[Event]) -> Result<(), TestCaseError> {
    for (expected, event) in (before.sequence + 1..).zip(events) {
        prop_assert_eq!(event.sequence, expected, "sequence without gaps");
        if let EventKind::VerdictRecorded { person, .. } = &event.what {
            prop_assert!(*person != AUTHOR, "nobody decides on their own work");
            prop_assert!(!before.recused.contains(person), "who is out stays out");
        }
    }
    Ok(())
}

fn check_history(office: &Office) -> Result<(), TestCaseError> {
    prop_assert_eq!(&Item::replay(AUTHOR, &office.history), &office.item, "the fold of the history is the item");
    let json = serde_json::to_string(&office.history).expect("plain data");
    let read: Vec<Event> = serde_json::from_str(&json).expect("what was written can be read");
    prop_assert_eq!(&read, &office.history, "events survive the store");
    Ok(())
}

fn check_item(office: &Office) -> Result<(), TestCaseError> {
    let item = &office.item;
    let nobody = BTreeSet::new();
    for rule in &office.definition.separation {
        let one = item.acted.get(&rule.person).unwrap_or(&nobody);
        for other in &rule.never_acts_as {
            let both: Vec<_> = one.intersection(item.acted.get(other).unwrap_or(&nobody)).collect();
            prop_assert!(both.is_empty(), "{both:?} acted as {} and as {other}", rule.person);
        }
    }
    for (role, persons) in &item.acted {
        let group = matches!(office.definition.roles.get(role), Some(Role::Group { .. }));
        prop_assert!(!(group && persons.contains(&AUTHOR)), "the author acted as {role}");
    }
    let mut standing: BTreeMap<(&str, &Recipient), i32> = BTreeMap::new();
    for event in &office.history {
        match &event.what {
            EventKind::CreditAwarded { rule, to, .. } => *standing.entry((rule, to)).or_default() += 1,
            EventKind::CreditStopped { rule } => standing.retain(|(stopped, _), _| stopped != rule),
            _ => {}
        }
    }
    prop_assert!(standing.values().all(|count| *count <= 1), "one standing award: {standing:?}");
    let waiting = !office.turns().is_empty() || !item.timers.is_empty() || !item.unstaffed.is_empty();
    prop_assert!(item.closed || waiting, "an open item waits for somebody, for time, or is unstaffed: {}", item.state);
    Ok(())
}

fn live(mut office: Office, attempts: &[Attempt]) -> Result<Office, TestCaseError> {
    let slugs: Vec<String> = office.groups.keys().cloned().collect();
    for slug in slugs {
        office.group(&slug, &everybody());
    }
    for attempt in attempts {
        if let Attempt::Wait { days } = attempt {
            office.now = office.now.checked_add((i64::from(*days) * 24).hours()).expect("in range");
        }
        let Some((actor, command)) = command(&office, *attempt) else { continue };
        let outcome = decide(&office.definition, &office.item, &command, &office.facts(actor));
        let again = decide(&office.definition, &office.item, &command, &office.facts(actor));
        prop_assert_eq!(&outcome, &again, "the same answer to the same question");
        let before = office.item.clone();
        // What somebody did who had a conflict is looked at anew, also at the end.
        let recusing = matches!(command, Command::Recuse { .. });
        match outcome {
            Ok(events) => {
                prop_assert!(!before.closed || recusing || events.is_empty(), "nothing happens after the end");
                prop_assert!(!before.closed || office.item.closed, "an end stays one");
                office.fold(events.clone());
                check_batch(&before, &events)?;
                check_item(&office)?;
            }
            Err(refusal) => {
                prop_assert!(!refusal.code().is_empty() && !refusal.to_string().is_empty());
                prop_assert!(refusal != Refusal::Unsettled, "shipped workflows come to rest");
                if before.closed && !recusing {
                    prop_assert_eq!(refusal.code(), "closed");
                }
            }
        }
    }
    check_history(&office)?;
    Ok(office)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_a_self_study_the_rules_hold(
        attempts in proptest::collection::vec(attempt(), 0..60),
        hours in 1_i64..40,
    ) {
        let mut office = self_study();
        office.answer("hours", Answer::Decimal(Decimal::new(hours * 25, 2)));
        live(office, &attempts)?;
    }

    #[test]
    fn whatever_happens_to_a_course_the_rules_hold(attempts in proptest::collection::vec(attempt(), 0..120)) {
        live(course(), &attempts)?;
    }
}

#[test]
fn random_histories_get_far_enough_to_mean_something() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..80 {
        let attempts = proptest::collection::vec(attempt(), 120).new_tree(&mut runner).expect("a tree").current();
        let mut office = course();
        office.answer("starts_on", date("2030-03-01"));
        office.answer("ends_on", date("2030-03-02"));
        let office = live(office, &attempts).expect("the rules hold");
        reached.extend(office.history.iter().filter_map(|event| match &event.what {
            EventKind::Moved { to, .. } => Some(to.clone()),
            _ => None,
        }));
    }
    for state in ["returned", "review", "docket", "decision", "revision", "rejected", "appeal", "accredited"] {
        assert!(reached.contains(state), "{state} in {reached:?}");
    }
}
