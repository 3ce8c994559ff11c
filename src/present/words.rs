//! What several pages, letters and answers of the API say, said once.

pub(crate) mod browser;
pub mod calendar;
pub mod clock;
pub mod conflict;
pub(crate) mod logged;
pub mod meeting;
pub mod request;
pub mod state;
pub mod turn;
pub mod when;

use jiff::SignedDuration;

pub(crate) use crate::domain::phrase::{article, capital, list, many, number, plain, sentence, size, words};
use crate::{
    domain::{Duty, Standing},
    model::{Count, Person},
    workflow::{Definition, Refusal},
};

/// The first letters of a name's first and last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !matches!(word.trim_end_matches('.'), "Dr" | "Prof"));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

/// `12`, `at least 12`, `more than 1,000`.
pub(crate) fn count(count: Count) -> String {
    match count {
        Count::Exactly(number) => number.to_string(),
        Count::AtLeast(number) => format!("at least {number}"),
        Count::MoreThan(most) if most < 1_000 => format!("more than {most}"),
        Count::MoreThan(most) => format!("more than {},{:03}", most / 1_000, most % 1_000),
    }
}

/// What somebody is trusted with.
pub(crate) fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Coordinator => "Coordinator",
        Duty::Auditor => "Auditor",
        Duty::Administrator => "Administrator",
    }
}

/// Whether somebody may use the system.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Named => "Named only",
        Standing::Invited => "Invited",
        Standing::Active => "Active",
        Standing::Suspended => "Suspended",
        Standing::Erased => "Erased",
    }
}

/// A title, or what stands in for one.
pub(crate) fn title(title: &str, definition: &Definition) -> String {
    if title.trim().is_empty() { format!("Untitled {}", definition.subject.in_words()) } else { title.to_owned() }
}

/// A name with what stands behind it: `Amara Okafor, MD`.
pub(crate) fn printed(person: &Person) -> String {
    if person.credentials.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.credentials) }
}

/// A refusal, with what to do about it.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    sentence(&refusal.to_string())
}

/// That an item waits because a group lacks people.
pub(crate) fn too_few(group: &str) -> String {
    format!("Too few people of the group “{group}” can act. It waits until somebody joins the group.")
}

/// That somebody's place in a review is free again though they did not give it back.
pub(crate) fn vacated(review: &str, reason: &str) -> String {
    format!(
        "A place in the review “{review}” is free again. Of whoever had it: {}. Somebody else has to take it.",
        small(reason)
    )
}

/// With its first letter small, within a sentence.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// That an item waits because the calendar has no day for it.
pub(crate) fn no_day(wants: &str) -> String {
    format!(
        "The calendar has no {wants}, so this has no deadline and waits. Enter it on the organisation's page; the deadline \
         is set at once."
    )
}

/// What to do about a deadline that was given up.
pub(crate) fn remedy(reference: &str) -> String {
    format!(
        "Once that is set right, whoever runs the server has it tried anew with `imprimatur job retry {reference}`; a \
         step that is taken on its page does the same."
    )
}

/// So many whole days.
pub(crate) fn days(length: SignedDuration) -> String {
    many(usize::try_from(length.as_hours() / 24).unwrap_or(0), "day")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_leave_titles_out() {
        assert_eq!(initials("Dr Amara Okafor"), "AO");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials(""), "");
    }
}
