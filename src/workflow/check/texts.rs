//! Texts of a file that people will read: none that turns round what is shown, and none without end.

use super::{
    Fault,
    tree::{Data, Node, Tree},
};
use crate::domain::Paragraphs;

/// The most characters of one text: more than any hint, reason or condition needs.
const MOST: u32 = 5_000;

pub(super) fn check(tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    look(&tree.root, faults);
}

/// Nobody reads these; the check of conditions says more of what is wrong with one.
fn is_condition(key: &str, value: &Node) -> bool {
    ["when", "that", "requires", "each", "amount"].contains(&key) && matches!(value.data, Data::Text(_))
}

fn look(node: &Node, faults: &mut Vec<Fault>) {
    match &node.data {
        Data::Text(text) => {
            let fault = Paragraphs::within(text, MOST).err();
            faults.extend(fault.map(|fault| Fault::error("format", node.at, fault.to_string())));
        }
        Data::List(items) => items.iter().for_each(|item| look(item, faults)),
        Data::Map(entries) => {
            let texts = entries.iter().filter(|(key, value)| !is_condition(&key.name, value));
            texts.for_each(|(_, value)| look(value, faults));
        }
        Data::Nothing | Data::YesNo(_) | Data::Number(_) => {}
    }
}
