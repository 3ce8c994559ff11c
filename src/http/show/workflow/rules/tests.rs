//! The page says whatever a definition says: change anything, and it reads otherwise.

use std::{collections::BTreeMap, sync::LazyLock};

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

/// Every kind of value of a file is changed and left out, and what no shipped file says is added. Whatever of that is
/// sound and makes another version has to read otherwise.
#[test]
fn two_versions_that_are_not_the_same_do_not_read_the_same() {
    let credits = credits();
    let mut silent = Vec::new();
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    let mut loaded: BTreeMap<String, usize> = BTreeMap::new();
    for source in SHIPPED {
        let (before, _) = load(source, &credits).expect("a sound workflow");
        let told = page(&before);
        let whole: Value = serde_saphyr::from_str(source).expect("YAML");
        for (what, changed) in changes(&whole) {
            let kind = kind(&what);
            if tried.get(&kind).is_some_and(|times| *times >= 3) {
                continue;
            }
            let times = loaded.entry(format!("{} {kind}", before.workflow)).or_default();
            *times += 1;
            if *times > 8 {
                continue;
            }
            let Ok((after, _)) = load(&changed.to_string(), &credits) else { continue };
            if after.hash == before.hash {
                continue;
            }
            *tried.entry(kind).or_default() += 1;
            if page(&after) == told {
                silent.push(format!("{}: {what}", before.workflow));
            }
        }
    }
    assert!(silent.is_empty(), "the page is silent about {} changes:\n{}", silent.len(), silent.join("\n"));
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
    // What is put in place of a text depends on the text.
    format!("{} {}", steps.join("/"), rest.split(' ').next().unwrap_or_default())
}

/// Names, which nobody reads.
const NAMES: [&str; 3] = ["section", "id", "format"];

fn changes(whole: &Value) -> Vec<(String, Value)> {
    let mut pointers = Vec::new();
    collect(whole, "", &mut pointers);
    let mut changes = Vec::new();
    for pointer in pointers {
        let Some(value) = whole.pointer(&pointer) else { continue };
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let mut change = |what: String, to: &dyn Fn(&mut Value)| {
            let mut changed = whole.clone();
            changed.pointer_mut(parent).into_iter().for_each(to);
            changes.push((what, changed));
        };
        let place = |parent: &mut Value, new: &Value| match parent {
            Value::Object(map) => drop(map.insert(key.replace("~1", "/"), new.clone())),
            Value::Array(items) => items[key.parse::<usize>().expect("a number")] = new.clone(),
            _ => {}
        };
        change(format!("{pointer} left out"), &|parent| match parent {
            Value::Object(map) => drop(map.remove(&key.replace("~1", "/"))),
            Value::Array(items) => drop(items.remove(key.parse().expect("a number"))),
            _ => {}
        });
        for new in instead(key, value) {
            change(format!("{pointer} = {new}"), &|parent| place(parent, &new));
        }
        for (more, new) in value.as_object().map(added).unwrap_or_default() {
            change(format!("{pointer}/{more} added {new}"), &|parent| place(parent, &with(value, more, new)));
        }
    }
    changes
}

fn with(value: &Value, key: &str, new: &Value) -> Value {
    let mut value = value.clone();
    value[key] = new.clone();
    value
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
        _ => Vec::new(),
    }
}

/// Words of the format, one of which may stand where another does.
const WORDS: [&str; 8] = ["P11D", "course", "approve", "claim", "optional", "author", "pdf", "Z"];

/// What could be said besides.
fn added(map: &Map<String, Value>) -> &'static [(&'static str, Value)] {
    static MORE: LazyLock<[Vec<(&str, Value)>; 5]> = LazyLock::new(|| {
        [
            vec![
                ("blind", json!("single")),
                ("blind", json!("double")),
                ("take", json!("assign")),
                ("sealed", json!(true)),
                ("label", json!("Look")),
            ],
            vec![
                ("note", json!("optional")),
                ("turn", json!("none")),
                ("unbounded", json!("ok")),
                ("keep_verdicts", json!(true)),
                ("restore", json!("answers")),
                ("label", json!("Do it")),
                ("counts", json!("goes")),
            ],
            vec![
                ("hint", json!("A hint.")),
                ("optional", json!(true)),
                ("min", json!(2)),
                ("max", json!(3)),
                ("must", json!(true)),
                ("step", json!(0.5)),
                ("disclosure", json!(true)),
                ("max_size", json!("3MB")),
                ("accept", json!(["text"])),
            ],
            vec![
                ("author_label", json!("Wait.")),
                ("remind", json!(["P9D"])),
                ("remind", json!([{ "business_days": 3 }])),
                ("clock", json!("paused")),
                ("stop", json!("offer")),
                ("stop", json!("credit")),
            ],
            Vec::new(),
        ]
    });
    let [track, step, question, state, none] = &*MORE;
    let has = |key| map.contains_key(key);
    match (has("seats"), has("from"), has("type"), has("label")) {
        (true, ..) => track,
        (_, true, ..) => step,
        (_, _, true, _) => question,
        (_, _, _, true) => state,
        _ => none,
    }
}
