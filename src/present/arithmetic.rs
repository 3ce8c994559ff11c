//! From minutes to credit: the sum an accreditor checks first.

use rust_decimal::Decimal;
use serde::Serialize;

use super::agenda::{self, label};
use crate::{
    credit::{
        CreditType, Rounds,
        agenda::{self as programme, COUNTED, TAKEN, minutes, unattended},
    },
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
    let asked = definition.form.iter().flat_map(|section| &section.questions).find(|question| is_agenda(question))?;
    let Some(Answer::Table(rows)) = answers.get(&asked.id) else { return None };
    let counted = programme::counted(rows);
    let lines: Vec<ArithmeticLine> = rows.iter().map(|row| line(row, counted)).collect();
    let all = lines.iter().fold(0, |sum: u32, line| sum.saturating_add(line.counted));
    let total = all.saturating_sub(unattended(answers, &rows.iter().collect::<Vec<_>>()));
    let (exact, rounded) = credits(total, credit);
    Some(Arithmetic {
        lines,
        total,
        exact: format!("{exact:.2}"),
        credit: rounded.to_string(),
        unit: credit.name.clone(),
        rule: format!(
            "60 minutes are 1 credit; credit comes in steps of {}, {}.",
            words::number(credit.step.to_decimal()),
            match credit.rounds {
                Rounds::Nearest => "rounded to the nearest",
                Rounds::Down => "rounded down",
            }
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

/// Whether a question is a programme by the clock, or one whose minutes count.
fn is_agenda(question: &Question) -> bool {
    let Kind::Table { columns, .. } = &question.kind else { return false };
    let has = |id: &str| columns.iter().any(|column| column.id == id);
    has(COUNTED) || (has(TAKEN) && has("starts"))
}

/// Credit for so many minutes: exact, and rounded to the type's step.
pub(crate) fn credits(minutes: u32, credit: &CreditType) -> (Decimal, Amount) {
    let exact = Decimal::from(minutes) / Decimal::from(60);
    (exact, credit.rounded(exact).unwrap_or(Amount::ZERO))
}

fn line(row: &Row, counted: &str) -> ArithmeticLine {
    ArithmeticLine {
        label: label(row).unwrap_or_default(),
        minutes: minutes(row, TAKEN),
        counted: minutes(row, counted),
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
            rounds: Rounds::Nearest,
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

    #[test]
    fn contact_hours_are_rounded_down() {
        let hours = CreditType { rounds: Rounds::Down, ..quarter() };
        assert_eq!(credits(59, &hours).1.to_string(), "0.75");
        let tenths = CreditType { step: Amount::from_hundredths(10), ..hours };
        assert_eq!(credits(59, &tenths).1.to_string(), "0.90");
    }
}
