//! The page says whatever a definition says: change anything, and it reads otherwise.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::*;
use crate::{
    present::workflow::preview,
    workflow::{
        check::tests::{credits, values},
        difference, load,
    },
};

const SHIPPED: [&str; 6] = [
    include_str!("../../../../workflows/self-study.yaml"),
    include_str!("../../../../workflows/teaching.yaml"),
    include_str!("../../../../workflows/disclosure.yaml"),
    include_str!("../../../../workflows/nursing-activity.yaml"),
    include_str!("../../../../workflows/aafp-activity.yaml"),
    include_str!("../../../../workflows/course-accreditation.yaml"),
];

fn study() -> Definition {
    load(SHIPPED[0], &credits()).expect("a sound workflow").0
}

/// Everything that the page of a version says in words.
fn page(definition: &Definition) -> Value {
    json!([
        definition.title,
        rules(definition),
        proofs(definition),
        preview::states(definition),
        preview::form(definition)
    ])
}

#[test]
fn every_kind_of_rule_is_told_in_sentences_with_the_words_of_the_file() {
    let told = rules(&study());
    let lines: Vec<&str> = told.iter().flat_map(|rules| &rules.lines).map(String::as_str).collect();
    for line in [
        "Author: whoever submits it.",
        "Assessor: members of the group “Self study assessors”, at least 2.",
        "Whoever acts as assessor never acts as auditor on the same submission, nor the other way round.",
        "“Being assessed” becomes “Overdue, with the lead assessor” after 30 days.",
        "In “Being assessed” whoever has the turn is reminded after 7 days and after 14 days.",
        "Rounds: at most 2.",
        "“Recognised” records the credit chosen in “Claim as” for the author: “Hours claimed”, earned on the day given \
         in “Date you finished”.",
    ] {
        assert!(lines.contains(&line), "{line} is not among {lines:#?}");
    }
}

#[test]
fn every_sentence_of_the_shipped_workflows_ends_as_one() {
    for source in SHIPPED {
        let definition = load(source, &credits()).expect("a sound workflow").0;
        let told = rules(&definition);
        for line in told.iter().flat_map(|rules| &rules.lines) {
            assert!(line.ends_with(['.', '?', '!']), "{line}");
        }
        insta::assert_snapshot!(format!("rules_{}", definition.workflow), outline(&told));
    }
}

fn outline(told: &[Rules]) -> String {
    let kind = |rules: &Rules| format!("{}\n  {}\n", rules.title, rules.lines.join("\n  "));
    told.iter().map(kind).collect::<Vec<_>>().concat()
}

#[test]
fn each_claim_is_told_by_its_name_and_what_it_says() {
    let told: Vec<(String, String)> = proofs(&study()).into_iter().map(|fact| (fact.label, fact.value)).collect();
    assert_eq!(told.first().map(|(label, _)| label.as_str()), Some("Somebody else assessed"));
    let value = "Holds on every path: before “Recognised” stand at least 1 approval of “Assessment” by different \
                 persons, none by the author.";
    assert_eq!(told.first().map(|(_, value)| value.as_str()), Some(value));
}

/// What a refusal shows of the conditions of steps and of all that is counted.
fn refusals(definition: &Definition) -> Vec<String> {
    let conditions = definition
        .transitions
        .values()
        .flat_map(|step| step.when.iter().chain(step.requires.iter().map(|needed| &needed.condition)));
    conditions.map(|condition| condition.told(definition)).collect()
}

/// Every kind of value of a file is changed and left out, and what no shipped file says is added. Whatever of that is
/// sound and makes another version has to read otherwise, the difference has to tell it, and no refusal shows what only
/// a program reads.
#[test]
fn two_versions_that_are_not_the_same_do_not_read_the_same() {
    let credits = credits();
    let mut silent = Vec::new();
    let mut tried: BTreeMap<String, u32> = BTreeMap::new();
    for source in SHIPPED {
        // As JSON a plain `No` would be no text any more.
        let whole = values(&source.replace("no: No", "no: 'No'"));
        // Read back in the same order as what is changed, or every page would differ.
        let (before, _) = load(&whole.to_string(), &credits).expect("a sound workflow");
        let told = page(&before);
        let mut here: BTreeMap<String, u32> = BTreeMap::new();
        for (what, pointer, new) in changes(&whole) {
            let kind = kind(&what);
            let times = here.entry(kind.clone()).or_default();
            if *times == 2 || tried.get(&kind) == Some(&2) {
                continue;
            }
            *times += 1;
            let Ok((after, _)) = load(&changed(&whole, &pointer, new.as_ref()).to_string(), &credits) else { continue };
            if after.hash == before.hash {
                continue;
            }
            *tried.entry(kind).or_default() += 1;
            if says_the_name(&whole, &pointer) {
                continue;
            }
            if page(&after) == told {
                silent.push(format!("{}: the page about {what}", before.workflow));
            }
            if difference(&before, &after).iter().all(|told| told.sentence.contains("another order")) {
                silent.push(format!("{}: the difference about {what}", before.workflow));
            }
            let raw = |told: &String| ["&&", "||", "==", "<=", ">=", "('"].iter().any(|sign| told.contains(sign));
            if let Some(raw) = refusals(&after).into_iter().find(raw) {
                silent.push(format!("{}: a refusal shows {raw} after {what}", before.workflow));
            }
        }
    }
    assert!(silent.is_empty(), "the voices are silent about {} changes:\n{}", silent.len(), silent.join("\n"));
    assert!(tried.len() > 150, "only {} kinds of change were tried: {tried:#?}", tried.len());
}

/// The change without the names and numbers of where it is: `/states/*/label left out`.
fn kind(what: &str) -> String {
    let named = ["states", "transitions", "roles", "tracks", "limits", "records", "rubrics", "options"];
    let (pointer, rest) = what.split_once(' ').expect("a pointer and what is done");
    let mut before = "";
    let steps = pointer.split('/').map(|step| {
        let any = named.contains(&before) || step.parse::<usize>().is_ok();
        before = step;
        if any { "*" } else { step }
    });
    let steps: Vec<&str> = steps.collect();
    // Values that are put in place of others are one kind; what is added tells what.
    let rest = if rest.starts_with('=') { "=" } else { rest };
    format!("{} {rest}", steps.join("/"))
}

/// Whether a label says no more than would be read without it.
fn says_the_name(whole: &Value, pointer: &str) -> bool {
    let named = pointer.strip_suffix("/label").and_then(|of| of.rsplit('/').next());
    named.is_some_and(|name| whole.pointer(pointer).and_then(Value::as_str) == Some(words::words(name).as_str()))
}

/// Names, which nobody reads.
const NAMES: [&str; 3] = ["section", "id", "format"];

/// What is done to the value at a pointer, and what becomes of it: nothing where it is left out.
fn changes(whole: &Value) -> Vec<(String, String, Option<Value>)> {
    let mut pointers = Vec::new();
    collect(whole, "", &mut pointers);
    let mut changes = Vec::new();
    for pointer in pointers {
        let value = whole.pointer(&pointer).expect("a value");
        let key = pointer.rsplit('/').next().unwrap_or_default();
        changes.push((format!("{pointer} left out"), pointer.clone(), None));
        if let Some(new) = instead(key, value) {
            changes.push((format!("{pointer} = {new}"), pointer.clone(), Some(new)));
        }
        for (more, new) in value.as_object().map(added).unwrap_or_default() {
            let mut with = value.clone();
            with[more] = new.clone();
            changes.push((format!("{pointer}/{more} added {new}"), pointer.clone(), Some(with)));
        }
    }
    changes
}

fn changed(whole: &Value, pointer: &str, new: Option<&Value>) -> Value {
    let mut changed = whole.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let key = key.replace("~1", "/");
    match (changed.pointer_mut(parent), new) {
        (Some(Value::Object(map)), Some(new)) => drop(map.insert(key, new.clone())),
        (Some(Value::Object(map)), None) => drop(map.remove(&key)),
        (Some(Value::Array(items)), Some(new)) => items[key.parse::<usize>().expect("a number")] = new.clone(),
        (Some(Value::Array(items)), None) => drop(items.remove(key.parse().expect("a number"))),
        _ => {}
    }
    changed
}

/// Where everything stands that is no name.
fn collect(value: &Value, at: &str, pointers: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(key, value)| (key.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner.into_iter().filter(|(key, _)| !NAMES.contains(&key.as_str())) {
        let pointer = format!("{at}/{}", key.replace('/', "~1"));
        collect(value, &pointer, pointers);
        pointers.push(pointer);
    }
}

/// Another value for one of this key.
fn instead(key: &str, value: &Value) -> Option<Value> {
    let text = match value {
        Value::Bool(is) => return Some(json!(!is)),
        Value::Number(number) => return number.as_i64().map(|number| json!(number + 1)),
        Value::String(text) => text,
        _ => return None,
    };
    Some(match key {
        "label" | "author_label" | "title" | "lead" | "hint" | "say" | "name" => json!(format!("{text} x")),
        "when" | "that" | "each" => json!(format!("!({text})")),
        "amount" | "maximum" => json!("2 + 3"),
        "subject" => json!("completion"),
        "reference" => json!("ZZ"),
        "group" => json!("others"),
        "max_size" => json!("3MB"),
        "take" => json!("claim"),
        "note" => json!(if text == "required" { "optional" } else { "required" }),
        "at_least" | "at_most" => json!("today + P11D"),
        _ if text.starts_with('P') => json!("P11D"),
        _ => return None,
    })
}

/// What could be said besides.
fn added(map: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let has = |key| map.contains_key(key);
    if has("seats") {
        return vec![
            ("blind", json!("single")),
            ("blind", json!("double")),
            ("take", json!("assign")),
            ("sealed", json!(true)),
            ("label", json!("Look")),
        ];
    }
    if has("from") {
        return vec![
            ("note", json!("optional")),
            ("turn", json!("none")),
            ("unbounded", json!("ok")),
            ("keep_verdicts", json!(true)),
            ("restore", json!("answers")),
            ("label", json!("Do it")),
            ("counts", json!("goes")),
        ];
    }
    let more = match map.get("type").and_then(Value::as_str) {
        Some("text" | "long-text" | "choices" | "table") => vec![("min", json!(2)), ("max", json!(3))],
        Some("integer" | "decimal") => vec![("min", json!(1)), ("max", json!(9))],
        Some("date") => vec![("at_most", json!("today")), ("at_least", json!("today - P6Y"))],
        Some("yes-no") => vec![("must", json!(true))],
        Some("people") => vec![("min", json!(2)), ("disclosure", json!(true))],
        Some("files") => vec![("min", json!(2)), ("max_size", json!("3MB")), ("accept", json!(["text"]))],
        Some(_) => Vec::new(),
        None if has("label") => {
            return vec![
                ("author_label", json!("Wait.")),
                ("remind", json!(["P9D"])),
                ("remind", json!([{ "business_days": 3 }])),
                ("clock", json!("paused")),
                ("stop", json!("offer")),
                ("stop", json!("credit")),
                ("release", json!("decision")),
                ("release", json!("verdicts")),
            ];
        }
        None => return Vec::new(),
    };
    [vec![("hint", json!("A hint.")), ("optional", json!(true))], more].concat()
}
