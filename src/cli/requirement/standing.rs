//! How somebody stands, as a program and as people read it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::requirement::{Counted, Evaluation, Measure, why};

/// The answer to one case.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    id: String,
    period: Option<[Date; 2]>,
    overall: &'static str,
    rules: BTreeMap<String, RuleAnswer>,
    earlier: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RuleAnswer {
    status: &'static str,
    counted: CountedAnswer,
    required: Measure,
    due: Option<Date>,
    uses: BTreeMap<String, Measure>,
    asks: Vec<String>,
    why: Vec<String>,
}

/// One amount, or one for each part of the period.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CountedAnswer {
    Once(Measure),
    Each(Vec<Measure>),
}

pub(super) fn answer(id: &str, evaluation: &Evaluation<'_>) -> Answer {
    let standing = &evaluation.standing;
    let rules = standing.rules.iter().map(|(rule, found)| {
        let uses = evaluation.uses(rule).into_iter().filter(|used| used.amount > Measure::ZERO);
        let uses = uses.filter_map(|used| Some((evaluation.credit(used.credit)?.id.clone(), used.amount)));
        let answer = RuleAnswer {
            status: found.status.into(),
            counted: match &found.counted {
                Counted::Once(amount) => CountedAnswer::Once(*amount),
                Counted::Each(parts) => CountedAnswer::Each(parts.iter().map(|(_, amount)| *amount).collect()),
            },
            required: found.required,
            due: found.due,
            uses: uses.collect(),
            asks: found.asks.clone(),
            why: why(evaluation, rule),
        };
        (rule.clone(), answer)
    });
    Answer {
        id: id.to_owned(),
        period: standing.period.map(|window| [window.start, window.end]),
        overall: standing.overall.into(),
        rules: rules.collect(),
        earlier: standing.earlier.clone(),
    }
}

pub(super) fn print(id: &str, evaluation: &Evaluation<'_>) {
    let standing = &evaluation.standing;
    let overall: &str = standing.overall.into();
    match standing.period {
        Some(window) => println!("{id}: {overall}, {} to {}", window.start, window.end),
        None => println!("{id}: {overall}"),
    }
    for rule in standing.rules.keys() {
        println!("  {rule}");
        for line in why(evaluation, rule) {
            println!("    {line}");
        }
    }
}
