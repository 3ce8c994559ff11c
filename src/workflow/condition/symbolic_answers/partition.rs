//! Cells: what can be answered, split exactly where conditions tell it apart.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::workflow::condition::{Value, syntax::Operator};

/// What can be answered.
#[derive(Clone, Debug)]
pub(in crate::workflow) enum Domain {
    /// Yes or no; only yes, where it must be.
    YesNo {
        /// An attestation.
        must: bool,
    },
    /// A number.
    Number(Range),
    /// A text; one of these only, where it is a choice.
    Text {
        /// The options of a choice.
        options: Option<Vec<String>>,
        /// It may stay unanswered.
        optional: bool,
    },
    /// A date, or anything else that no condition compares with a constant.
    Date,
}

/// The numbers that can be answered.
#[derive(Clone, Debug, Default)]
pub(in crate::workflow) struct Range {
    /// Smallest.
    pub(in crate::workflow) min: Option<Decimal>,
    /// Largest.
    pub(in crate::workflow) max: Option<Decimal>,
    /// Only multiples of this.
    pub(in crate::workflow) step: Option<Decimal>,
    /// It may stay unanswered.
    pub(in crate::workflow) optional: bool,
}

impl Domain {
    /// How many there are of something.
    pub(super) fn count() -> Self {
        Self::Number(Range { min: Some(Decimal::ZERO), step: Some(Decimal::ONE), ..Range::default() })
    }

    /// A sum of a column.
    pub(super) fn total() -> Self {
        Self::Number(Range::default())
    }
}

/// What a condition asks of one answer.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    /// It is yes.
    Holds,
    /// It compares so with a constant.
    Compares(Operator, Value),
    /// It is one of these.
    IsOneOf(Vec<Value>),
}

impl Constraint {
    fn holds(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return false };
        match self {
            Self::Holds => *value == Value::YesNo(true),
            Self::Compares(operator, constant) => operator.compares(value, constant),
            Self::IsOneOf(constants) => constants.contains(value),
        }
    }

    fn constants(&self) -> &[Value] {
        match self {
            Self::Holds => &[],
            Self::Compares(_, constant) => std::slice::from_ref(constant),
            Self::IsOneOf(constants) => constants,
        }
    }
}

/// One value for each way in which all constraints can turn out.
pub(super) fn cells(domain: &Domain, constraints: &[Constraint]) -> Vec<Option<Value>> {
    let constants = || constraints.iter().flat_map(Constraint::constants);
    let candidates: Vec<Option<Value>> = match domain {
        Domain::YesNo { must: true } => vec![Some(Value::YesNo(true))],
        Domain::YesNo { must: false } => vec![Some(Value::YesNo(true)), Some(Value::YesNo(false))],
        Domain::Number(range) => {
            let numbers = constants().filter_map(|constant| match constant {
                Value::Number(number) => Some(*number),
                _ => None,
            });
            let found = points(range, &numbers.collect()).into_iter().map(|number| Some(Value::Number(number)));
            found.chain(range.optional.then_some(None)).collect()
        }
        Domain::Text { options, optional } => {
            let said: Vec<String> = constants().map(ToString::to_string).collect();
            let values = match options {
                Some(options) => options.clone(),
                None => said.iter().cloned().chain([format!("neither {}", said.join(" nor "))]).collect(),
            };
            values.into_iter().map(|text| Some(Value::Text(text))).chain(optional.then_some(None)).collect()
        }
        Domain::Date => vec![None],
    };
    let mut seen = BTreeSet::new();
    let told_apart = |value: &Option<Value>| {
        seen.insert(constraints.iter().map(|constraint| constraint.holds(value.as_ref())).collect::<Vec<bool>>())
    };
    candidates.into_iter().filter(told_apart).collect()
}

/// Every constant, and a number in each gap before, between and after them, as far as the range has them.
fn points(range: &Range, constants: &BTreeSet<Decimal>) -> Vec<Decimal> {
    let unit = range.step.filter(|step| *step > Decimal::ZERO).unwrap_or(Decimal::ONE);
    let on_step = |number: &Decimal| range.step.is_none_or(|step| step.is_zero() || (*number % step).is_zero());
    let inside = |number: &Decimal| {
        range.min.is_none_or(|min| *number >= min) && range.max.is_none_or(|max| *number <= max) && on_step(number)
    };
    let floor = |number: Decimal| (number / unit).floor() * unit;
    let mut points: BTreeSet<Decimal> = range.min.into_iter().chain(range.max).collect();
    for constant in constants {
        points.extend([*constant, floor(*constant), floor(*constant) + unit, floor(*constant) - unit]);
        points.extend([*constant - unit, *constant + unit]);
    }
    if range.step.is_none() {
        let gaps = constants.iter().zip(constants.iter().skip(1));
        points.extend(gaps.map(|(low, high)| (*low + *high) / Decimal::TWO));
    }
    points.into_iter().filter(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: &Range, comparisons: &[(Operator, i64)]) -> Vec<String> {
        let constraints: Vec<Constraint> = comparisons
            .iter()
            .map(|(operator, number)| Constraint::Compares(*operator, Value::Number((*number).into())))
            .collect();
        let shown = |cell: Option<Value>| cell.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
        cells(&Domain::Number(range.clone()), &constraints).into_iter().map(shown).collect()
    }

    fn quarters(min: i64, max: i64) -> Range {
        let step = Some(Decimal::new(25, 2));
        Range { min: Some(min.into()), max: Some(max.into()), step, optional: false }
    }

    #[test]
    fn a_number_is_split_where_conditions_tell_it_apart_and_nowhere_else() {
        assert_eq!(numbers(&quarters(0, 20), &[(Operator::AtMost, 8), (Operator::More, 8)]), ["0", "8.25"]);
        assert_eq!(numbers(&quarters(0, 20), &[(Operator::Less, 8), (Operator::More, 8)]), ["0", "8", "8.25"]);
        assert_eq!(numbers(&Range::default(), &[(Operator::Less, 1), (Operator::Less, 2)]), ["0", "1", "2"]);
    }

    #[test]
    fn what_cannot_be_answered_is_no_cell() {
        assert_eq!(numbers(&quarters(0, 8), &[(Operator::AtMost, 8)]), ["0"]);
        let optional = Range { optional: true, ..quarters(9, 20) };
        assert_eq!(numbers(&optional, &[(Operator::AtMost, 8)]), ["9"], "nothing and 9 both fail the comparison");
        assert_eq!(numbers(&optional, &[(Operator::AtMost, 10)]), ["9", "10.25"]);
    }

    #[test]
    fn a_choice_has_a_cell_for_each_option_named_and_one_for_the_rest() {
        let options = Some(["live", "enduring", "blended"].map(str::to_owned).to_vec());
        let live = Constraint::Compares(Operator::Equal, Value::Text("live".to_owned()));
        let found = cells(&Domain::Text { options, optional: false }, &[live]);
        assert_eq!(found, [Some(Value::Text("live".to_owned())), Some(Value::Text("enduring".to_owned()))]);
    }
}
