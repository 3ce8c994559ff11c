//! Words for ids, numbers and lists.

use rust_decimal::Decimal;

/// `3 November 2026`.
#[must_use]
pub fn day(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// An id as a person reads it: `content-reviewers` is `Content reviewers`.
#[must_use]
pub fn words(id: &str) -> String {
    capital(&plain(id))
}

/// The same within a sentence: `content reviewers`.
#[must_use]
pub fn plain(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// With its first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// As a sentence of its own.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}

/// `an assessor`, `a reviewer`.
#[must_use]
pub fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// `1 file`, `3 files`.
#[must_use]
pub fn many(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `one, two and three`.
#[must_use]
pub fn list(items: &[String]) -> String {
    joined(items, "and")
}

/// `one, two or three`.
#[must_use]
pub fn either(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A number as somebody would type it, without zeros at its end.
#[must_use]
pub fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `412 KB`, `1.2 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_with_one_digit_where_it_says_something() {
        let told: Vec<String> = [1, 999, 1_000, 412_300, 1_240_000, 18_400_000, 2_000_000_000].map(size).to_vec();
        assert_eq!(told, ["1 bytes", "999 bytes", "1 KB", "412 KB", "1.2 MB", "18 MB", "2 GB"]);
    }

    #[test]
    fn ids_and_lists_read_like_words() {
        assert_eq!(words("content-reviewers"), "Content reviewers");
        assert_eq!(article("assessor"), "an assessor");
        assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
        assert_eq!(either(&["a".to_owned(), "b".to_owned()]), "a or b");
    }
}
