//! What is taken as what, what counts for more, and what bounds it.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::{
    super::{
        Measure,
        definition::{Accepted, Bound, Cap, CapReading, FirstPeriod, Minimum, Selector, Status, Weight},
    },
    one_of, source,
};
use crate::workflow::check::{
    fields::{Fields, Reader, Spelling},
    tree::{Data, Node},
};

pub(super) fn counts<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Accepted> {
    let node = reader.required(fields, "counts");
    let mut found = Vec::new();
    for node in reader.items(node, "'counts'") {
        let fields = reader.fields(node, "what counts", &["credit", "as", "when", "source"]);
        reader.required(&fields, "credit");
        reader.required(&fields, "as");
        found.push(Accepted {
            credit: reader.texts(&fields, "credit"),
            categories: reader.texts(&fields, "as"),
            when: fields.get("when").and_then(|node| reader.condition(node, "when")),
            source: source(reader, &fields),
        });
    }
    found
}

pub(super) fn weights<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Weight> {
    let mut found = Vec::new();
    for node in reader.items(fields.get("weights"), "'weights'") {
        let fields = reader.fields(node, "a weight", &["of", "times", "first", "source"]);
        let of = reader.required(&fields, "of").map(|node| selector(reader, node)).unwrap_or_default();
        reader.required(&fields, "times");
        let source = source(reader, &fields);
        let first = fields.has("first").then(|| measure(reader, &fields, "first")).flatten();
        if let Some(times) = reader.number::<Decimal>(&fields, "times") {
            if times.is_sign_negative() || times > Decimal::ONE_HUNDRED {
                reader.fault("format", node.at, "'times' is from 0 to 100");
            }
            found.push(Weight { of, times, first, source });
        }
    }
    found
}

pub(super) fn caps<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, Cap> {
    let mut found = IndexMap::new();
    for (id, node) in reader.entries(fields.get("caps"), "'caps'", Spelling::Hyphens) {
        let fields = reader.fields(node, "a cap", &["of", "at_most", "source", "status", "readings"]);
        let of = reader.required(&fields, "of").map(|node| selector(reader, node)).unwrap_or_default();
        let status: Status = one_of(reader, &fields, "status").unwrap_or_default();
        let readings = match fields.get("readings") {
            Some(list) => {
                if status != Status::Disputed {
                    reader.fault("format", list.at, "several readings go with 'status: disputed'");
                }
                let mut readings = Vec::new();
                for node in reader.items(Some(list), "'readings'") {
                    let fields = reader.fields(node, "a reading of a cap", &["source", "at_most"]);
                    readings.extend(cap_reading(reader, &fields));
                }
                readings
            }
            None => cap_reading(reader, &fields).into_iter().collect(),
        };
        if !readings.is_empty() {
            found.insert(id.to_owned(), Cap { of, readings });
        }
    }
    found
}

fn cap_reading<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<CapReading> {
    let source = source(reader, fields);
    let node = reader.required(fields, "at_most")?;
    let at_most = reader.fields(node, "'at_most'", &["hours", "percent", "of"]);
    let at_most = match (at_most.has("hours"), at_most.has("percent")) {
        (true, false) => Bound::Hours(measure(reader, &at_most, "hours")?),
        (false, true) => Bound::Percent { percent: percent(reader, &at_most)?, of: reader.text(&at_most, "of") },
        _ => {
            reader.fault("format", node.at, "'at_most' has 'hours', or 'percent' with 'of'");
            return None;
        }
    };
    Some(CapReading { at_most, source })
}

pub(super) fn selector<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Selector {
    let fields = reader.fields(node, "'of'", &["category", "topics", "marks", "credit", "live"]);
    let category = match fields.get("category").map(|node| &node.data) {
        Some(Data::List(_)) => reader.texts(&fields, "category"),
        Some(_) => vec![reader.text(&fields, "category")],
        None => Vec::new(),
    };
    let found = Selector {
        category,
        topics: reader.texts(&fields, "topics"),
        marks: reader.texts(&fields, "marks"),
        credit: reader.texts(&fields, "credit"),
        live: fields.has("live").then(|| reader.flag(&fields, "live")),
    };
    if found == Selector::default() {
        reader.fault("format", node.at, "'of' says which credits: a category, topics, marks, types or live");
    }
    found
}

/// An amount with at most three digits after the point.
pub(super) fn measure<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<Measure> {
    let node = fields.get(key)?;
    plain_measure(reader, node, key)
}

fn plain_measure<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, key: &str) -> Option<Measure> {
    let number: Decimal = reader.plain_number(node, key)?;
    match Measure::try_from(number) {
        Ok(found) if found >= Measure::ZERO && number <= MOST => Some(found),
        Ok(_) => {
            reader.fault("format", node.at, format!("'{key}' is from 0 to {MOST}"));
            None
        }
        Err(error) => {
            reader.fault("format", node.at, format!("'{key}': {error}"));
            None
        }
    }
}

/// No file asks for more hours.
const MOST: Decimal = Decimal::ONE_THOUSAND;

fn percent<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Decimal> {
    let node = fields.get("percent")?;
    let found: Decimal = reader.plain_number(node, "percent")?;
    if found.is_sign_negative() || found > Decimal::ONE_HUNDRED || found.normalize().scale() > 2 {
        reader.fault("format", node.at, "'percent' is from 0 to 100, with at most two digits after the point");
        return None;
    }
    Some(found)
}

/// How much is owed.
pub(super) fn minimum<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Minimum> {
    let known =
        ["hours", "percent", "of", "per_year", "per_cycle_year", "items", "first_period_months_under", "first_period"];
    let fields = reader.fields(node, "'at_least'", &known);
    let kinds = ["hours", "percent", "per_year", "per_cycle_year", "items"];
    let there: Vec<&str> = kinds.into_iter().filter(|kind| fields.has(kind)).collect();
    let first = first_period(reader, &fields);
    if first.is_some() && there != ["hours"] {
        reader.fault("format", node.at, "only 'hours' are fewer in a first period");
    }
    match there.as_slice() {
        ["hours"] => Some(Minimum::Hours { hours: measure(reader, &fields, "hours")?, first }),
        ["percent"] => Some(Minimum::Percent { percent: percent(reader, &fields)?, of: reader.text(&fields, "of") }),
        ["per_year"] => measure(reader, &fields, "per_year").map(Minimum::PerYear),
        ["per_cycle_year"] => measure(reader, &fields, "per_cycle_year").map(Minimum::PerCycleYear),
        ["items"] => {
            let items = reader.number::<u32>(&fields, "items")?;
            if !(1..=1_000).contains(&items) {
                reader.fault("format", node.at, "'items' is from 1 to 1000");
            }
            Some(Minimum::Items(items))
        }
        _ => {
            reader.fault("format", node.at, format!("'at_least' has one of: {}", kinds.join(", ")));
            None
        }
    }
}

fn first_period<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<FirstPeriod> {
    if let Some(node) = fields.get("first_period_months_under") {
        let Data::Map(entries) = &node.data else {
            reader.fault("format", node.at, "this is written as months with their hours, { 13: 25 }");
            return None;
        };
        let mut found = std::collections::BTreeMap::new();
        for (key, node) in entries {
            match key.name.parse::<u32>() {
                Ok(months) if (1..=1_200).contains(&months) => {
                    found.extend(plain_measure(reader, node, "hours").map(|hours| (months, hours)));
                }
                _ => reader.fault("format", key.at, "this is a number of months"),
            }
        }
        return Some(FirstPeriod::MonthsUnder(found));
    }
    reader.word(fields, "first_period", &[("pro-rata-months", ())]).map(|()| FirstPeriod::ProRataMonths)
}
