//! What a workflow asks of the house's other records.

use indexmap::IndexMap;

use super::super::{
    fields::{Fields, Reader, Spelling},
    tree::Node,
};
use crate::workflow::definition::{Record, RecordOf};

pub(super) fn all<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> IndexMap<String, Record> {
    reader
        .entries(node, "records", Spelling::Underscores)
        .into_iter()
        .filter_map(|(id, node)| record(reader, node).map(|record| (id.to_owned(), record)))
        .collect()
}

fn record<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Record> {
    let known = ["credit", "within", "items", "without", "in", "people", "of", "same"];
    let fields = reader.fields(node, "a record", &known);
    let given: Vec<&str> = ["credit", "items", "without"].into_iter().filter(|key| fields.has(key)).collect();
    let (of, workflow, keys): (_, _, &[&str]) = match given.as_slice() {
        ["credit"] => {
            let within = fields.get("within").map(|node| reader.length(node, "within"));
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
        _ => {
            let message = "a record is exactly one of 'credit: TYPE', 'items: WORKFLOW', 'without: WORKFLOW'";
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

fn states<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<String> {
    reader.required(fields, "in");
    reader.texts(fields, "in")
}
