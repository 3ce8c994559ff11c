//! Answers that fit a question, whatever it asks: what an explored item was filled in with.

use jiff::civil::{Date, Time, date};
use rust_decimal::Decimal;

use crate::{
    domain::{Answer, Answers, DocumentId, Email, Named, Row},
    workflow::definition::{Kind, Question},
};

const SOME_DAY: Date = date(2027, 3, 1);

/// The day on which everything explored happens, see [`super::model::NOW`].
const BEGUN: Date = date(1970, 1, 1);

/// A complete set of answers.
pub(super) fn answers<'q>(questions: impl Iterator<Item = &'q Question>) -> Answers {
    Answers(questions.map(|question| (question.id.clone(), answer(&question.kind))).collect())
}

fn answer(kind: &Kind) -> Answer {
    match kind {
        Kind::Text { min, .. } | Kind::LongText { min, .. } => Answer::Text("x".repeat(at_least_one(*min))),
        Kind::Integer { min, max } => Answer::Integer(60.max(min.unwrap_or(60)).min(max.unwrap_or(i64::MAX))),
        Kind::Decimal { min, max, step } => Answer::Decimal(decimal(*min, *max, *step)),
        Kind::Date { at_least, at_most } => {
            let bound = at_least.as_ref().or(at_most.as_ref()).and_then(|bound| bound.on(BEGUN));
            Answer::Date(bound.unwrap_or(SOME_DAY))
        }
        Kind::Time => Answer::Time(Time::midnight()),
        Kind::YesNo { .. } => Answer::YesNo(true),
        Kind::Choice { options } => Answer::Choice(options.keys().next().cloned().unwrap_or_default()),
        Kind::Choices { options, min, .. } => {
            Answer::Choices(options.keys().take(at_least_one(*min)).cloned().collect())
        }
        Kind::Table { columns, min, .. } => {
            // Times that need not be told are not, so that no condition on rows looks at them.
            let told = columns.iter().filter(|column| !(column.optional && matches!(column.kind, Kind::Time)));
            let row: Row = told.map(|column| (column.id.clone(), answer(&column.kind))).collect();
            Answer::Table(vec![row; at_least_one(*min)])
        }
        Kind::Rows { min, .. } => Answer::Choices((1..=at_least_one(*min)).map(|row| row.to_string()).collect()),
        Kind::Person { .. } => Answer::Text(address(1)),
        Kind::People { min, .. } => Answer::People((1..=at_least_one(*min)).filter_map(somebody).collect()),
        Kind::Files { min, .. } => {
            let numbers = (1_u128..).take(at_least_one(*min));
            Answer::Files(numbers.map(|number| DocumentId(uuid::Uuid::from_u128(number))).collect())
        }
    }
}

fn at_least_one(min: Option<u32>) -> usize {
    usize::try_from(min.unwrap_or(1).max(1)).unwrap_or(1)
}

/// One, or the nearest number to it that may be answered.
fn decimal(min: Option<Decimal>, max: Option<Decimal>, step: Option<Decimal>) -> Decimal {
    let wanted = Decimal::ONE.max(min.unwrap_or(Decimal::ONE)).min(max.unwrap_or(Decimal::MAX));
    match step.filter(|step| *step > Decimal::ZERO) {
        Some(step) => (wanted / step).floor() * step,
        None => wanted,
    }
}

fn address(number: usize) -> String {
    format!("person{number}@example.org")
}

fn somebody(number: usize) -> Option<Named> {
    let email: Email = address(number).parse().ok()?;
    Some(Named { name: format!("Person {number}"), email, part: "Speaker".to_owned(), disclosure: Some(String::new()) })
}
