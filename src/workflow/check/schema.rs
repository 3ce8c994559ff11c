//! The JSON Schema of the format, for editors that complete and check while one types.
//!
//! Its keys, what they take, which are needed and the words they know are the parser's own: it reads a file with one of
//! everything and tells. Here stands only what a key alone does not say: which map or list is below it.

use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use super::{
    bounds::{self, BUSINESS_DAYS},
    form::Within,
    shape,
    tree::Tree,
    vocabulary::{Keys, Takes, Vocabulary},
};

/// One of everything.
const PROBE: &str = include_str!("schema/probe.yaml");

/// The schema, draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let Ok(tree) = Tree::read(PROBE) else { return json!(false) };
    let vocabulary = shape::vocabulary(&tree);
    let mut schema = object(&vocabulary, "a workflow");
    let mut definitions = Map::new();
    for (what, _) in vocabulary.maps.iter().filter(|(what, _)| !what.contains(": ") && *what != "a workflow") {
        definitions.insert(name(what), object(&vocabulary, what));
    }
    for within in [Within::Form, Within::Decision, Within::Table] {
        definitions.insert(name(&within.of_type("question")), questions(&vocabulary, within));
    }
    definitions.remove(&name("a question"));
    definitions.insert("condition".to_owned(), json!({"type": ["string", "number", "boolean"]}));
    let (condition, with_reason) = (json!({"$ref": "#/$defs/condition"}), json!({"$ref": "#/$defs/requirement"}));
    let requires = json!([condition, with_reason, {"type": "array", "items": {"anyOf": [condition, with_reason]}}]);
    definitions.insert("requires".to_owned(), json!({"anyOf": requires}));
    definitions
        .insert("length".to_owned(), json!({"type": "string", "pattern": "^P", "examples": ["P30D", "P3Y", "PT12H"]}));
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".to_owned(), json!("Workflow definition, format 1"));
        map.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}

/// A map with the parser's keys and no others.
fn object(vocabulary: &Vocabulary, what: &str) -> Value {
    let Some(keys) = vocabulary.maps.get(what) else { return json!(false) };
    let properties: Map<String, Value> =
        keys.known.iter().map(|(key, takes)| (key.clone(), value(vocabulary, what, key, *takes))).collect();
    let mut required: Vec<&str> = keys.required.iter().map(String::as_str).collect();
    if what == "a role" || what == "a record" {
        // It is one of several kinds, and each needs keys of its own.
        required.clear();
    }
    let required = match what {
        "a proof" => vec!["name"],
        // What is asked for once its key is there is not needed for that.
        "an amount by the hour" => vec!["minutes", "per_hour"],
        _ => required,
    };
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// One alternative a type, each with the further keys of that type.
fn questions(vocabulary: &Vocabulary, within: Within) -> Value {
    let nothing = Keys::default();
    let every = vocabulary.maps.get("a question").unwrap_or(&nothing);
    let common = ["id", "type", "label", "hint", "optional"];
    let prefix = within.of_type("");
    let types = vocabulary.maps.iter().filter_map(|(what, keys)| what.strip_prefix(&prefix).map(|word| (word, keys)));
    let alternatives: Vec<Value> = types
        .map(|(word, further)| {
            let keys = common.into_iter().chain(further.known.keys().map(String::as_str));
            let mut properties: Map<String, Value> = keys
                .map(|key| {
                    let takes = every.known.get(key).copied().flatten();
                    (key.to_owned(), value(vocabulary, "a question", key, takes))
                })
                .collect();
            properties.insert("type".to_owned(), json!({"const": word}));
            // What one type needs, another does not know.
            let required: Vec<&str> =
                every.required.iter().map(String::as_str).filter(|key| properties.contains_key(*key)).collect();
            json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
        })
        .collect();
    json!({"oneOf": alternatives})
}

fn whole(range: &RangeInclusive<u32>) -> Value {
    json!({"type": "integer", "minimum": range.start(), "maximum": range.end()})
}

/// What stands below a key.
fn value(vocabulary: &Vocabulary, what: &str, key: &str, takes: Option<Takes>) -> Value {
    let to = |what: &str| json!({"$ref": format!("#/$defs/{}", name(what))});
    let list = |items: Value| json!({"type": "array", "items": items});
    let named = |items: Value| json!({"type": "object", "additionalProperties": items});
    let words = || json!({"enum": vocabulary.words.get(key).cloned().unwrap_or_default()});
    match (what, key) {
        ("a workflow", "format") => json!({"const": 1}),
        ("a workflow", "form") => list(to("a section")),
        ("a workflow", "roles") => named(to("a role")),
        ("a workflow", "separation") => list(to("a separation")),
        ("a workflow", "records") => named(to("a record")),
        ("a workflow", "limits") => named(json!({"type": "integer", "minimum": 0})),
        ("a workflow", "rubrics") => named(list(to(&Within::Decision.of_type("question")))),
        ("a workflow", "states") => named(to("a state")),
        ("a workflow", "transitions") => named(to("a transition")),
        ("a workflow", "prove") => list(to("a proof")),
        ("a section", "questions") => list(to(&Within::Form.of_type("question"))),
        ("a question", "columns") => list(to(&Within::Table.of_type("question"))),
        ("a question", "at_least" | "at_most") => {
            json!({"type": "string", "pattern": "^(today( *[+-] *P[0-9YMWD]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"})
        }
        ("a question", "max_size") => json!({"type": "string", "pattern": "^[0-9]+ ?(KB|MB|GB)$"}),
        ("a question", "accept") | ("a track", "verdicts") => list(words()),
        ("a question", "type") => json!({"type": "string"}),
        ("a workflow", "subject") => words(),
        ("a role" | "approvals", "at_least") | ("a track", "seats" | "quorum") => whole(&bounds::PERSONS),
        ("'bound'", "at_most") => whole(&bounds::ROUNDS),
        ("'after'" | "'remind'", "business_days") => whole(&BUSINESS_DAYS),
        ("a state", "tracks") => named(to("a track")),
        ("a state", "remind") => list(json!({"anyOf": [to("length"), to("'remind'")]})),
        ("a state", "award") => to("an award"),
        ("a state", "designate") => to("a designation"),
        ("an award", "amount") => json!({"anyOf": [to("condition"), to("an amount by the hour")]}),
        ("an amount by the hour", "per_hour") => json!({"type": "number"}),
        ("a designation", "maximum") | ("a transition", "when") | ("a requirement", "that") => to("condition"),
        ("a designation", "valid") | ("'within'", "any") => to("length"),
        ("a record", "within") => json!({"anyOf": [to("length"), to("'within'")]}),
        ("a transition", "after") => json!({"anyOf": [to("length"), to("'after'")]}),
        ("'after'", "meeting") => json!({"type": "string", "minLength": 1}),
        ("a designation" | "a transition", "since") => {
            json!({"anyOf": [{"type": "string", "minLength": 1}, list(json!({"type": "string", "minLength": 1}))]})
        }
        ("a transition", "asks") => list(to(&Within::Decision.of_type("question"))),
        // The name of a set is a text as a condition is.
        ("a transition", "requires") | ("a question", "each") => to("requires"),
        ("a workflow", "requirements") => named(to("requires")),
        ("a proof", "approvals" | "distinct_approvals") => to("approvals"),
        ("a proof", "never") => to("'never'"),
        ("a proof", "bound") => to("'bound'"),
        _ => match takes {
            Some(Takes::Text) => json!({"type": "string", "minLength": 1}),
            Some(Takes::Texts) => list(json!({"type": "string", "minLength": 1})),
            Some(Takes::Flag) => json!({"type": "boolean"}),
            Some(Takes::Number) => json!({"type": "number"}),
            Some(Takes::Labels) => named(json!({"type": "string", "minLength": 1})),
            Some(Takes::Word) => words(),
            // Anything at all: a test sees to it that no key comes to this.
            None => json!(true),
        },
    }
}

/// `an amount by the hour` as `amount-by-the-hour`.
fn name(what: &str) -> String {
    let what = what.strip_prefix("an ").or_else(|| what.strip_prefix("a ")).unwrap_or(what);
    what.replace('\'', "").replace(": ", "-").replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places where the schema takes anything.
    fn open(at: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Bool(true) => found.push(at.to_owned()),
            Value::Object(map) => map.iter().for_each(|(key, value)| open(&format!("{at}/{key}"), value, found)),
            Value::Array(items) => items.iter().for_each(|value| open(at, value, found)),
            _ => {}
        }
    }

    #[test]
    fn the_schema_says_of_every_key_what_it_takes() {
        let mut found = Vec::new();
        open("", &schema(), &mut found);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn everything_the_schema_refers_to_is_in_it() {
        let schema = schema();
        let text = schema.to_string();
        let references = text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next());
        for reference in references {
            assert!(schema["$defs"].get(reference).is_some(), "{reference}");
        }
    }

    #[test]
    fn the_schema_beside_the_workflows_is_this_one() {
        let written: Value =
            serde_json::from_str(include_str!("../../../workflows/workflow.schema.json")).expect("JSON");
        assert_eq!(written, schema(), "write it anew: imprimatur workflow schema > workflows/workflow.schema.json");
    }
}
