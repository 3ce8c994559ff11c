//! Cases: a requirement, a credential, facts and credits of one person, as tests and the command line write them.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use strum::VariantArray;

use super::{
    Catalogue, Credential, Credit, Facts,
    credit::{Earned, Provenance, Topics},
};
use crate::{
    domain::Amount,
    workflow::{
        Fault,
        check::{
            fields::{Fields, Reader},
            tree::{Data, Node, Tree},
        },
    },
};

/// One person's history, and what it is asked against.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// The requirement's id.
    pub requirement: String,
    /// The day on which it is asked.
    pub as_of: Date,
    /// The credential.
    pub credential: Credential,
    /// What is known about the person.
    pub facts: Facts,
    /// Their credits, in the order in which they were recorded.
    pub credits: Vec<Credit>,
}

/// The cases of a file, or everything that is wrong with it.
pub fn cases(source: &str, catalogue: &Catalogue) -> Result<Vec<Case>, Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let mut reader = Reader::of(&tree);
    let root = reader.fields(&tree.root, "a file of cases", &["cases"]);
    let list = reader.required(&root, "cases");
    let mut found = Vec::new();
    for node in reader.items(list, "'cases'") {
        found.extend(case(&mut reader, node, catalogue));
    }
    if reader.faults.is_empty() { Ok(found) } else { Err(reader.faults) }
}

fn case<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, catalogue: &Catalogue) -> Option<Case> {
    let known = ["id", "requirement", "as_of", "credential", "facts", "credits", "expect", "arithmetic"];
    let fields = reader.fields(node, "a case", &known);
    let (id, requirement) = (reader.text(&fields, "id"), reader.text(&fields, "requirement"));
    reader.required(&fields, "as_of");
    let as_of = date(reader, &fields, "as_of");
    let credential = fields.get("credential").map(|node| credential(reader, node)).unwrap_or_default();
    let facts = facts(reader, fields.get("facts"), catalogue);
    let mut credits: Vec<Credit> = Vec::new();
    for node in reader.items(fields.get("credits"), "'credits'") {
        if let Some(read) = credit(reader, node) {
            if credits.iter().any(|other| other.id == read.id) {
                reader.fault("names", node.at, format!("there are two credits '{}'", read.id));
            }
            credits.push(read);
        }
    }
    Some(Case { id, requirement, as_of: as_of?, credential, facts, credits })
}

fn credential<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Credential {
    let known = ["issued", "expires", "renewal", "submitted", "applied", "waivers", "pins"];
    let fields = reader.fields(node, "a credential", &known);
    let days = |reader: &mut Reader<'t, '_>, key: &str| -> BTreeMap<String, Date> {
        let Some(Data::Map(entries)) = fields.get(key).map(|node| &node.data) else { return BTreeMap::new() };
        entries.iter().filter_map(|(id, node)| Some((id.name.clone(), day(reader, node, key)?))).collect()
    };
    let found = Credential {
        issued: date(reader, &fields, "issued"),
        expires: date(reader, &fields, "expires"),
        renewal: reader.number(&fields, "renewal"),
        submitted: date(reader, &fields, "submitted"),
        applied: date(reader, &fields, "applied"),
        waivers: days(reader, "waivers"),
        pins: days(reader, "pins"),
    };
    if let (Some(issued), Some(expires)) = (found.issued, found.expires)
        && expires < issued
    {
        reader.fault("format", node.at, "it expires before it was issued");
    }
    if found.renewal == Some(0) {
        reader.fault("format", node.at, "renewals are counted from 1");
    }
    found
}

fn facts<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>, catalogue: &Catalogue) -> Facts {
    let Some(node) = node else { return Facts::default() };
    let Data::Map(entries) = &node.data else {
        if !matches!(node.data, Data::Nothing) {
            reader.fault("format", node.at, "facts are written as ids with their values");
        }
        return Facts::default();
    };
    let mut written: Vec<(&'t str, String)> = Vec::new();
    for (key, value) in entries {
        let text = match &value.data {
            Data::Text(text) | Data::Number(text) => text.clone(),
            Data::YesNo(value) => value.to_string(),
            _ => String::new(),
        };
        if let Err(error) = Facts::read(&catalogue.facts, [(key.name.as_str(), text.as_str())]) {
            reader.fault("names", key.at, error.to_string());
        } else {
            written.push((&key.name, text));
        }
    }
    let pairs = written.iter().map(|(id, text)| (*id, text.as_str()));
    Facts::read(&catalogue.facts, pairs).unwrap_or_default()
}

const CREDIT_KEYS: [&str; 12] = [
    "id",
    "type",
    "amount",
    "earned",
    "earned_at",
    "topics",
    "marks",
    "live",
    "activity",
    "reverses",
    "provenance",
    "title",
];

fn credit<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Credit> {
    let fields = reader.fields(node, "a credit", &CREDIT_KEYS);
    let id = reader.text(&fields, "id");
    let reverses = reader.text_if_any(&fields, "reverses");
    let kind = if reverses.is_some() {
        reader.text_if_any(&fields, "type").unwrap_or_default()
    } else {
        reader.text(&fields, "type")
    };
    let amount = match fields.get("amount") {
        Some(node) => amount(reader, node, reverses.is_some())?,
        None if reverses.is_some() => Amount::ZERO,
        None => {
            reader.required(&fields, "amount");
            return None;
        }
    };
    let earned = earned(reader, &fields)?;
    let topics = topics(reader, &fields, amount)?;
    let marks = reader.texts(&fields, "marks");
    let words: Vec<(&str, Provenance)> = Provenance::VARIANTS.iter().map(|one| ((*one).into(), *one)).collect();
    Some(Credit {
        id,
        kind,
        amount,
        earned,
        topics,
        marks,
        live: reader.flag(&fields, "live"),
        activity: reader.text_if_any(&fields, "activity"),
        reverses,
        provenance: reader.word(&fields, "provenance", &words).unwrap_or_default(),
    })
}

fn amount<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, reverses: bool) -> Option<Amount> {
    let number: Decimal = reader.plain_number(node, "amount")?;
    match Amount::try_from(number) {
        Ok(amount) if reverses || amount >= Amount::ZERO => Some(amount),
        Ok(_) => {
            reader.fault("format", node.at, "a credit is not negative; one that takes another back says 'reverses'");
            None
        }
        Err(error) => {
            reader.fault("format", node.at, error.to_string());
            None
        }
    }
}

fn earned<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Earned> {
    match (fields.get("earned"), fields.get("earned_at")) {
        (Some(node), None) => day(reader, node, "earned").map(Earned::On),
        (None, Some(node)) => {
            let text = reader.plain_text(node, "earned_at");
            let instant = text.parse::<Timestamp>();
            if instant.is_err() && !text.is_empty() {
                reader.fault("format", node.at, "'earned_at' is an instant, as 2027-01-01T07:30:00Z");
            }
            instant.ok().map(Earned::At)
        }
        _ => {
            reader.fault("format", fields.at, "a credit has 'earned' or 'earned_at'");
            None
        }
    }
}

/// What a credit is about is told in the words of whoever gave it: a topic that no requirement names counts for none.
fn topics<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, whole: Amount) -> Option<Topics> {
    let Some(node) = fields.get("topics") else { return Some(Topics::Whole(Vec::new())) };
    let Data::Map(entries) = &node.data else { return Some(Topics::Whole(reader.texts(fields, "topics"))) };
    let mut hours = BTreeMap::new();
    for (key, node) in entries {
        let part = amount(reader, node, false)?;
        if part > whole {
            reader.fault("format", node.at, format!("'{}' has more hours than the credit", key.name));
        }
        hours.insert(key.name.clone(), part);
    }
    Some(Topics::Hours(hours))
}

fn date<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<Date> {
    fields.get(key).and_then(|node| day(reader, node, key))
}

fn day<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, what: &str) -> Option<Date> {
    let text = reader.plain_text(node, what);
    let found = text.parse().ok();
    if found.is_none() && !text.is_empty() {
        reader.fault("format", node.at, format!("'{what}' is a date, as 2026-11-30"));
    }
    found
}
