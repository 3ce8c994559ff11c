//! Words for the ids, numbers and lists of the domain.

use rust_decimal::Decimal;

use crate::{
    domain::{Duty, Standing},
    store::Count,
    workflow::definition::{Subject, Verdict},
};

/// An id as a person reads it: `content-reviewers` is `Content reviewers`.
pub(in crate::http) fn words(id: &str) -> String {
    capital(&plain(id))
}

/// The same within a sentence: `content reviewers`.
pub(in crate::http) fn plain(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// With its first letter large.
pub(in crate::http) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `an assessor`, `a reviewer`.
pub(in crate::http) fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// `1 file`, `3 files`.
pub(in crate::http) fn many(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `one, two and three`.
pub(in crate::http) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first letters of a name's first and last word.
pub(in crate::http) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !matches!(word.trim_end_matches('.'), "Dr" | "Prof"));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

/// `12`, `at least 12`, `more than 1,000`.
pub(in crate::http) fn count(count: Count) -> String {
    match count {
        Count::Exactly(number) => number.to_string(),
        Count::AtLeast(number) => format!("at least {number}"),
        Count::MoreThan(most) if most < 1_000 => format!("more than {most}"),
        Count::MoreThan(most) => format!("more than {},{:03}", most / 1_000, most % 1_000),
    }
}

/// A number as somebody would type it, without zeros at its end.
pub(in crate::http) fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `412 KB`, `1.2 MB`.
pub(in crate::http) fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    UNITS.into_iter().find(|(_, unit)| bytes >= *unit).map_or_else(
        || format!("{bytes} bytes"),
        |(name, unit)| {
            let tenths = bytes / (unit / 10);
            if tenths >= 100 || tenths.is_multiple_of(10) {
                format!("{} {name}", tenths / 10)
            } else {
                format!("{}.{} {name}", tenths / 10, tenths % 10)
            }
        },
    )
}

/// What somebody is trusted with.
pub(in crate::http) fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Coordinator => "Coordinator",
        Duty::Auditor => "Auditor",
        Duty::Administrator => "Administrator",
    }
}

/// Whether somebody may use the system.
pub(in crate::http) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Named => "Named only",
        Standing::Invited => "Invited",
        Standing::Active => "Active",
        Standing::Suspended => "Suspended",
        Standing::Erased => "Erased",
    }
}

/// A verdict, as its button says it.
pub(in crate::http) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "Approve",
        Verdict::Revise => "Ask for changes",
        Verdict::Reject => "Reject",
    }
}

/// What is submitted, within a sentence.
pub(in crate::http) fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Course => "course",
        Subject::SelfStudy => "self-study",
        Subject::Teaching => "teaching record",
        Subject::Completion => "completion",
        Subject::Statement => "statement",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_with_one_digit_where_it_says_something() {
        let told: Vec<String> = [1, 999, 1_000, 412_300, 1_240_000, 18_400_000, 2_000_000_000].map(size).to_vec();
        assert_eq!(told, ["1 bytes", "999 bytes", "1 KB", "412 KB", "1.2 MB", "18 MB", "2 GB"]);
    }

    #[test]
    fn initials_leave_titles_out() {
        assert_eq!(initials("Dr Amara Okafor"), "AO");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn ids_and_lists_read_like_words() {
        assert_eq!(words("content-reviewers"), "Content reviewers");
        assert_eq!(article("assessor"), "an assessor");
        assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
    }
}
