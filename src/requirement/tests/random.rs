//! Random files that are sound, and random histories.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

use super::super::{
    Credential, Credit, Facts,
    credit::{Earned, Provenance, Topics},
};
use crate::domain::Amount;

/// The day on which everything is asked.
pub(super) const AS_OF: Date = Date::constant(2026, 11, 30);

/// The day before which nothing was earned.
const ORIGIN: Date = Date::constant(2018, 1, 1);

/// The parts of a file that may be there.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) text: String,
}

pub(super) fn credential() -> Credential {
    Credential {
        issued: Some(Date::constant(2018, 12, 1)),
        expires: Some(AS_OF),
        renewal: Some(4),
        ..Credential::default()
    }
}

const HEAD: &str = "format: 1
requirement: random
title: Random
authority: Nobody
owed_for: { credential: licence }
zone: America/Chicago
effective: { from: 2018-01-01 }
sources: { text: { cite: A text, verified: 2026-11-26 }, other: { cite: Another, verified: 2026-11-26 } }
period: { before: expires, length: P24M }
counts:
  - { credit: [ama-pra-1, aapa-1], as: [cat1], source: text }
  - { credit: [ama-pra-2], as: [cat2], source: text }
";

fn hours() -> impl Strategy<Value = String> {
    (0_u32..120).prop_map(|quarters| format!("{:.2}", f64::from(quarters) / 4.0))
}

fn topical() -> impl Strategy<Value = String> {
    let within = prop_oneof![
        Just(", within: period"),
        Just(", within: once"),
        Just(", within: { every: P4Y }"),
        Just(", within: { each: P1Y }"),
        Just(", within: { renewals: { first: 1, every: 3 } }"),
    ];
    let when = prop_oneof![
        Just(""),
        Just(", when: dea"),
        Just(", when: dea && renewal > 1"),
        Just(", unless: \"specialty in ['pathology', 'radiology']\""),
        Just(", when: direct_care || cs_prescriber"),
    ];
    (hours(), within, when).prop_map(|(hours, within, when)| {
        format!("  ethics: {{ label: ethics, at_least: {{ hours: {hours} }}, of: {{ category: [cat1, cat2], topics: [ethics, hiv] }}{within}{when}, source: text }}\n")
    })
}

/// A file with any of the parts that go together.
pub(super) fn file() -> impl Strategy<Value = Parts> {
    let weights = prop_oneof![
        Just(""),
        Just("weights: [{ of: { marks: [self-assessment], category: cat1 }, times: 1.5, source: text }]\n"),
        Just(
            "weights: [{ of: { marks: [pi-cme] }, times: 2, first: 6, source: text }, { of: { marks: [self-assessment] }, times: 1.5, source: text }]\n"
        ),
    ];
    let caps = prop_oneof![
        Just(String::new()),
        hours().prop_map(|hours| format!("caps: {{ teaching: {{ of: {{ marks: [teaching] }}, at_most: {{ hours: {hours} }}, source: text }} }}\n")),
        (hours(), hours()).prop_map(|(inner, outer)| format!("caps:\n  outer: {{ of: {{ category: cat2 }}, at_most: {{ hours: {outer} }}, source: text }}\n  inner: {{ of: {{ category: cat2, marks: [teaching] }}, at_most: {{ hours: {inner} }}, source: text }}\n")),
        Just("caps: { part: { of: { topics: [practice-management] }, at_most: { percent: 30, of: total }, source: text } }\n".to_owned()),
    ];
    let pair = prop_oneof![
        Just(String::new()),
        (hours(), hours()).prop_map(|(one, other)| format!(
            "  one: {{ label: pain, at_least: {{ hours: {one} }}, of: {{ category: [cat1, cat2], topics: [pain-management, addiction] }}, source: text }}\n  other: {{ label: opioids, at_least: {{ hours: {other} }}, of: {{ category: [cat1, cat2], topics: [opioid-prescribing, addiction] }}, source: text }}\n"
        )),
    ];
    let disputed = prop_oneof![
        Just(""),
        Just(
            "  live: { label: live, status: disputed, readings: [{ source: text, at_least: { hours: 12 }, of: { category: cat1, live: true } }, { source: other, at_least: { hours: 0 }, of: { category: cat1 } }] }\n"
        ),
    ];
    let items = prop_oneof![
        Just(""),
        Just(
            "  thing: { label: things, at_least: { items: 1 }, of: { marks: [ancc-development] }, apart: true, source: text }\n"
        ),
    ];
    let stands_in = prop_oneof![
        Just(""),
        Just(
            "equivalents: { board: { label: certified, when: board_certified, covers: [total, ethics], source: text } }\n"
        ),
        Just(
            "equivalents: { exam: { label: passed, when_date: exam_passed_on, grants: { hours: 20, category: cat1, spread_years: 4 }, source: text } }\n"
        ),
    ];
    let carry =
        prop_oneof![Just(""), Just("carry: { at_most: 12, periods: 1, counts_for: [total, cat1], source: text }\n"),];
    let whole = ((hours(), hours(), topical()), weights, caps, (pair, disputed, items), (stands_in, carry));
    whole.prop_map(|((total, cat1, topical), weights, caps, (pair, disputed, items), (stands_in, carry))| {
        let apart = if pair.is_empty() { "" } else { "apart: [[one, other]]\n" };
        let covers = stands_in.to_owned();
        Parts {
            text: format!(
                "{HEAD}{weights}{caps}rules:\n  total: {{ label: hours, at_least: {{ hours: {total} }}, of: {{ category: [cat1, cat2] }}, source: text }}\n  cat1: {{ label: Category 1, at_least: {{ hours: {cat1} }}, of: {{ category: cat1 }}, source: text }}\n{topical}{pair}{disputed}{items}{apart}{covers}{carry}"
            ),
        }
    })
}

/// A credit of a person.
pub(super) fn credit() -> impl Strategy<Value = Credit> {
    let kind = prop_oneof![
        4 => Just("ama-pra-1"), 2 => Just("aapa-1"), 3 => Just("ama-pra-2"), 1 => Just("informal-study"),
    ];
    let topic = || {
        prop_oneof![
            Just("ethics"),
            Just("hiv"),
            Just("pain-management"),
            Just("opioid-prescribing"),
            Just("addiction"),
            Just("practice-management"),
        ]
    };
    let marks = proptest::sample::subsequence(vec!["self-assessment", "pi-cme", "teaching", "ancc-development"], 0..=2);
    let topics = prop_oneof![
        2 => Just((false, Vec::new())),
        3 => proptest::collection::vec(topic(), 1..3).prop_map(|topics| (false, topics)),
        2 => proptest::collection::vec(topic(), 1..3).prop_map(|topics| (true, topics)),
    ];
    let day = prop_oneof![1 => 0_i32..3_256, 3 => 2_525_i32..3_256];
    (kind, 1_i64..48, day, topics, marks, any::<bool>(), 1_i64..5).prop_map(
        |(kind, quarters, day, (by_hours, topics), marks, live, share)| {
            let amount = Amount::from_hundredths(quarters * 25);
            let part = Amount::from_hundredths((quarters * 25 / share).max(1));
            let topics: Vec<String> = topics.into_iter().map(str::to_owned).collect();
            Credit {
                id: String::new(),
                kind: kind.to_owned(),
                amount,
                earned: Earned::On(ORIGIN.checked_add(day.days()).expect("a day")),
                topics: if by_hours {
                    Topics::Hours(topics.into_iter().map(|topic| (topic, part)).collect())
                } else {
                    Topics::Whole(topics)
                },
                marks: marks.into_iter().map(str::to_owned).collect(),
                live,
                activity: None,
                reverses: None,
                provenance: Provenance::default(),
            }
        },
    )
}

/// The credits of a person, in the order in which they were recorded.
pub(super) fn history() -> impl Strategy<Value = Vec<Credit>> {
    proptest::collection::vec(credit(), 0..14).prop_map(|mut credits| {
        for (number, credit) in credits.iter_mut().enumerate() {
            credit.id = format!("c{number}");
        }
        credits
    })
}

/// Every way of answering the facts that the random files name.
pub(super) fn answers() -> Vec<Vec<(&'static str, &'static str)>> {
    let choices: [(&str, &[&str]); 6] = [
        ("dea", &["true", "false"]),
        ("direct_care", &["true", "false"]),
        ("cs_prescriber", &["true", "false"]),
        ("board_certified", &["true", "false"]),
        ("specialty", &["pathology", "pediatrics"]),
        ("exam_passed_on", &["2010-01-01", "2025-06-15"]),
    ];
    let mut all = vec![Vec::new()];
    for (fact, values) in choices {
        all = all
            .into_iter()
            .flat_map(|told: Vec<(&str, &str)>| {
                values.iter().map(move |value| told.iter().copied().chain([(fact, *value)]).collect())
            })
            .collect();
    }
    all
}

/// Some of the facts, told.
pub(super) fn facts() -> impl Strategy<Value = Facts> {
    let all = answers();
    (0..all.len(), proptest::collection::vec(any::<bool>(), 6)).prop_map(move |(which, told)| {
        let pairs = all.get(which).into_iter().flatten().zip(&told).filter(|(_, told)| **told).map(|(pair, _)| *pair);
        Facts::read(&super::catalogue().facts, pairs.collect::<BTreeMap<_, _>>()).expect("facts")
    })
}
