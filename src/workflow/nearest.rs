//! "Did you mean …?"

/// The end of a sentence that says a name is unknown: the nearest known one, if any is near.
pub(crate) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let name = name.to_lowercase();
    known
        .map(|candidate| (strsim::levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= 1 + name.chars().count() / 3)
        .min()
        .map(|(_, candidate)| format!("; did you mean '{candidate}'?"))
        .unwrap_or_default()
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
    }
}
