//! An employer's allowance: its form. What it comes to is derived by the allowance's own ledger.

use jiff::civil::Date;

use super::part::measure;
use crate::workflow::check::{
    fields::{Fields, Reader, Spelling},
    tree::Node,
};

const KEYS: [&str; 7] = ["currency", "year_starts", "grant", "categories", "claim_within", "carry", "sources"];

pub(super) fn check<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) {
    let fields = reader.fields(node, "an allowance", &KEYS);
    let currency = reader.text(&fields, "currency");
    if !(currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase())) {
        reader.fault("format", fields.at, "'currency' has three capitals, as USD");
    }
    if let Some(node) = reader.required(&fields, "year_starts") {
        let day = reader.fields(node, "the first day of a year", &["month", "day"]);
        let (month, day) = (reader.number::<i8>(&day, "month"), reader.number::<i8>(&day, "day"));
        if let (Some(month), Some(day)) = (month, day)
            && Date::new(2023, month, day).is_err()
        {
            reader.fault("format", node.at, "this is no day that every year has");
        }
    }
    if let Some(node) = reader.required(&fields, "grant") {
        let grant = reader.fields(node, "a grant", &["minor", "days", "prorate"]);
        reader.number::<u64>(&grant, "minor");
        reader.number::<u32>(&grant, "days");
        for node in reader.items(grant.get("prorate"), "'prorate'") {
            reader.plain_word(node, "prorate", &[("fte", ()), ("months-of-year", ())]);
        }
    }
    categories(reader, &fields);
    if let Some(node) = fields.get("claim_within") {
        super::period::length(reader, node, "claim_within");
    }
    if let Some(node) = fields.get("carry") {
        let carry = reader.fields(node, "what is carried", &["at_most_minor", "until"]);
        reader.number::<u64>(&carry, "at_most_minor");
        if let Some(node) = carry.get("until") {
            super::period::length(reader, node, "until");
        }
    }
    reader.texts(&fields, "sources");
}

fn categories<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) {
    for (_, node) in reader.entries(fields.get("categories"), "'categories'", Spelling::Hyphens) {
        let fields = reader.fields(node, "a category of expenses", &["percent", "at_most_minor"]);
        measure(reader, &fields, "percent");
        reader.number::<u64>(&fields, "at_most_minor");
    }
}
