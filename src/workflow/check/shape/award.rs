//! What entering a state records.

use super::{
    super::{
        fields::{Fields, Reader},
        tree::{Data, Node},
    },
    transition,
};
use crate::workflow::definition::{Award, AwardAmount, Beneficiary, CreditChoice, Designate, Earned, PerHour};

pub(super) fn award<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Award> {
    let fields = reader.fields(node, "an award", &["credit", "amount", "to", "earned"]);
    // Whether it names a type or a question is settled when names are checked.
    let credit = CreditChoice::Fixed(reader.text(&fields, "credit"));
    let to = beneficiary(reader, &fields);
    let earned = match reader.text(&fields, "earned").as_str() {
        "now" => Earned::Now,
        name => Earned::Answer(name.to_owned()),
    };
    let amount = reader.required(&fields, "amount")?;
    let amount = match &amount.data {
        Data::Map(_) => AwardAmount::PerHour(per_hour(reader, amount)?),
        _ => AwardAmount::Value(reader.condition(amount, "amount")?),
    };
    Some(Award { credit, amount, to, earned })
}

fn beneficiary<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Beneficiary {
    let text = reader.text(fields, "to");
    if text == "author" {
        return Beneficiary::Author;
    }
    if let Some(question) = text.strip_prefix("people(").and_then(|rest| rest.strip_suffix(')')) {
        return Beneficiary::People(question.to_owned());
    }
    if let (Some(node), false) = (fields.get("to"), text.is_empty()) {
        reader.fault("format", node.at, "'to' is author or people(QUESTION)");
    }
    Beneficiary::Author
}

fn per_hour<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<PerHour> {
    let fields = reader.fields(node, "an amount by the hour", &["per_hour", "minutes", "person", "only"]);
    let rate = reader.required(&fields, "per_hour").and_then(|node| reader.plain_number(node, "per_hour"));
    let mut column = |key: &str| {
        let text = reader.text(&fields, key);
        let parts = text.split_once('.').map(|(table, column)| (table.to_owned(), column.to_owned()));
        if parts.is_none() && !text.is_empty() {
            reader.fault(
                "format",
                fields.get(key).map_or(fields.at, |node| node.at),
                format!("'{key}' is TABLE.COLUMN"),
            );
        }
        parts
    };
    let minutes = column("minutes");
    let person = if fields.has("person") { Some(column("person")?) } else { None };
    let only = if fields.has("only") { Some(column("only")?) } else { None };
    let (table, minutes) = minutes?;
    if [&person, &only].into_iter().flatten().any(|(other, _)| *other != table) {
        reader.fault("names", fields.at, "'minutes', 'person' and 'only' are columns of one table");
    }
    let second = |pair: (String, String)| pair.1;
    Some(PerHour { per_hour: rate?, table, minutes, person: person.map(second), only: only.map(second) })
}

pub(super) fn designate<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Designate> {
    let fields = reader.fields(node, "a designation", &["credit", "maximum", "valid", "since"]);
    let credit = reader.text(&fields, "credit");
    let valid = reader.required(&fields, "valid").map(|node| reader.length(node, "valid"));
    let maximum = reader.required(&fields, "maximum").and_then(|node| reader.condition(node, "maximum"));
    let since = transition::since(reader, &fields);
    Some(Designate { credit, maximum: maximum?, valid: valid?, since })
}
