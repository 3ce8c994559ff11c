//! "Did you mean …?"

/// The end of a sentence that says a name is unknown: the nearest known one, if any is near.
pub(in crate::workflow) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> String {
    known
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= 1 + name.chars().count() / 3)
        .min()
        .map(|(_, candidate)| format!("; did you mean '{candidate}'?"))
        .unwrap_or_default()
}

/// Insertions, deletions and replacements between two names, whatever their case.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.to_lowercase().chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, above), window) in other.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or(i);
            next.push((above + 1).min(left + 1).min(window + usize::from(a != *b)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_named_and_a_far_one_is_not() {
        let known = || ["content", "interest", "panel"].into_iter();
        assert_eq!(nearest("contnet", known()), "; did you mean 'content'?");
        assert_eq!(nearest("Panel", known()), "; did you mean 'panel'?");
        assert_eq!(nearest("xyz", known()), "");
        assert_eq!(distance("abc", "abd"), 1);
        assert_eq!(distance("", "abd"), 3);
    }
}
