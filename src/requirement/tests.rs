//! Evaluation over random histories of random files, beside a second evaluator that tries everything; and every check of
//! the loader, broken once.

mod check;
mod naive;
mod property;
mod random;

use super::{Book, Catalogue, Credential, Credit, Facts, Requirement, Standing, evaluate, load};
use crate::credit::CreditTypes;

/// What the files of these tests may name.
pub(super) fn catalogue() -> Catalogue {
    let read = |text| {
        let found =
            Catalogue::read(text, include_str!("../../workflows/requirements/topics.yaml"), &CreditTypes::default());
        found.expect("facts and topics")
    };
    let credits = ["ama-pra-1", "ama-pra-2", "aapa-1", "aafp-prescribed", "informal-study"];
    let found = read(include_str!("../../workflows/requirements/facts.yaml"));
    Catalogue { credits: credits.map(str::to_owned).into(), ..found }
}

fn requirement(text: &str) -> Requirement {
    load(text, &catalogue()).map_or_else(|faults| panic!("{faults:#?}\n{text}"), |(found, _)| found)
}

fn standing(
    requirement: &Requirement,
    credential: &Credential,
    facts: &Facts,
    credits: &[Credit],
    as_of: jiff::civil::Date,
) -> Standing {
    evaluate(requirement, credential, facts, &Book::of(credits), as_of).standing
}
