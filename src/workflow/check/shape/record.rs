//! What a workflow asks of the house's other records.

use indexmap::IndexMap;

use super::super::{
    fields::{Fields, Reader, Spelling},
    tree::{Data, Node},
};
use crate::workflow::definition::{Length, Record, RecordOf, Within};

pub(super) fn all<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> IndexMap<String, Record> {
    reader
        .entries(node, "records", Spelling::Underscores)
        .into_iter()
        .filter_map(|(id, node)| record(reader, node).map(|record| (id.to_owned(), record)))
        .collect()
}

fn record<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Record> {
    let known = ["credit", "within", "items", "without", "undisclosed", "in", "people", "of", "same"];
    let fields = reader.fields(node, "a record", &known);
    let given: Vec<&str> =
        ["credit", "items", "without", "undisclosed"].into_iter().filter(|key| fields.has(key)).collect();
    let (of, workflow, keys): (_, _, &[&str]) = match given.as_slice() {
        ["credit"] => {
            let within = fields.get("within").map(|node| within(reader, node));
            let of = RecordOf::Credit { credit: reader.text(&fields, "credit"), within };
            (of, reader.text(&fields, "of"), &["credit", "of", "within", "same"])
        }
        ["items"] => {
            let of = RecordOf::Items { states: states(reader, &fields) };
            (of, reader.text(&fields, "items"), &["items", "in", "same"])
        }
        ["without"] => {
            let of = RecordOf::Without { people: reader.text(&fields, "people"), states: states(reader, &fields) };
            (of, reader.text(&fields, "without"), &["without", "in", "people", "same"])
        }
        ["undisclosed"] => {
            (RecordOf::Undisclosed { people: reader.text(&fields, "undisclosed") }, String::new(), &["undisclosed"])
        }
        _ => {
            let message = "a record is exactly one of 'credit: TYPE', 'items: WORKFLOW', 'without: WORKFLOW', 'undisclosed: QUESTION'";
            reader.fault("format", fields.at, message);
            return None;
        }
    };
    for key in known.iter().filter(|key| fields.has(key) && !keys.contains(key)) {
        let at = fields.get(key).map_or(fields.at, |node| node.at);
        reader.fault("format", at, format!("such a record knows no '{key}'; it takes: {}", keys.join(", ")));
    }
    Some(Record { of, workflow, same: reader.texts(&fields, "same") })
}

/// `P3Y`, or `{ any: P3Y }`.
fn within<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Within {
    let Data::Map(_) = &node.data else { return Within::Back(reader.length(node, "within")) };
    let fields = reader.fields(node, "'within'", &["any"]);
    let node = reader.required(&fields, "any");
    let any = node.map_or_else(|| Length(String::new()), |node| reader.length(node, "any"));
    if let Some(node) = node.filter(|_| !any.is_of_days()) {
        reader.fault("kind", node.at, "'any' is a length in days, weeks, months or years, as P3Y");
    }
    Within::Any { any }
}

fn states<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<String> {
    reader.required(fields, "in");
    reader.texts(fields, "in")
}
