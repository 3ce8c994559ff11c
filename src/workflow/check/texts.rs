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

/// Where conditions stand. Nobody reads these, and the check of conditions says more of what is wrong with one.
const CONDITIONS: [&str; 5] = ["when", "that", "requires", "each", "amount"];

fn look(node: &Node, faults: &mut Vec<Fault>) {
    match &node.data {
        Data::Text(text) => {
            let fault = Paragraphs::within(text, MOST).err();
            faults.extend(fault.map(|fault| Fault::error("format", node.at, fault.to_string())));
        }
        Data::List(items) => items.iter().for_each(|item| look(item, faults)),
        Data::Map(entries) => {
            for (key, value) in entries {
                let items = match &value.data {
                    Data::List(items) => items.as_slice(),
                    _ => std::slice::from_ref(value),
                };
                let skipped = CONDITIONS.contains(&key.name.as_str());
                let read = items.iter().filter(|item| !(skipped && matches!(item.data, Data::Text(_))));
                read.for_each(|item| look(item, faults));
            }
        }
        Data::Nothing | Data::YesNo(_) | Data::Number(_) => {}
    }
}
