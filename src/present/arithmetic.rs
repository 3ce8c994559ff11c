//! From minutes to credit: the sum an accreditor checks first.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Serialize;

use super::agenda::{self, COUNTED, TAKEN, label, minutes};
use crate::{
    credit::CreditType,
    domain::{Amount, Answer, Answers, Row},
    present::words,
    workflow::{
        Definition,
        definition::{Kind, Question},
    },
};

/// Minutes to credit, line by line.
#[derive(Clone, Debug, Serialize)]
pub struct Arithmetic {
    /// The rows of the agenda.
    pub lines: Vec<ArithmeticLine>,
    pub total: u32,
    /// Before rounding: `4.30`.
    pub exact: String,
    /// After: `4.25`.
    pub credit: String,
    /// `AMA PRA Category 1 Credit`.
    pub unit: String,
    /// `60 minutes are 1 credit, rounded to the nearest quarter.`
    pub rule: String,
    /// What to think about: sessions at the same time, breaks that carry credit, the length of each day.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ArithmeticLine {
    pub label: String,
    pub minutes: u32,
    /// How much of that counts.
    pub counted: u32,
}

/// The sum for these answers; nothing where the workflow designates no credit or there is no agenda yet.
pub(crate) fn arithmetic(definition: &Definition, answers: &Answers) -> Option<Arithmetic> {
    let credit = designated(definition)?;
    let asked = definition.form.iter().flat_map(|section| &section.questions).find(|question| counts(question))?;
    let Some(Answer::Table(rows)) = answers.get(&asked.id) else { return None };
    let lines: Vec<ArithmeticLine> = rows.iter().map(line).collect();
    let counted = lines.iter().fold(0, |sum: u32, line| sum.saturating_add(line.counted));
    let total = counted.saturating_sub(agenda::unattended(answers, rows));
    let (exact, rounded) = credits(total, credit);
    Some(Arithmetic {
        lines,
        total,
        exact: format!("{exact:.2}"),
        credit: rounded.to_string(),
        unit: credit.name.clone(),
        rule: format!(
            "60 minutes are 1 credit; credit comes in steps of {}, rounded to the nearest.",
            words::number(credit.step.to_decimal())
        ),
        notes: agenda::notes(answers, rows),
    })
}

/// The credit type that an approval designates.
pub(crate) fn designated(definition: &Definition) -> Option<&CreditType> {
    let designate = definition.states.values().find_map(|state| state.designate.as_ref())?;
    definition.credits.get(&designate.credit)
}

/// Whether a question is an agenda whose minutes count.
pub(crate) fn counts(question: &Question) -> bool {
    matches!(&question.kind, Kind::Table { columns, .. } if columns.iter().any(|column| column.id == COUNTED))
}

/// Credit for so many minutes: exact, and rounded to the type's step.
pub(crate) fn credits(minutes: u32, credit: &CreditType) -> (Decimal, Amount) {
    let exact = Decimal::from(minutes) / Decimal::from(60);
    let hundredths = Amount::from_hundredths((exact * Decimal::ONE_HUNDRED).round().to_i64().unwrap_or(0));
    (exact, hundredths.nearest(credit.step))
}

fn line(row: &Row) -> ArithmeticLine {
    ArithmeticLine {
        label: label(row).unwrap_or_default(),
        minutes: minutes(row, TAKEN),
        counted: minutes(row, COUNTED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter() -> CreditType {
        CreditType {
            id: "ama-pra-1".to_owned(),
            name: "AMA PRA Category 1 Credit".to_owned(),
            owner: "AMA".to_owned(),
            step: Amount::from_hundredths(25),
            designated: true,
            statement: None,
            sources: Vec::new(),
        }
    }

    #[test]
    fn minutes_are_rounded_once_at_the_end_to_the_nearest_quarter() {
        let told = |minutes| {
            let (exact, rounded) = credits(minutes, &quarter());
            (format!("{exact:.2}"), rounded.to_string())
        };
        assert_eq!(told(258), ("4.30".to_owned(), "4.25".to_owned()));
        assert_eq!(told(200), ("3.33".to_owned(), "3.25".to_owned()));
        assert_eq!(told(0), ("0.00".to_owned(), "0.00".to_owned()));
    }
}
