//! Files of one id: they follow one another day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::requirement::definition::Requirement;

/// What is wrong among files that were sound alone: overlaps and gaps of files of one id, and files that follow another
/// and do not. Each with the number of the file in the list.
#[must_use]
pub fn together(files: &[&Requirement]) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let mut by_id: BTreeMap<&str, Vec<(usize, &Requirement)>> = BTreeMap::new();
    for (n, file) in files.iter().enumerate() {
        by_id.entry(&file.id).or_default().push((n, file));
    }
    for versions in by_id.values_mut() {
        versions.sort_by_key(|(_, file)| file.effective.from);
        for pair in versions.windows(2) {
            let [(_, earlier), (n, later)] = pair else { continue };
            faults.extend(meets(earlier.effective.until, later.effective.from).map(|what| {
                (
                    *n,
                    format!(
                        "'{}' from {} {what} the one from {}",
                        later.id, later.effective.from, earlier.effective.from
                    ),
                )
            }));
        }
    }
    for (n, file) in files.iter().enumerate() {
        let Some(next) = file.next.as_ref().and_then(|next| by_id.get(next.as_str())) else { continue };
        if let Some((_, first)) = next.first() {
            faults.extend(meets(file.effective.until, first.effective.from).map(|what| {
                (n, format!("'{}', which follows, begins on {} and {what} it", first.id, first.effective.from))
            }));
        }
    }
    faults
}

fn meets(until: Option<Date>, from: Date) -> Option<&'static str> {
    let Some(until) = until else { return Some("overlaps") };
    match until.tomorrow() {
        Ok(day) if day == from => None,
        Ok(day) if day < from => Some("leaves a gap after"),
        _ => Some("overlaps"),
    }
}
