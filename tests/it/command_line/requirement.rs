//! `requirement check` and `requirement evaluate`: histories worked out by hand, and files that are not sound.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::harness::process::run;

fn place(path: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

fn shipped() -> Vec<String> {
    let folder = fs::read_dir(place("workflows/requirements")).unwrap();
    let mut files: Vec<String> = folder.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned()).collect();
    files.retain(|file| !file.ends_with("/facts.yaml") && !file.ends_with("/topics.yaml"));
    files.sort();
    files
}

#[test]
fn every_shipped_file_is_sound_and_they_fit_together() {
    let files = shipped();
    assert!(files.len() >= 24, "{files:?}");
    let mut args = vec!["requirement", "check", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let reports: Value = serde_json::from_str(&run(&args).ok()).unwrap();
    for (report, file) in reports.as_array().unwrap().iter().zip(&files) {
        assert_eq!((&report["ok"], &report["file"]), (&json!(true), &json!(file)), "{report}");
        assert_eq!(report["hash"].as_str().unwrap().len(), 64);
        for fault in report["faults"].as_array().unwrap() {
            assert_eq!((&fault["severity"], &fault["rule"]), (&json!("warning"), &json!("secondary")), "{report}");
        }
    }
}

/// Numbers as numbers, days as text: what YAML and JSON write differently.
fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|found| same(value, found)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}

#[test]
fn histories_come_to_what_was_worked_out_by_hand() {
    let file = place("tests/it/command_line/requirement/golden.yaml");
    let written: Value = serde_saphyr::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let rules = place("workflows/requirements");
    let out = run(&["requirement", "evaluate", "--rules", &rules, "--format", "json", &file]).ok();
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    let by_id: BTreeMap<&str, &Value> = found.iter().map(|case| (case["id"].as_str().unwrap(), case)).collect();
    let cases = written["cases"].as_array().unwrap();
    assert_eq!((cases.len(), by_id.len()), (27, 27));
    let mut wrong = Vec::new();
    for case in cases {
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expect"]);
        let found = by_id[id];
        let mut compare = |what: String, expected: &Value, found: &Value| {
            if !same(expected, found) {
                wrong.push(format!("{id} {what}: {expected} was expected, {found} was found ({})", case["arithmetic"]));
            }
        };
        compare("overall".to_owned(), &expected["overall"], &found["overall"]);
        if let Some(period) = expected.get("period") {
            compare("period".to_owned(), period, &found["period"]);
        }
        if let Some(earlier) = expected.pointer("/notes/earlier") {
            compare("earlier".to_owned(), earlier, &found["earlier"]);
        }
        for (rule, expected) in expected["rules"].as_object().unwrap() {
            for (key, value) in expected.as_object().unwrap() {
                compare(format!("{rule} {key}"), value, &found["rules"][rule][key]);
            }
            let why = found["rules"][rule]["why"].as_array().unwrap();
            assert!(why.iter().any(|line| line.as_str().unwrap().starts_with("Source: ")), "{id} {rule}: {why:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A person and one credit, with one thing wrong.
const CASE: &str = "cases:
  - id: sample
    requirement: us-tn-md
    as_of: 2026-11-26
    credential: { issued: 2019-01-01, expires: 2026-12-31, renewal: 3 }
    facts: { dea: true }
    credits:
      - { id: a, type: ama-pra-1, amount: 10, earned: 2025-02-02, topics: { controlled-substances: 2 } }
";

#[test]
fn a_case_that_cannot_be_read_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.yaml");
    let file = path.to_str().unwrap();
    fs::write(&path, CASE).unwrap();
    run(&["requirement", "evaluate", file]).ok();
    for (was, is, said) in [
        ("amount: 10", "amount: -10", "not negative"),
        ("amount: 10", "amount: 10.123", "two digits"),
        ("controlled-substances: 2", "controlled-substances: 12", "more hours than the credit"),
        ("earned: 2025-02-02", "earned: 2025-02-30", "is a date"),
        ("issued: 2019-01-01", "issued: 2027-01-01", "expires before it was issued"),
        ("dea: true", "dea: perhaps", "true or false"),
        ("dea: true", "deaa: true", "there is no fact 'deaa'"),
        ("us-tn-md", "us-tn-dm", "there is no requirement 'us-tn-dm'"),
        ("id: a,", "id: a, colour: red,", "knows no key 'colour'"),
    ] {
        fs::write(&path, CASE.replacen(was, is, 1)).unwrap();
        let told = run(&["requirement", "evaluate", file]).failed();
        assert!(told.contains(said), "{is}: {told}");
    }
}

#[test]
fn a_file_that_is_not_sound_ends_with_1_and_each_fault_has_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("us-tn-md.yaml");
    let file = path.to_str().unwrap();
    let sound = fs::read_to_string(place("workflows/requirements/us-tn-md.yaml")).unwrap();
    fs::write(&path, sound.replacen("topics: [controlled-substances]", "topics: [controled-substances]", 1)).unwrap();
    let ran = run(&["requirement", "check", "--format", "json", file]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["ok"], &report["hash"]), (&json!(false), &Value::Null));
    let message = report["faults"][0]["message"].as_str().unwrap();
    assert!(message.contains("did you mean 'controlled-substances'?"), "{report}");
    // Ten megabytes are no requirement, and are not read as one.
    fs::write(&path, format!("{sound}# {}\n", "x".repeat(10_000_000))).unwrap();
    let told = run(&["requirement", "check", file]).failed();
    assert!(told.contains("has more than 1000000 bytes"), "{told}");
}
