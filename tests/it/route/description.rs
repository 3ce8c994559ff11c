//! The description of the API: words that are enumerated, headers and names that have a pattern.

use std::{fs, path::Path};

use imprimatur::http::api;
use serde_json::{Map, Value};

fn description() -> Value {
    serde_json::to_value(api::openapi()).expect("JSON")
}

/// Everything in the description, with where it stands.
fn everything<'v>(value: &'v Value, place: &str, found: &mut Vec<(String, &'v Map<String, Value>)>) {
    match value {
        Value::Object(map) => {
            found.push((place.to_owned(), map));
            for (key, value) in map {
                everything(value, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                everything(value, &format!("{place}/{number}"), found);
            }
        }
        _ => {}
    }
}

/// Whether a schema takes any text: it says neither which, nor what it looks like.
fn is_any_text(schema: &Map<String, Value>) -> bool {
    let text = match &schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    text && ["enum", "const", "format", "pattern"].iter().all(|key| !schema.contains_key(*key))
}

/// The schema of texts that a thing has: its own, its parameter's, or that of the entries of a list.
fn texts(thing: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let below = ["schema", "items"].iter().filter_map(|key| thing.get(*key)?.as_object());
    std::iter::once(thing).chain(below).filter(|schema| is_any_text(schema))
}

/// Words in backticks, as an enumeration is written in prose.
fn words(description: &str) -> Vec<&str> {
    let quoted = description.split('`').skip(1).step_by(2);
    quoted.filter(|word| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c == b'-')).collect()
}

#[test]
fn no_enumeration_is_described_as_any_text() {
    let description = description();
    let mut found = Vec::new();
    everything(&description, "", &mut found);
    assert!(found.len() > 3_000, "{}", found.len());
    let lists: Vec<String> = found
        .iter()
        .filter(|(_, thing)| texts(thing).next().is_some())
        .filter_map(|(place, thing)| {
            let listed = words(thing.get("description")?.as_str()?);
            (listed.len() > 1).then(|| format!("{place}: {}", listed.join(", ")))
        })
        .collect();
    assert!(lists.is_empty(), "words that the server takes or says belong into an enumeration: {lists:#?}");

    // A text that is written into the program is one of a few; and what is an enumeration is described as one.
    let mut texts = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/api"), &mut |file, source| {
        for (number, line) in source.lines().enumerate() {
            let field = line.trim_end().ends_with(',') && line.contains(": ") && line.contains("&'static str");
            let text = [
                "value_type = String)",
                "value_type = Option<String>)",
                "value_type = Vec<String>)",
                "value_type = Option<Vec<String>>)",
            ];
            if field || text.iter().any(|text| line.contains(text)) {
                texts.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    });
    assert!(texts.is_empty(), "give these a type that says what they can be: {texts:#?}");
}

fn below(folder: &Path, look: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, look);
        } else {
            look(&path.to_string_lossy(), &fs::read_to_string(&path).expect("a source"));
        }
    }
}

#[test]
fn headers_and_names_have_a_pattern_and_answers_the_headers_that_are_sent() {
    let description = description();
    let mut met = 0;
    for (path, item) in description["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let (place, name) = (parameter["in"].as_str().unwrap(), parameter["name"].as_str().unwrap());
                // What cannot be read in these counts for nothing, as HTTP has it.
                let lenient = ["If-None-Match", "If-Range", "Range"].contains(&name);
                let named = place == "path" && ["reference", "hash"].contains(&name) || name == "cursor";
                if place == "header" && !lenient || named {
                    assert!(parameter["schema"]["pattern"].is_string(), "{method} {path}: {name}");
                    met += 1;
                }
            }
            for (status, answer) in operation["responses"].as_object().expect("responses") {
                let answer = match answer["$ref"].as_str() {
                    Some(place) => description.pointer(place.trim_start_matches('#')).expect("what is referred to"),
                    None => answer,
                };
                let has = |name: &str| answer["headers"][name]["schema"].is_object();
                assert!(has("X-Request-Id"), "{method} {path}: {status}");
                assert_eq!(
                    has("Retry-After"),
                    ["429", "503", "507"].contains(&status.as_str()),
                    "{method} {path}: {status}"
                );
                assert_eq!(has("Location"), status == "201", "{method} {path}: {status}");
                assert_eq!(has("WWW-Authenticate"), status == "401", "{method} {path}: {status}");
            }
        }
    }
    assert!(met > 80, "{met}");
}
