//! One requirement, and those of each row of a table.

use super::{
    fields::{Fields, Reader},
    tree::{Data, Node},
};
use crate::workflow::definition::Requirement;

/// What each row of a table has to meet: a condition with its `say` beside it, `{ that: …, say: … }`, or a list of them.
pub(super) fn each<'t>(reader: &mut Reader<'t, '_>, table: &Fields<'t>) -> Vec<Requirement> {
    let say = reader.text_if_any(table, "say");
    let items = table.get("each").map(|node| listed(node, &["each"])).unwrap_or_default();
    let mut found: Vec<Requirement> =
        items.into_iter().filter_map(|(node, path)| requirement(reader, node, path)).collect();
    match (say, found.as_mut_slice()) {
        (None, _) => {}
        (Some(say), [Requirement { reason: reason @ None, .. }]) => *reason = Some(say),
        (Some(_), []) if table.has("each") => {}
        (Some(_), _) => {
            let at = table.get("say").map_or(table.at, |node| node.at);
            reader.fault("format", at, "'say' goes with one condition in 'each'; of several each has its own");
        }
    }
    found
}

/// One, or the items of a list, each with where it stands.
pub(super) fn listed<'t>(node: &'t Node, path: &[&str]) -> Vec<(&'t Node, Vec<String>)> {
    let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
    match &node.data {
        Data::List(items) => {
            let at = |(n, item)| (item, path.iter().cloned().chain([usize::to_string(&n)]).collect());
            items.iter().enumerate().map(at).collect()
        }
        _ => vec![(node, path)],
    }
}

pub(super) fn requirement<'t>(
    reader: &mut Reader<'t, '_>,
    node: &'t Node,
    mut path: Vec<String>,
) -> Option<Requirement> {
    if let Data::Map(_) = &node.data {
        let fields = reader.fields(node, "a requirement", &["that", "say"]);
        let that = reader.required(&fields, "that")?;
        let reason = Some(reader.text(&fields, "say"));
        path.push("that".to_owned());
        return reader.condition(that, "that").map(|condition| Requirement { condition, reason, path });
    }
    reader.condition(node, "requires").map(|condition| Requirement { condition, reason: None, path })
}
