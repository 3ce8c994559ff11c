//! Rules.

use indexmap::IndexMap;

use super::{
    super::definition::{Alternative, Due, Reading, Rule, Status, Within},
    one_of,
    part::{measure, minimum, selector},
    period::length,
};
use crate::workflow::check::{
    fields::{Fields, Reader, Spelling},
    tree::{Data, Node},
};

const KEYS: [&str; 16] = [
    "label",
    "when",
    "unless",
    "at_least",
    "of",
    "or_of",
    "or_at_least",
    "within",
    "due",
    "caps",
    "apart",
    "same_activity_once",
    "status",
    "source",
    "more",
    "readings",
];

pub(super) fn rules<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> IndexMap<String, Rule> {
    let mut found = IndexMap::new();
    for (id, node) in reader.entries(node, "'rules'", Spelling::Hyphens) {
        found.insert(id.to_owned(), rule(reader, id, node));
    }
    found
}

fn rule<'t>(reader: &mut Reader<'t, '_>, id: &str, node: &'t Node) -> Rule {
    let fields = reader.fields(node, "a rule", &KEYS);
    let condition =
        |reader: &mut Reader<'t, '_>, key: &str| fields.get(key).and_then(|node| reader.condition(node, key));
    Rule {
        id: id.to_owned(),
        label: reader.text(&fields, "label"),
        when: condition(reader, "when"),
        unless: condition(reader, "unless"),
        readings: readings(reader, &fields),
        or_of: fields.get("or_of").map(|node| selector(reader, node)),
        or_at_least: fields.get("or_at_least").and_then(|node| alternative(reader, node)),
        caps: fields.has("caps").then(|| reader.texts(&fields, "caps")),
        apart: reader.flag(&fields, "apart"),
        same_activity_once: reader.flag(&fields, "same_activity_once"),
        more: reader.texts(&fields, "more"),
    }
}

/// What the sources say; a settled rule has one reading.
fn readings<'t>(reader: &mut Reader<'t, '_>, rule: &Fields<'t>) -> Vec<Reading> {
    let status: Status = one_of(reader, rule, "status").unwrap_or_default();
    let Some(list) = rule.get("readings") else {
        if status == Status::Disputed {
            reader.fault("source", rule.at, "a disputed rule has 'readings', each with its source");
        }
        return reading(reader, rule, None).into_iter().collect();
    };
    if status != Status::Disputed {
        reader.fault("format", list.at, "several readings go with 'status: disputed'");
    }
    let items = reader.items(Some(list), "'readings'");
    if items.len() < 2 {
        reader.fault("format", list.at, "where sources disagree there are at least two readings");
    }
    let mut found = Vec::new();
    for node in items {
        let fields = reader.fields(node, "a reading", &["source", "when", "at_least", "of", "within", "due"]);
        found.extend(reading(reader, &fields, Some(rule)));
    }
    found
}

/// One reading; what it does not say is said by its rule.
fn reading<'t>(reader: &mut Reader<'t, '_>, own: &Fields<'t>, rule: Option<&Fields<'t>>) -> Option<Reading> {
    let get = |key: &str| own.get(key).or_else(|| rule.and_then(|rule| rule.get(key)));
    let source = super::source(reader, own);
    for key in ["at_least", "of"].into_iter().filter(|key| get(key).is_none()) {
        reader.fault("format", own.at, format!("a rule needs '{key}'"));
    }
    let at_least = get("at_least").and_then(|node| minimum(reader, node));
    let of = get("of").map(|node| selector(reader, node));
    let within = get("within").and_then(|node| within(reader, node)).unwrap_or(Within::Period);
    let due = get("due").and_then(|node| due(reader, node));
    // The rule's own condition is read with the rule.
    let when = rule.and(own.get("when")).and_then(|node| reader.condition(node, "when"));
    Some(Reading { source, when, at_least: at_least?, of: of?, within, due })
}

fn alternative<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Alternative> {
    let fields = reader.fields(node, "'or_at_least'", &["hours", "of"]);
    reader.required(&fields, "hours");
    let of = reader.required(&fields, "of").map(|node| selector(reader, node));
    Some(Alternative { hours: measure(reader, &fields, "hours")?, of: of? })
}

fn within<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Within> {
    if let Data::Text(_) = &node.data {
        return reader
            .plain_word(node, "within", &[("period", 0), ("once", 1)])
            .map(|word| if word == 0 { Within::Period } else { Within::Once });
    }
    let fields = reader.fields(node, "'within'", &["every", "each", "renewals"]);
    match (fields.get("every"), fields.get("each"), fields.get("renewals")) {
        (Some(node), None, None) => length(reader, node, "every").map(Within::Every),
        (None, Some(node), None) => length(reader, node, "each").map(Within::Each),
        (None, None, Some(node)) => {
            let fields = reader.fields(node, "'renewals'", &["first", "every"]);
            reader.required(&fields, "first");
            reader.required(&fields, "every");
            let (first, every) = (reader.number(&fields, "first")?, reader.number(&fields, "every")?);
            if first == 0 || every == 0 {
                reader.fault("format", node.at, "renewals are counted from 1, and owed every one or more");
                return None;
            }
            Some(Within::Renewals { first, every })
        }
        _ => {
            let message = "'within' is period, once, { every: … }, { each: … } or { renewals: { first, every } }";
            reader.fault("format", node.at, message);
            None
        }
    }
}

fn due<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Due> {
    let fields = reader.fields(node, "'due'", &["after", "length", "renewal", "at", "earliest_of"]);
    match (fields.get("after"), fields.get("renewal"), fields.get("at"), fields.get("earliest_of")) {
        (Some(day), None, None, None) => {
            let day = reader.plain_text(day, "after");
            let node = reader.required(&fields, "length")?;
            Some(Due::After { day, length: length(reader, node, "length")? })
        }
        (None, Some(_), None, None) => reader.number(&fields, "renewal").map(Due::Renewal),
        (None, None, Some(day), None) => Some(Due::At(reader.plain_text(day, "at"))),
        (None, None, None, Some(list)) => {
            let mut all = Vec::new();
            for item in reader.items(Some(list), "'earliest_of'") {
                all.extend(due(reader, item));
            }
            Some(Due::EarliestOf(all))
        }
        _ => {
            reader.fault("format", node.at, "'due' has one of: after with length, renewal, at, earliest_of");
            None
        }
    }
}
