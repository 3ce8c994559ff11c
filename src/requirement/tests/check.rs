//! Every check, broken once.

use super::{
    super::{load, together},
    catalogue,
};
use crate::workflow::Severity;

const SOUND: &str = "format: 1
requirement: sample
title: A sample
authority: A board
owed_for: { credential: licence, jurisdiction: US-XX, profession: physician, degree: [md] }
zone: America/Chicago
effective: { from: 2020-01-01, until: 2027-12-31 }
sources:
  text: { cite: 'A regulation', verified: 2026-11-26 }
  summary: { cite: 'Somebody (secondary)', verified: 2026-11-26 }
period: { before: expires, length: P24M }
counts:
  - { credit: [ama-pra-1], as: [cat1], source: text }
  - { credit: [ama-pra-2], as: [cat2], source: text }
weights:
  - { of: { marks: [self-assessment] }, times: 1.5, source: text }
caps:
  teaching: { of: { marks: [teaching] }, at_most: { hours: 10 }, source: text }
rules:
  total: { label: hours, at_least: { hours: 40 }, of: { category: [cat1, cat2] }, source: text }
  cat1: { label: Category 1, when: dea, at_least: { hours: 20 }, of: { category: cat1 }, source: text }
  pain: { label: pain, at_least: { hours: 2 }, of: { category: cat1, topics: [pain-management] }, within: once, source: text }
  opioid: { label: opioids, at_least: { hours: 2 }, of: { category: cat1, topics: [opioid-prescribing] }, source: text }
apart: [[pain, opioid]]
carry: { at_most: 10, periods: 1, counts_for: [total, cat1], source: text }
equivalents:
  board: { label: certified, when: board_certified, covers: [total], source: text }
  exam: { label: examined, when_date: exam_passed_on, grants: { hours: 10, category: cat1 }, source: text }
";

/// What was changed into what, and what is then found: the check, its line and column, and a part of what it says.
type Broken = (&'static str, &'static str, &'static str, (u32, u32), &'static str);

const BROKEN: &[Broken] = &[
    ("format: 1", "format: 2", "format", (1, 1), "format: 1"),
    ("title: A sample", "titel: A sample", "format", (3, 1), "did you mean 'title'"),
    ("zone: America/Chicago", "zone: America/Chicagoo", "names", (6, 7), "time zone"),
    ("until: 2027-12-31", "until: 2019-12-31", "effective", (7, 12), "ends before"),
    (
        "at_least: { hours: 40 }, of: { category: [cat1, cat2] }, source: text",
        "at_least: { hours: 40 }, of: { category: [cat1, cat2] }",
        "source",
        (20, 10),
        "names no 'source'",
    ),
    ("times: 1.5, source: text", "times: 1.5", "source", (16, 5), "names no 'source'"),
    (
        "at_most: { hours: 10 }, source: text }\nrules",
        "at_most: { hours: 10 } }\nrules",
        "source",
        (18, 13),
        "names no 'source'",
    ),
    ("covers: [total], source: text", "covers: [total]", "source", (27, 10), "names no 'source'"),
    (
        "of: { category: cat1 }, source: text }\n  pain",
        "of: { category: cat1 }, source: txt }\n  pain",
        "names",
        (21, 90),
        "did you mean 'text'",
    ),
    ("when: dea", "when: dae", "condition", (21, 36), "there is no fact 'dae'"),
    ("when: dea", "when: dea &&", "condition", (21, 42), "expected"),
    ("when: dea", "when: patients_65_percent", "condition", (21, 30), "no yes or no"),
    ("when: dea", "when: dea > 3", "condition", (21, 40), "cannot be compared"),
    ("when: dea", "when: dea || !dea", "condition", (21, 30), "always true"),
    ("when: dea", "when: renewal < 1", "condition", (21, 30), "always false"),
    ("credit: [ama-pra-1]", "credit: [ama-pra-3]", "names", (13, 16), "there is no type of credit 'ama-pra-3'"),
    ("topics: [pain-management]", "topics: [pain-managment]", "names", (22, 70), "there is no topic"),
    ("marks: [teaching]", "marks: [teeching]", "names", (18, 21), "there is no mark"),
    (
        "of: { category: cat1 }, source: text }\n  pain",
        "of: { category: cat3 }, source: text }\n  pain",
        "names",
        (21, 72),
        "gives no credit the category 'cat3'",
    ),
    (
        "grants: { hours: 10, category: cat1 }",
        "grants: { hours: 10, category: cat9 }",
        "names",
        (28, 76),
        "gives no credit the category 'cat9'",
    ),
    ("times: 1.5", "times: 1.25", "fineness", (16, 41), "finer than a thousandth"),
    ("apart: [[pain, opioid]]", "apart: [[pain, opoid]]", "names", (24, 16), "there is no rule 'opoid'"),
    ("counts_for: [total, cat1]", "counts_for: [total, pain]", "carry", (25, 35), "not carried"),
    ("covers: [total]", "covers: [totl]", "names", (27, 53), "there is no rule 'totl'"),
    ("length: P24M", "length: P0M", "period", (11, 36), "always empty"),
    ("length: P24M", "length: two years", "format", (11, 36), "as P24M"),
    (
        "topics: [opioid-prescribing] }, source",
        "topics: [pain-management] }, source",
        "within",
        (23, 3),
        "say 'within' here too",
    ),
    ("when_date: exam_passed_on", "when_date: dea", "names", (28, 28), "is no day"),
    ("at_least: { hours: 20 }", "at_least: { hours: 20.1234 }", "format", (21, 60), "three digits"),
    ("at_least: { hours: 20 }", "at_least: { hours: 20, items: 3 }", "format", (21, 51), "one of"),
    ("at_least: { hours: 20 }", "at_least: { per_cycle_year: 20 }", "period", (21, 41), "a period that is chosen"),
    ("within: once", "within: { each: P3Y }", "period", (22, 109), "longer than the period"),
];

#[test]
fn the_sample_is_sound() {
    assert_eq!(load(SOUND, &catalogue()).map(|(_, faults)| faults), Ok(Vec::new()));
}

#[test]
fn every_check_finds_what_it_is_for_and_says_where() {
    let mut wrong = Vec::new();
    for (was, is, rule, place, said) in BROKEN {
        assert!(SOUND.contains(was), "{was}");
        let faults = match load(&SOUND.replacen(was, is, 1), &catalogue()) {
            Ok((_, warnings)) => warnings,
            Err(faults) => faults,
        };
        let found = faults
            .iter()
            .any(|fault| fault.rule == *rule && fault.message.contains(said) && (fault.line, fault.column) == *place);
        if !found {
            wrong.push(format!("{is}: {faults:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn caps_that_cross_are_refused() {
    let crossing =
        SOUND.replace("caps:\n", "caps:\n  second: { of: { category: cat2 }, at_most: { hours: 5 }, source: text }\n");
    let faults = load(&crossing, &catalogue()).expect_err("crossing");
    assert!(faults.iter().any(|fault| fault.rule == "caps" && fault.line == 19), "{faults:?}");
}

#[test]
fn a_rule_that_rests_on_a_summary_alone_is_warned_of() {
    let text = SOUND.replace(
        "at_least: { hours: 20 }, of: { category: cat1 }, source: text",
        "at_least: { hours: 20 }, of: { category: cat1 }, source: summary",
    );
    let (_, faults) = load(&text, &catalogue()).expect("sound");
    assert_eq!(faults.iter().map(|fault| (fault.severity, fault.line)).collect::<Vec<_>>(), [(Severity::Warning, 21)]);
    let disputed = text.replace("zone: America", "status: disputed\nzone: America");
    assert_eq!(load(&disputed, &catalogue()).map(|(_, faults)| faults), Ok(Vec::new()));
}

#[test]
fn files_of_one_id_follow_one_another_day_by_day() {
    let read = |text: &str| load(text, &catalogue()).expect("sound").0;
    let first = read(SOUND);
    for (from, wrong) in
        [("2028-01-01", None), ("2028-01-02", Some("leaves a gap after")), ("2027-12-31", Some("overlaps"))]
    {
        let next = SOUND.replace("from: 2020-01-01, until: 2027-12-31", &format!("from: {from}"));
        let next = read(&next);
        let faults = together(&[&first, &next]);
        match wrong {
            None => assert_eq!(faults, Vec::new()),
            Some(wrong) => assert!(faults.len() == 1 && faults[0].1.contains(wrong), "{faults:?}"),
        }
    }
}

#[test]
fn the_spelling_of_a_file_does_not_change_its_identity() {
    let hash = |text: &str| load(text, &catalogue()).expect("sound").0.hash;
    assert_eq!(hash(SOUND), hash(&SOUND.replace("title: A sample\n", "# a comment\ntitle: 'A sample'\n")));
    assert_ne!(hash(SOUND), hash(&SOUND.replace("hours: 40", "hours: 41")));
}
