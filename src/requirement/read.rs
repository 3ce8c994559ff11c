//! From the text of a file to a [`Requirement`], with everything that is wrong with its form.

mod allowance;
mod part;
mod period;
mod rule;

use std::str::FromStr;

use indexmap::IndexMap;
use jiff::{civil::Date, tz::TimeZone};
use strum::VariantArray;

use super::definition::{
    Carry, Consequence, CredentialKind, Effective, EffectiveBy, Equivalent, EquivalentEffect, Exempt, OwedFor, Period,
    PeriodEnd, Requirement, Source, Status,
};
use crate::workflow::check::{
    fields::{Fields, Reader, Spelling},
    tree::Node,
};

const KEYS: [&str; 22] = [
    "format",
    "requirement",
    "title",
    "authority",
    "owed_for",
    "zone",
    "effective",
    "next",
    "status",
    "sources",
    "unit",
    "period",
    "overlap",
    "counts",
    "weights",
    "caps",
    "rules",
    "apart",
    "equivalents",
    "carry",
    "exempt",
    "consequence",
];

/// What a file says; faults are added to the reader.
pub(super) fn requirement(reader: &mut Reader<'_, '_>) -> Requirement {
    let root = &reader.tree.root;
    let known: Vec<&str> = KEYS.iter().copied().chain(["allowance"]).collect();
    let fields = reader.fields(root, "a requirement", &known);
    if reader.number::<u32>(&fields, "format") != Some(1) {
        reader.fault("format", fields.at, "a requirement begins with 'format: 1'");
    }
    let id = reader.text(&fields, "requirement");
    if let Some(node) = fields.get("requirement") {
        reader.spelled(&id, node.at, Spelling::Hyphens);
    }
    let zone = zone(reader, &fields);
    let sources = sources(reader, &fields);
    let unit_minutes = unit(reader, &fields);
    let earlier_needs_first = reader.word(&fields, "overlap", &[("earlier-needs-first", ())]).is_some();
    if let Some(node) = fields.get("allowance") {
        allowance::check(reader, node);
    }
    let rules = reader.required(&fields, "rules");
    let rules = rule::rules(reader, rules);
    if rules.is_empty() {
        reader.fault("format", fields.at, "a requirement has at least one rule");
    }
    Requirement {
        id,
        title: reader.text(&fields, "title"),
        authority: reader.text(&fields, "authority"),
        owed_for: owed_for(reader, &fields),
        zone,
        effective: effective(reader, &fields),
        next: reader.text_if_any(&fields, "next"),
        status: one_of(reader, &fields, "status").unwrap_or_default(),
        sources,
        unit_minutes,
        period: reader.required(&fields, "period").and_then(|node| period::period(reader, node)).unwrap_or(UNREAD),
        earlier_needs_first,
        counts: part::counts(reader, &fields),
        weights: part::weights(reader, &fields),
        caps: part::caps(reader, &fields),
        rules,
        apart: apart(reader, &fields),
        equivalents: equivalents(reader, &fields),
        carry: carry(reader, &fields),
        exempt: exempt(reader, &fields),
        consequence: one_of::<Consequence>(reader, &fields, "consequence"),
        hash: String::new(),
    }
}

/// Stands where a period could not be read; a fault says so.
const UNREAD: Period = Period::CalendarYearsBefore { years: 1 };

/// One of the words that a type has.
fn one_of<'t, T>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<T>
where
    T: Copy + VariantArray + Into<&'static str>,
{
    let words: Vec<(&str, T)> = T::VARIANTS.iter().map(|variant| ((*variant).into(), *variant)).collect();
    reader.word(fields, key, &words)
}

/// A text that must be read as something else too.
fn parsed<'t, T: FromStr>(reader: &mut Reader<'t, '_>, node: &'t Node, what: &str, takes: &str) -> Option<T> {
    let text = reader.plain_text(node, what);
    let found = text.parse().ok();
    if found.is_none() && !text.is_empty() {
        reader.fault("format", node.at, format!("'{what}' is {takes}"));
    }
    found
}

fn date<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<Date> {
    fields.get(key).and_then(|node| parsed(reader, node, key, "a date, as 2026-11-30"))
}

/// A day that stands where a date could not be read; a fault says so.
fn needed_date<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Date {
    reader.required(fields, key);
    date(reader, fields, key).unwrap_or(Date::ZERO)
}

/// Where a rule, cap, weight or equivalent was read.
fn source<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> String {
    if fields.get("source").is_none() {
        reader.fault("source", fields.at, "this names no 'source': every number says where it was read");
        return String::new();
    }
    reader.text(fields, "source")
}

fn zone<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> TimeZone {
    let name = reader.text(fields, "zone");
    let found = TimeZone::get(&name);
    if let (Err(_), Some(node)) = (&found, fields.get("zone")) {
        reader.fault("names", node.at, format!("there is no time zone '{name}'; write it as America/Chicago"));
    }
    found.unwrap_or(TimeZone::UTC)
}

fn sources<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, Source> {
    let node = reader.required(fields, "sources");
    let mut found = IndexMap::new();
    for (id, node) in reader.entries(node, "'sources'", Spelling::Underscores) {
        let fields = reader.fields(node, "a source", &["cite", "url", "verified"]);
        let cite = reader.text(&fields, "cite");
        let url = reader.text_if_any(&fields, "url");
        let verified = needed_date(reader, &fields, "verified");
        found.insert(id.to_owned(), Source { cite, url, verified });
    }
    found
}

fn unit<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> u32 {
    let Some(node) = fields.get("unit") else { return 60 };
    let unit = reader.fields(node, "a unit", &["minutes"]);
    reader.required(&unit, "minutes");
    let minutes = reader.number(&unit, "minutes").unwrap_or(60);
    if minutes == 0 {
        reader.fault("format", node.at, "a unit has at least one minute");
        return 60;
    }
    minutes
}

fn owed_for<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> OwedFor {
    let known = ["credential", "jurisdiction", "name", "profession", "degree"];
    let nobody = OwedFor {
        credential: CredentialKind::Licence,
        jurisdiction: None,
        name: None,
        profession: None,
        degree: Vec::new(),
    };
    let Some(node) = reader.required(fields, "owed_for") else { return nobody };
    let fields = reader.fields(node, "'owed_for'", &known);
    reader.required(&fields, "credential");
    OwedFor {
        credential: one_of(reader, &fields, "credential").unwrap_or(nobody.credential),
        jurisdiction: reader.text_if_any(&fields, "jurisdiction"),
        name: reader.text_if_any(&fields, "name"),
        profession: reader.text_if_any(&fields, "profession"),
        degree: reader.texts(&fields, "degree"),
    }
}

fn effective<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Effective {
    let Some(node) = reader.required(fields, "effective") else {
        return Effective { from: Date::ZERO, until: None, by: EffectiveBy::default() };
    };
    let fields = reader.fields(node, "'effective'", &["from", "until", "by"]);
    let from = needed_date(reader, &fields, "from");
    let until = date(reader, &fields, "until");
    if until.is_some_and(|until| until < from) {
        reader.fault("effective", node.at, "it ends before it begins");
    }
    Effective { from, until, by: one_of(reader, &fields, "by").unwrap_or_default() }
}

fn apart<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Vec<String>> {
    let groups = reader.items(fields.get("apart"), "'apart'");
    let mut found = Vec::new();
    for group in groups {
        let rules = reader.items(Some(group), "rules that are apart");
        if rules.len() < 2 {
            reader.fault("format", group.at, "apart are at least two rules");
        }
        found.push(rules.iter().map(|rule| reader.plain_text(rule, "apart")).collect());
    }
    found
}

fn equivalents<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, Equivalent> {
    let mut found = IndexMap::new();
    for (id, node) in reader.entries(fields.get("equivalents"), "'equivalents'", Spelling::Hyphens) {
        let known = ["label", "when", "when_date", "covers", "grants", "source", "status"];
        let fields = reader.fields(node, "an equivalent", &known);
        let label = reader.text(&fields, "label");
        let source = source(reader, &fields);
        let status: Status = one_of(reader, &fields, "status").unwrap_or_default();
        if let Some(effect) = effect(reader, &fields) {
            found.insert(id.to_owned(), Equivalent { label, effect, source, status });
        }
    }
    found
}

fn effect<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<EquivalentEffect> {
    let rules = reader.texts(fields, "covers");
    match (fields.get("when"), fields.get("when_date"), fields.get("grants")) {
        (Some(when), None, None) if !rules.is_empty() => {
            Some(EquivalentEffect::Covers { when: reader.condition(when, "when")?, rules })
        }
        (None, Some(fact), Some(grants)) if rules.is_empty() => {
            let when_date = reader.plain_text(fact, "when_date");
            let granted = reader.fields(grants, "what is granted", &["hours", "category", "spread_years"]);
            reader.required(&granted, "hours");
            Some(EquivalentEffect::Grants {
                when_date,
                hours: part::measure(reader, &granted, "hours")?,
                category: reader.text(&granted, "category"),
                spread_years: reader.number(&granted, "spread_years").filter(|years| *years > 0),
            })
        }
        _ => {
            let message = "an equivalent has 'when' with 'covers', or 'when_date' with 'grants'";
            reader.fault("format", fields.at, message);
            None
        }
    }
}

fn carry<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Carry> {
    let node = fields.get("carry")?;
    let fields = reader.fields(node, "'carry'", &["at_most", "periods", "counts_for", "source"]);
    reader.required(&fields, "at_most");
    if reader.number::<u32>(&fields, "periods").is_some_and(|periods| periods != 1) {
        reader.fault("format", node.at, "hours are carried into one period: 'periods' is 1");
    }
    let at_most = part::measure(reader, &fields, "at_most")?;
    reader.required(&fields, "counts_for");
    Some(Carry { at_most, counts_for: reader.texts(&fields, "counts_for"), source: source(reader, &fields) })
}

fn exempt<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Exempt> {
    let node = fields.get("exempt")?;
    let fields = reader.fields(node, "'exempt'", &["renewal", "source"]);
    reader.required(&fields, "renewal");
    Some(Exempt { renewal: reader.number(&fields, "renewal")?, source: source(reader, &fields) })
}

/// The end of a window, as `expires`.
fn period_end<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<PeriodEnd> {
    reader.required(fields, key);
    one_of(reader, fields, key)
}
