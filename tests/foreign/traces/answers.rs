//! Sound answers to any question, at random.

use imprimatur::{
    domain::{Answer, Answers, DocumentId, Named, Row},
    workflow::definition::{Kind, Question},
};
use jiff::{ToSpan as _, civil::Date, civil::date};
use rust_decimal::Decimal;

use super::Dice;

/// Answers to all of them. Some are not what a condition asks, so that both of its outcomes occur.
pub(super) fn to(questions: &[&Question], dice: &mut Dice) -> Answers {
    Answers(questions.iter().map(|question| (question.id.clone(), answer(&question.kind, dice))).collect())
}

fn answer(kind: &Kind, dice: &mut Dice) -> Answer {
    match kind {
        Kind::Text { min, .. } | Kind::LongText { min, .. } => {
            Answer::Text("x".repeat(usize::try_from(min.unwrap_or(1).max(1)).unwrap_or(1)))
        }
        Kind::Integer { min, max } => {
            let least = min.unwrap_or(0);
            let room = max.unwrap_or(least + 100).saturating_sub(least).min(100);
            Answer::Integer(least + i64::try_from(dice.below(room.unsigned_abs() + 1)).unwrap_or_default())
        }
        Kind::Decimal { min, max, step } => {
            let step = step.unwrap_or(Decimal::ONE);
            let least = min.unwrap_or(step);
            let room = (max.unwrap_or(least + step * Decimal::from(100)) - least) / step;
            let steps = u64::try_from(room.trunc()).unwrap_or_default().min(100);
            Answer::Decimal(least + step * Decimal::from(dice.below(steps + 1)))
        }
        Kind::Date { .. } => Answer::Date(day(dice)),
        Kind::Time => Answer::Time(jiff::civil::time(9, 30, 0, 0)),
        Kind::YesNo { must } => Answer::YesNo(*must || dice.once_in(2)),
        Kind::Choice { options } => {
            let ids: Vec<&String> = options.keys().collect();
            Answer::Choice(dice.pick(&ids).map(|id| (*id).clone()).unwrap_or_default())
        }
        Kind::Choices { options, min, .. } => {
            let count = usize::try_from(min.unwrap_or(1).max(1)).unwrap_or(1);
            Answer::Choices(options.keys().take(count).cloned().collect())
        }
        Kind::Table { columns, min, .. } => {
            // Equal numbers and no times meet what the shipped files ask of rows.
            let row = |dice: &mut Dice| -> Row {
                let told = columns.iter().filter(|column| !matches!(column.kind, Kind::Time));
                let mut row: Row = told.map(|column| (column.id.clone(), answer(&column.kind, dice))).collect();
                let most = row.values().filter_map(whole).max().unwrap_or(0);
                row.values_mut().filter(|cell| whole(cell).is_some()).for_each(|cell| *cell = Answer::Integer(most));
                row
            };
            Answer::Table((0..min.unwrap_or(1).max(1)).map(|_| row(dice)).collect())
        }
        Kind::Rows { .. } => Answer::Choices(vec!["1".to_owned()]),
        Kind::Person { .. } => Answer::Text("person0@example.org".to_owned()),
        Kind::People { min, disclosure, .. } => Answer::People(
            (0..min.unwrap_or(1).max(1))
                .filter_map(|number| {
                    let email = format!("person{number}@example.org").parse().ok()?;
                    let disclosure = disclosure.then(String::new);
                    Some(Named { name: format!("Person {number}"), email, part: "Speaker".to_owned(), disclosure })
                })
                .collect(),
        ),
        Kind::Files { min, .. } => Answer::Files(
            (0..min.unwrap_or(1).max(1))
                .map(|number| DocumentId(uuid::Uuid::from_u128(9_000 + u128::from(number))))
                .collect(),
        ),
    }
}

fn whole(cell: &Answer) -> Option<i64> {
    match cell {
        Answer::Integer(number) => Some(*number),
        _ => None,
    }
}

fn day(dice: &mut Dice) -> Date {
    let days = i64::try_from(dice.below(400)).unwrap_or_default();
    date(2026, 11, 1).saturating_add(days.days())
}
