//! What entering a state records: credit awarded, credit stopped, an activity designated.

use std::collections::BTreeMap;

use jiff::{Span, ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::decision_builder::DecisionBuilder;
use crate::{
    credit::CreditType,
    domain::{Amount, Answer, Named, Row},
    workflow::{
        Condition, EventKind, Refusal,
        condition::Value,
        definition::{Award, AwardAmount, Beneficiary, CreditChoice, Designate, Earned, PerHour},
        event::Recipient,
    },
};

/// Minutes of an hour.
const HOUR: Decimal = Decimal::from_parts(60, 0, 0, false, 0);

pub(super) fn record(step: &mut DecisionBuilder<'_>) -> Result<(), Refusal> {
    let Some(state) = step.state() else { return Ok(()) };
    if state.stops_credit {
        let standing: Vec<String> = step.item.awarded.iter().cloned().collect();
        for rule in standing {
            step.emit(None, None, EventKind::CreditStopped { rule });
        }
    }
    if (state.stops_credit || state.stops_offer) && step.item.designated {
        step.emit(None, None, EventKind::OfferStopped);
    }
    if let Some(award) = &state.award
        && !step.item.awarded.contains(&step.item.state)
    {
        grant(step, award)?;
    }
    if let Some(designate) = &state.designate {
        self::designate(step, designate)?;
    }
    Ok(())
}

fn grant(step: &mut DecisionBuilder<'_>, award: &Award) -> Result<(), Refusal> {
    let rule = step.item.state.clone();
    let id = match &award.credit {
        CreditChoice::Fixed(id) => id.clone(),
        CreditChoice::Asked(question) => match step.answers().get(question) {
            Some(Answer::Choice(id)) => id.clone(),
            _ => return Err(unmet(question, "say which credit this is for")),
        },
    };
    let credit = credit_type(step, &id)?;
    let earned = earned(step, &award.earned)?;
    let shares = match &award.amount {
        AwardAmount::Value(amount) => {
            let amount = value(step, amount, credit)?;
            recipients(step, &award.to).into_iter().map(|to| (to, amount)).collect()
        }
        AwardAmount::PerHour(hours) => by_the_hour(step, hours, &award.to, credit)?,
    };
    for (to, amount) in shares {
        let awarded = EventKind::CreditAwarded { rule: rule.clone(), credit: id.clone(), amount, to, earned };
        step.emit(None, None, awarded);
    }
    Ok(())
}

fn designate(step: &mut DecisionBuilder<'_>, designate: &Designate) -> Result<(), Refusal> {
    let credit = credit_type(step, &designate.credit)?;
    let maximum = value(step, &designate.maximum, credit)?;
    let since = step.since(&designate.since).unwrap_or(step.facts.now);
    let from = step.facts.calendar.date(since);
    // Valid for a year means up to and including the day before the same day of the next year.
    let until = designate
        .valid
        .0
        .parse::<Span>()
        .and_then(|valid| from.checked_add(valid))
        .and_then(|day| day.checked_sub(1.day()))
        .unwrap_or(Date::MAX);
    let designated = EventKind::Designated { credit: designate.credit.clone(), maximum, from, until };
    step.emit(None, None, designated);
    Ok(())
}

fn credit_type<'a>(step: &DecisionBuilder<'a>, id: &str) -> Result<&'a CreditType, Refusal> {
    step.definition.credits.get(id).ok_or_else(|| unmet(id, "this credit type is not set up"))
}

fn unmet(condition: &str, reason: &str) -> Refusal {
    Refusal::Unmet { reason: reason.to_owned(), condition: condition.to_owned(), values: BTreeMap::new() }
}

/// An amount that somebody answered: above zero and a multiple of the credit type's step, never rounded.
fn value(step: &DecisionBuilder<'_>, amount: &Condition, credit: &CreditType) -> Result<Amount, Refusal> {
    let scope = step.scope(&step.item.decided);
    let found = match amount.evaluate(&scope) {
        Ok(Value::Number(number)) => Amount::try_from(number).ok(),
        _ => None,
    };
    found.filter(|found| *found > Amount::ZERO && found.nearest(credit.step) == *found).ok_or_else(|| Refusal::Unmet {
        reason: format!("{} comes in steps of {}, above zero", credit.name, credit.step),
        condition: amount.source().to_owned(),
        values: amount.reads(&scope),
    })
}

fn earned(step: &DecisionBuilder<'_>, earned: &Earned) -> Result<Date, Refusal> {
    let Earned::Answer(name) = earned else { return Ok(step.facts.today()) };
    let answer = match name.strip_prefix("decided.") {
        Some(asked) => step.item.decided.get(asked),
        None => step.answers().get(name),
    };
    match answer {
        Some(Answer::Date(date)) => Ok(*date),
        _ => Err(unmet(name, "say on which day the credit was earned")),
    }
}

fn people<'s>(step: &'s DecisionBuilder<'_>, to: &Beneficiary) -> &'s [Named] {
    match to {
        Beneficiary::People(question) => match step.answers().get(question) {
            Some(Answer::People(people)) => people,
            _ => &[],
        },
        Beneficiary::Author => &[],
    }
}

/// Each person once, however often they are named.
fn recipients(step: &DecisionBuilder<'_>, to: &Beneficiary) -> Vec<Recipient> {
    if *to == Beneficiary::Author {
        return vec![Recipient::Person(step.item.submitter)];
    }
    let by_email: BTreeMap<_, _> = people(step, to).iter().rev().map(|person| (&person.email, person)).collect();
    by_email.into_values().map(named).collect()
}

fn named(person: &Named) -> Recipient {
    Recipient::Named { name: person.name.clone(), email: person.email.clone() }
}

/// The rows that name a person, for the author all of them, by the hour, rounded to the nearest step; who has none receives nothing.
fn by_the_hour(
    step: &DecisionBuilder<'_>,
    hours: &PerHour,
    to: &Beneficiary,
    credit: &CreditType,
) -> Result<Vec<(Recipient, Amount)>, Refusal> {
    let rows = match step.answers().get(&hours.table) {
        Some(Answer::Table(rows)) => rows.as_slice(),
        _ => &[],
    };
    let mut shares = Vec::new();
    for to in recipients(step, to) {
        let minutes: Decimal = rows
            .iter()
            .filter(|row| hours.person.as_ref().is_none_or(|column| names(row, column, &to)))
            .filter(|row| hours.only.as_ref().is_none_or(|only| row.get(only) == Some(&Answer::YesNo(true))))
            .map(|row| minutes(row, &hours.minutes))
            .sum();
        let credits = minutes.checked_mul(hours.per_hour).and_then(|product| product.checked_div(HOUR));
        let amount = credits
            .and_then(|credits| credit.rounded(credits).ok())
            .ok_or_else(|| unmet(&hours.minutes, "these minutes come to more credit than the ledger can hold"))?;
        if amount > Amount::ZERO {
            shares.push((to, amount));
        }
    }
    Ok(shares)
}

fn names(row: &Row, column: &str, person: &Recipient) -> bool {
    match (row.get(column), person) {
        (Some(Answer::Text(text)), Recipient::Named { email, .. }) => text == email.as_str(),
        _ => false,
    }
}

fn minutes(row: &Row, column: &str) -> Decimal {
    match row.get(column) {
        Some(Answer::Integer(minutes)) => (*minutes).into(),
        Some(Answer::Decimal(minutes)) => *minutes,
        _ => Decimal::ZERO,
    }
}
