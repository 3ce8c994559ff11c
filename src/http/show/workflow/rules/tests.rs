//! The page says whatever a definition says: change anything, and it reads otherwise.

use serde_json::{Map, Value, json};

use super::{super::preview, *};
use crate::{credit::CreditTypes, workflow::load};

const SHIPPED: [&str; 6] = [
    include_str!("../../../../../workflows/self-study.yaml"),
    include_str!("../../../../../workflows/course-accreditation.yaml"),
    include_str!("../../../../../workflows/aafp-activity.yaml"),
    include_str!("../../../../../workflows/nursing-activity.yaml"),
    include_str!("../../../../../workflows/teaching.yaml"),
    include_str!("../../../../../workflows/disclosure.yaml"),
];

fn credits() -> CreditTypes {
    CreditTypes::of([
        include_str!("../../../../../workflows/credits/aafp-elective.yaml"),
        include_str!("../../../../../workflows/credits/aafp-prescribed.yaml"),
        include_str!("../../../../../workflows/credits/ama-pra-1.yaml"),
        include_str!("../../../../../workflows/credits/ama-pra-2.yaml"),
        include_str!("../../../../../workflows/credits/ancc-contact-hour.yaml"),
    ])
    .expect("credit types")
}

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
    told.iter().map(|rules| format!("{}\n  {}\n", rules.title, rules.lines.join("\n  "))).collect()
}

#[test]
fn each_claim_is_told_by_its_name_and_what_it_says() {
    let told: Vec<(String, String)> = proofs(&study()).into_iter().map(|fact| (fact.label, fact.value)).collect();
    assert_eq!(told.first().map(|(label, _)| label.as_str()), Some("Somebody else assessed"));
    let value = "Holds on every path: before “Recognised” stand at least 1 approval of “Assessment” by different \
                 persons, none by the author.";
    assert_eq!(told.first().map(|(_, value)| value.as_str()), Some(value));
}

/// Every value of a file is changed and left out, and what no shipped file says is added. Whatever of that is sound and
/// makes another version has to read otherwise.
#[test]
fn two_versions_that_are_not_the_same_do_not_read_the_same() {
    let credits = credits();
    let mut silent = Vec::new();
    let mut tried = 0;
    for source in SHIPPED {
        let (before, _) = load(source, &credits).expect("a sound workflow");
        let told = page(&before);
        let whole: Value = serde_saphyr::from_str(source).expect("YAML");
        for (what, changed) in changes(&whole) {
            let Ok((after, _)) = load(&changed.to_string(), &credits) else { continue };
            if after.hash == before.hash {
                continue;
            }
            tried += 1;
            if page(&after) == told {
                silent.push(format!("{}: {what}", before.workflow));
            }
        }
    }
    assert!(silent.is_empty(), "the page is silent about {} of {tried} changes:\n{}", silent.len(), silent.join("\n"));
    assert!(tried > 2000, "only {tried} changes were tried");
}

/// Names, which nobody reads.
const NAMES: [&str; 3] = ["section", "id", "format"];

fn changes(whole: &Value) -> Vec<(String, Value)> {
    let mut pointers = Vec::new();
    collect(whole, "", &mut pointers);
    let mut changes = Vec::new();
    for pointer in pointers {
        let Some(value) = whole.pointer(&pointer) else { continue };
        let key = pointer.rsplit('/').next().unwrap_or_default();
        for new in instead(key, value) {
            let mut changed = whole.clone();
            changes.extend(
                changed
                    .pointer_mut(&pointer)
                    .map(|place| *place = new.clone())
                    .map(|()| (format!("{pointer} = {new}"), changed)),
            );
        }
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let mut changed = whole.clone();
        match changed.pointer_mut(parent) {
            Some(Value::Object(map)) => drop(map.remove(&key.replace("~1", "/"))),
            Some(Value::Array(items)) => drop(items.remove(key.parse().expect("a number"))),
            _ => continue,
        }
        changes.push((format!("{pointer} left out"), changed));
    }
    changes
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

/// Other values for one of this key.
fn instead(key: &str, value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(is) => vec![json!(!is)],
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            vec![json!(number + 1.0), json!(number.floor() + 1.0), json!((number - 1.0).trunc())]
        }
        Value::String(text) => match key {
            "label" | "author_label" | "title" | "lead" | "hint" | "say" | "name" => vec![json!(format!("{text} x"))],
            "when" | "that" | "amount" | "maximum" => vec![json!(format!("!({text})")), json!("2 + 3")],
            _ => WORDS.map(|word| json!(word)).to_vec(),
        },
        Value::Object(map) => added(map),
        _ => Vec::new(),
    }
}

/// Words of the format, one of which may stand where another does.
const WORDS: [&str; 8] = ["P11D", "course", "approve", "claim", "optional", "author", "pdf", "Z"];

/// The same with one thing more.
fn added(map: &Map<String, Value>) -> Vec<Value> {
    let more: &[(&str, Value)] = if map.contains_key("seats") {
        &[
            ("blind", json!("single")),
            ("blind", json!("double")),
            ("take", json!("assign")),
            ("sealed", json!(true)),
            ("label", json!("Look")),
        ]
    } else if map.contains_key("to") && map.contains_key("from") {
        &[
            ("note", json!("optional")),
            ("turn", json!("none")),
            ("unbounded", json!("ok")),
            ("keep_verdicts", json!(true)),
            ("restore", json!("answers")),
            ("label", json!("Do it")),
            ("counts", json!("goes")),
        ]
    } else if map.contains_key("type") {
        &[
            ("hint", json!("A hint.")),
            ("optional", json!(true)),
            ("min", json!(2)),
            ("max", json!(3)),
            ("must", json!(true)),
            ("step", json!(0.5)),
            ("disclosure", json!(true)),
            ("max_size", json!("3MB")),
            ("accept", json!(["text"])),
        ]
    } else if map.contains_key("label") {
        &[
            ("author_label", json!("Wait.")),
            ("remind", json!(["P9D"])),
            ("remind", json!([{ "business_days": 3 }])),
            ("clock", json!("paused")),
            ("stop", json!("offer")),
            ("stop", json!("credit")),
        ]
    } else {
        &[]
    };
    let with = |(key, value): &(&str, Value)| {
        let mut map = map.clone();
        map.insert((*key).to_owned(), value.clone());
        Value::Object(map)
    };
    more.iter().map(with).collect()
}
