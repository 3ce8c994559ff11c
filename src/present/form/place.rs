//! Where a field of a form is, for whoever reads what is wrong with it.

use super::field::{Control, Field};
use crate::present::words;

/// Names and labels of all fields on a page, rows included: where faults can lead.
pub(crate) fn places(fields: &[Field]) -> Vec<(String, String)> {
    let inner = |field: &Field| match &field.control {
        Control::Table { row, rows, .. } => in_rows(row, rows),
        Control::People { rows, .. } => in_rows("person", rows),
        _ => Vec::new(),
    };
    let own = |field: &Field| (field.name.clone(), field.label.clone());
    fields.iter().flat_map(|field| std::iter::once(own(field)).chain(inner(field))).collect()
}

/// The same for the fields of a table: `Session 3, Minutes`.
fn in_rows(row: &str, rows: &[Vec<Field>]) -> Vec<(String, String)> {
    let row = words::capital(row);
    let numbered = rows.iter().enumerate().flat_map(|(number, fields)| {
        let told = |(name, label)| (name, format!("{row} {}, {label}", number + 1));
        places(fields).into_iter().map(told).collect::<Vec<_>>()
    });
    numbered.collect()
}
