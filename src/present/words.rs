//! Words for the ids, numbers and lists of the domain.

pub mod calendar;
pub mod clock;
pub mod meeting;
pub mod turn;
pub mod when;

pub(crate) use crate::domain::phrase::{article, capital, list, many, number, plain, size, words};
use crate::{
    domain::{Duty, Standing},
    store::Count,
    workflow::definition::{Subject, Verdict},
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

/// A verdict, as its button says it.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    verdict.in_words()
}

/// What is submitted, within a sentence.
pub(crate) fn subject(subject: Subject) -> &'static str {
    subject.in_words()
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
