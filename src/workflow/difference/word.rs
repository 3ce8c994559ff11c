//! The words of differences: what a field says of its subject, and how its value reads.

use serde_json::{Map, Value};

/// What a field says of its subject, so that `now …`, `no longer …` can stand before it.
const SAYS: &[(&str, &str)] = &[
    ("", "is"),
    ("title", "is called"),
    ("label", "is called"),
    ("author_label", "reads for the author"),
    ("lead", "begins with the words"),
    ("subject", "records"),
    ("reference", "begins its references with"),
    ("hint", "has the hint"),
    ("optional", "may stay unanswered"),
    ("type", "is of the type"),
    ("min", "takes at least"),
    ("max", "takes at most"),
    ("step", "goes in steps of"),
    ("options", "offers"),
    ("must", "must be answered with yes"),
    ("disclosure", "asks everybody named for a disclosure"),
    ("accept", "accepts"),
    ("max_size", "takes files up to, in bytes,"),
    ("of", "names one of"),
    ("group", "is filled by the group"),
    ("kind", "is of the kind"),
    ("remind", "reminds after"),
    ("clock", "has the office's clock"),
    ("award", "awards"),
    ("designate", "lists the course with"),
    ("stops_credit", "takes credit back"),
    ("release", "tells the author the"),
    ("role", "is by"),
    ("seats", "has places for"),
    ("quorum", "is complete with"),
    ("verdicts", "takes the verdicts"),
    ("rubric", "has the rubric"),
    ("take", "is taken by"),
    ("sealed", "is sealed"),
    ("blind", "is blind"),
    ("from", "starts in"),
    ("to", "leads to"),
    ("trigger", "is set off"),
    ("when", "is offered only while"),
    ("requires", "needs"),
    ("note", "has a reason:"),
    ("counts", "counts"),
    ("unbounded", "may be repeated without a bound"),
    ("keep_verdicts", "keeps the verdicts"),
    ("notify", "is told to"),
    ("awaited", "is waited for"),
];

/// What became of one field: its words before and after; none where it says nothing.
pub(super) fn phrase(key: &str, before: Option<&str>, after: Option<&str>) -> String {
    let says = SAYS.iter().find(|(field, _)| *field == key).map(|(_, says)| (*says).to_owned());
    let says = says.unwrap_or_else(|| format!("has as '{key}'"));
    let with = |value: &str| if value.is_empty() { says.clone() } else { format!("{says} {value}") };
    match (before, after) {
        (Some(before), Some(after)) => format!("now {} (was {before})", with(after)),
        (None, Some(after)) => format!("now {}", with(after)),
        (Some(before), None) => format!("no longer {}", with(before)),
        (None, None) => "is the same".to_owned(),
    }
}

/// A value as people read it; nothing for what says nothing, and the empty text for a plain yes.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::Bool(true) => Some(String::new()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(format!("'{text}'")),
        Value::Array(items) => list(items.iter().filter_map(shown)),
        Value::Object(map) => one_way(map).or_else(|| list(map.iter().filter_map(pair))),
    }
}

/// Something new in a few words: what most want to know of it.
pub(super) fn summary(fields: &Map<String, Value>) -> String {
    let told = ["", "trigger", "from", "to", "when", "requires", "role", "quorum", "type", "kind", "group"];
    let words = told.into_iter().filter_map(|key| {
        let value = shown(fields.get(key)?)?;
        let says = SAYS.iter().find(|(field, _)| *field == key).map_or(key, |(_, says)| says);
        Some(format!("{says} {value}"))
    });
    list(words).map_or_else(String::new, |words| format!(": it {words}"))
}

/// Something without a name, whole.
pub(super) fn rule(fields: &Map<String, Value>) -> String {
    list(fields.iter().filter_map(pair)).unwrap_or_default()
}

/// Shapes that have words of their own: a requirement with its reason, what sets a transition off, a group.
fn one_way(map: &Map<String, Value>) -> Option<String> {
    if let Some(condition) = map.get("condition") {
        let condition = shown(condition)?;
        return Some(match map.get("reason").and_then(shown) {
            Some(reason) => format!("{condition}, saying {reason}"),
            None => condition,
        });
    }
    if let (Some(group), Some(least)) = (map.get("group"), map.get("at_least")) {
        return Some(format!("{} with {least} members or more", shown(group)?));
    }
    match (map.len(), map.iter().next()?) {
        (1, (key, value)) if ["by", "after"].contains(&key.as_str()) => Some(format!("{key} {}", shown(value)?)),
        _ => None,
    }
}

fn pair((key, value): (&String, &Value)) -> Option<String> {
    let value = shown(value)?;
    let key = key.replace('_', " ");
    Some(if value.is_empty() { key } else { format!("{key} {value}") })
}

fn list(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}
