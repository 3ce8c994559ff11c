//! Why a rule stands as it does, in sentences: what counts of what is asked for, which credits, the source, and what is not
//! known.

use jiff::civil::Date;

use super::{
    Measure,
    definition::{EquivalentEffect, Minimum, Requirement, Rule, Source, Status as FileStatus},
    evaluate::Evaluation,
    standing::{Counted, RuleStanding, Status, Use, UseReason},
};

/// The sentences of one rule, the most important first.
#[must_use]
pub fn why(evaluation: &Evaluation<'_>, id: &str) -> Vec<String> {
    let requirement = evaluation.requirement();
    let (Some(rule), Some(standing)) = (requirement.rules.get(id), evaluation.standing.rules.get(id)) else {
        return Vec::new();
    };
    let mut said = vec![headline(rule, standing)];
    said.extend(beside(requirement, standing));
    if standing.status != Status::NotOwed {
        said.extend(parts(standing));
        said.extend(evaluation.uses(id).iter().filter_map(|used| credit(evaluation, used)));
    }
    said.extend(disagreement(requirement, rule, standing));
    said.extend(standing.asks.iter().map(|fact| format!("We do not know {}; it decides this line.", asked(fact))));
    if requirement.status == FileStatus::Unread {
        said.push("Nobody has read the text of this requirement yet, so that it never counts as met.".to_owned());
    }
    let reading = rule.readings.get(standing.reading);
    let sources = reading.map(|reading| &reading.source).into_iter().chain(&rule.more);
    said.extend(sources.filter_map(|source| requirement.sources.get(source)).map(cited));
    said
}

fn headline(rule: &Rule, standing: &RuleStanding) -> String {
    let items = matches!(rule.readings.get(standing.reading).map(|reading| &reading.at_least), Some(Minimum::Items(_)));
    let number = |measure: Measure| measure.to_string();
    let (counted, required) = (standing.counted.least(), standing.required);
    let by = standing.due.map_or_else(String::new, |due| format!(" by {due}"));
    let label = &rule.label;
    if let Some(until) = standing.waived_until {
        return format!("{label}: waived by the board until {until}.");
    }
    match standing.status {
        Status::NotOwed => format!("{label}: not owed."),
        Status::Met => match &standing.covered_by {
            Some(_) => format!("{label}: met in another way; {} of {} counted.", number(counted), number(required)),
            None => format!("{} of {} {label}: met.", number(counted), number(required)),
        },
        Status::NotMet | Status::NeedFact | Status::Disputed => {
            let missing = required.over(counted);
            let what = if items && missing == Measure::from_thousandths(1_000) { "one is missing" } else { "missing" };
            if missing == Measure::ZERO {
                format!("{} of {} {label}{by}.", number(counted), number(required))
            } else if items {
                format!("{} of {} {label}{by}: {what}.", number(counted), number(required))
            } else {
                format!("{} of {} {label}{by}: {} {what}.", number(counted), number(required), number(missing))
            }
        }
    }
}

/// What stands in for hours, and what came from the period before.
fn beside(requirement: &Requirement, standing: &RuleStanding) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(equivalent) = standing.covered_by.as_ref().and_then(|id| requirement.equivalents.get(id)) {
        let disputed = if equivalent.status == FileStatus::Disputed { ", as one of the sources says" } else { "" };
        said.push(format!("Met by: {}{disputed}.", equivalent.label));
    }
    if let Some((id, hours)) = &standing.granted
        && let Some(equivalent) = requirement.equivalents.get(id)
        && let EquivalentEffect::Grants { hours: whole, spread_years, .. } = &equivalent.effect
    {
        let spread = spread_years.map_or_else(String::new, |years| format!(", over {years} years"));
        said.push(format!("{hours} granted: {} ({whole} in all{spread}).", equivalent.label));
    }
    if standing.carried > Measure::ZERO {
        said.push(format!("{} carried in from the period before.", standing.carried));
    }
    said
}

/// Each part of the period that lacks something.
fn parts(standing: &RuleStanding) -> Vec<String> {
    let Counted::Each(parts) = &standing.counted else { return Vec::new() };
    let short = parts.iter().filter(|(_, amount)| *amount < standing.required);
    short
        .map(|(window, amount)| format!("{} to {}: {amount} of {}.", window.start, window.end, standing.required))
        .collect()
}

/// What became of one credit; nothing is said of one that counts as it is printed.
fn credit(evaluation: &Evaluation<'_>, used: &Use) -> Option<String> {
    let credit = evaluation.book().credit(used.credit)?;
    let (printed, amount) = (credit.printed(), used.amount);
    let reasons: Vec<String> = used.reasons.iter().map(|reason| because(evaluation, reason)).collect();
    let reasons = reasons.join("; ");
    if amount == Measure::ZERO {
        return Some(format!("{}: printed {printed}, counts nothing here: {reasons}.", credit.id));
    }
    if reasons.is_empty() && amount == printed {
        return None;
    }
    let reasons = if reasons.is_empty() { String::new() } else { format!(" because {reasons}") };
    Some(format!("{}: printed {printed}, counts {amount} here{reasons}.", credit.id))
}

fn because(evaluation: &Evaluation<'_>, reason: &UseReason) -> String {
    let requirement = evaluation.requirement();
    let name = |number: u32| evaluation.book().credit(number).map_or_else(String::new, |credit| credit.id.clone());
    match reason {
        UseReason::Unit => format!("an hour has {} minutes here", requirement.unit_minutes),
        UseReason::Weight(number) => match requirement.weights.get(*number) {
            Some(weight) => {
                let first = weight.first.map_or_else(String::new, |first| format!(" for the first {first}"));
                format!("such credit counts {} times{first} in this ledger", weight.times.normalize())
            }
            None => String::new(),
        },
        UseReason::Topic(hours) => format!("{hours} of it is about the topic"),
        UseReason::OverCap(id) => format!("the rest is over the cap '{}'", id.replace('-', " ")),
        UseReason::RepeatOf(other) => format!("it repeats the activity of {}, which counts", name(*other)),
        UseReason::UsedEarlier(used, end) => format!("{used} was used in the period to {end}"),
        UseReason::TakenEarlier(end) => format!("the period to {end} needs it first"),
        UseReason::CarriedIn => "it is carried in from the period before".to_owned(),
        UseReason::Serves(rule) => {
            let label = requirement.rules.get(rule).map_or(rule.as_str(), |rule| rule.label.as_str());
            format!("an hour serves one rule, and this one serves “{label}”")
        }
        UseReason::PartTakenBack => "part of it was taken back".to_owned(),
        UseReason::TakenBack(by) => format!("taken back on {}", day(evaluation, *by)),
        UseReason::NotAccepted => "such credit is not accepted".to_owned(),
        UseReason::Before(first) => format!("before the window, which begins on {first}"),
        UseReason::After(last) => format!("after the window, which ended on {last}"),
        UseReason::NotYet => "it is not earned yet".to_owned(),
    }
}

fn day(evaluation: &Evaluation<'_>, credit: u32) -> String {
    let found = evaluation.book().credit(credit);
    found.map_or_else(String::new, |credit| credit.earned.day(&evaluation.requirement().zone).to_string())
}

fn disagreement(requirement: &Requirement, rule: &Rule, standing: &RuleStanding) -> Option<String> {
    if standing.status != Status::Disputed {
        return None;
    }
    let says = rule.readings.iter().map(|reading| {
        let cite =
            requirement.sources.get(&reading.source).map_or(reading.source.as_str(), |source| source.cite.as_str());
        format!("{cite}: {}", minimum(&reading.at_least))
    });
    let said: Vec<String> = says.collect();
    Some(if said.len() < 2 {
        "The sources disagree; safest is the strictest.".to_owned()
    } else {
        format!("The sources disagree. {}. Safest is the strictest.", said.join(". "))
    })
}

fn minimum(minimum: &Minimum) -> String {
    match minimum {
        Minimum::Hours { hours, .. } if *hours == Measure::ZERO => "nothing is asked for".to_owned(),
        Minimum::Hours { hours, .. } => format!("at least {hours}"),
        Minimum::Percent { percent, of } => format!("at least {percent} percent of '{of}'"),
        Minimum::PerYear(each) => format!("at least {each} a year"),
        Minimum::PerCycleYear(each) => format!("at least {each} for each year of the cycle"),
        Minimum::Items(items) => format!("at least {items}"),
    }
}

fn asked(fact: &str) -> String {
    match fact {
        "issued" => "when it was issued".to_owned(),
        "expires" => "when it expires".to_owned(),
        "renewal" => "which renewal this is".to_owned(),
        fact => format!("“{}”", fact.replace('_', " ")),
    }
}

fn cited(source: &Source) -> String {
    let url = source.url.as_ref().map_or_else(String::new, |url| format!(", {url}"));
    format!("Source: {}{url}, read on {}.", source.cite, read_on(source.verified))
}

fn read_on(day: Date) -> String {
    day.to_string()
}
