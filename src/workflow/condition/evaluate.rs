//! From a tree and the facts to a value.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use indexmap::IndexMap;
use jiff::{
    Span,
    civil::{Date, Time},
};
use rust_decimal::Decimal;

use super::{
    Condition, Missing, SymbolicAnswers, Value,
    syntax::{Expr, Node, Operator},
};
use crate::{
    credit::agenda,
    domain::{Answer, Answers, Row},
    workflow::Item,
};

/// Everything a condition may read.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The answers of the form.
    pub answers: &'a Answers,
    /// What was answered at decisions, the one just being taken included.
    pub decided: &'a Answers,
    /// Counters and tracks.
    pub item: &'a Item,
    /// Bounds.
    pub limits: &'a IndexMap<String, u32>,
    /// What the definition's records come to.
    pub records: &'a BTreeMap<String, Decimal>,
    /// The date in the organisation's zone.
    pub today: Date,
    /// Set where a condition is asked of one row of a table.
    pub row: Option<RowScope<'a>>,
    /// Set where a definition is explored before anybody answered: what then stands for answers.
    pub symbolic: Option<&'a SymbolicAnswers>,
}

/// A row of a table: what its columns are called is a cell of it, be it filled in or not.
#[derive(Clone, Copy, Debug)]
pub struct RowScope<'a> {
    /// The cells that were filled in.
    pub cells: &'a Row,
    /// What all columns are called.
    pub columns: &'a BTreeSet<&'a str>,
}

impl Condition {
    /// The value of the whole.
    pub fn evaluate(&self, scope: &Scope<'_>) -> Result<Value, Missing> {
        scope.value(&self.root)
    }

    /// Whether it holds; a condition without a value does not.
    #[must_use]
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        scope.holds(&self.root)
    }

    /// Whether it is false whatever is answered to what was left empty.
    #[must_use]
    pub fn is_refuted(&self, scope: &Scope<'_>) -> bool {
        scope.known(&self.root) == Some(false)
    }

    /// What it read, name and value as text.
    #[must_use]
    pub fn reads(&self, scope: &Scope<'_>) -> BTreeMap<String, String> {
        let mut reads = BTreeMap::new();
        scope.collect(&self.root, &mut reads);
        reads
    }
}

impl Scope<'_> {
    pub(super) fn holds(&self, node: &Node) -> bool {
        self.value(node) == Ok(Value::YesNo(true))
    }

    /// Whether it holds, as far as what was answered settles it; an unanswered yes-no counts as no here too.
    fn known(&self, node: &Node) -> Option<bool> {
        match &node.expr {
            Expr::Not(inner) => self.known(inner).map(|holds| !holds),
            Expr::Binary(Operator::And, left, right) => match (self.known(left), self.known(right)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (left, right) => Some(left? && right?),
            },
            Expr::Binary(Operator::Or, left, right) => match (self.known(left), self.known(right)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (left, right) => Some(left? || right?),
            },
            Expr::Binary(_, left, right) => self.value(left).and(self.value(right)).is_ok().then(|| self.holds(node)),
            Expr::In(inner, _) => self.value(inner).is_ok().then(|| self.holds(node)),
            _ => Some(self.holds(node)),
        }
    }

    fn answer(&self, name: &str) -> Option<&Answer> {
        match self.row {
            Some(row) if row.columns.contains(name) => row.cells.get(name),
            _ => self.answers.get(name),
        }
    }

    fn value(&self, node: &Node) -> Result<Value, Missing> {
        let missing = |name: &str| Missing(name.to_owned());
        if let Some(foreseen) = self.symbolic.and_then(|symbolic| symbolic.see(node, self.decided)) {
            return foreseen;
        }
        let value = match &node.expr {
            Expr::Yes(value) => Value::YesNo(*value),
            Expr::Number(value) => Value::Number(*value),
            Expr::Text(value) => Value::Text(value.clone()),
            Expr::Date(value) => Value::Date(*value),
            Expr::Today => Value::Date(self.today),
            Expr::Name(name) => of_answer(self.answer(name)).ok_or_else(|| missing(name))?,
            Expr::Decided(name) => of_answer(self.decided.get(name)).ok_or_else(|| missing(name))?,
            Expr::Counter(name) => Value::Number(self.item.counter(name).into()),
            Expr::Limit(name) => Value::Number((*self.limits.get(name).ok_or_else(|| missing(name))?).into()),
            Expr::Record(name) => Value::Number(*self.records.get(name).ok_or_else(|| missing(name))?),
            Expr::Size(name) => Value::Number(self.answer(name).map_or(0, size).into()),
            Expr::Sum { table, column, rows } => Value::Number(self.sum(table, column, rows.as_deref())?),
            Expr::Complete(track) => {
                Value::YesNo(self.item.tracks.get(track).is_some_and(crate::workflow::item::Progress::complete))
            }
            Expr::Count(verdict, track) => {
                Value::Number(self.item.tracks.get(track).map_or(0, |progress| progress.count(*verdict)).into())
            }
            Expr::Not(inner) => Value::YesNo(!self.holds(inner)),
            Expr::Minus(inner) => Value::Number(-self.number(inner)?),
            Expr::In(inner, list) => {
                let value = self.value(inner);
                Value::YesNo(value.is_ok() && list.iter().any(|literal| self.value(literal) == value))
            }
            Expr::Binary(operator, left, right) => self.binary(*operator, left, right)?,
        };
        Ok(value)
    }

    fn binary(&self, operator: Operator, left: &Node, right: &Node) -> Result<Value, Missing> {
        let arithmetic = |apply: fn(Decimal, Decimal) -> Option<Decimal>| {
            let (left, right) = (self.number(left)?, self.number(right)?);
            apply(left, right).map(Value::Number).ok_or_else(|| Missing("a number too large to reckon with".to_owned()))
        };
        Ok(match operator {
            Operator::And => Value::YesNo(self.holds(left) && self.holds(right)),
            Operator::Or => Value::YesNo(self.holds(left) || self.holds(right)),
            Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::AtMost
            | Operator::More
            | Operator::AtLeast => Value::YesNo(match (self.value(left), self.value(right)) {
                (Ok(left), Ok(right)) => operator.compares(&left, &right),
                _ => false,
            }),
            Operator::Times => arithmetic(Decimal::checked_mul)?,
            Operator::Plus | Operator::Minus => match self.value(left)? {
                Value::Date(date) => self.shift(operator, date, right)?,
                Value::Time(time) => self.minutes(time, right)?,
                _ if operator == Operator::Plus => arithmetic(Decimal::checked_add)?,
                _ => arithmetic(Decimal::checked_sub)?,
            },
        })
    }

    fn shift(&self, operator: Operator, date: Date, by: &Node) -> Result<Value, Missing> {
        let out_of_range = || Missing("a date out of the calendar".to_owned());
        let Value::Text(text) = self.value(by)? else { return Err(out_of_range()) };
        let span: Span = text.parse().map_err(|_error: jiff::Error| out_of_range())?;
        let moved = if operator == Operator::Plus { date.checked_add(span) } else { date.checked_sub(span) };
        moved.map(Value::Date).map_err(|_error: jiff::Error| out_of_range())
    }

    /// Minutes from one time of day to another; below zero where it is earlier.
    fn minutes(&self, end: Time, begin: &Node) -> Result<Value, Missing> {
        let Value::Time(begin) = self.value(begin)? else { return Err(Missing("a time of day".to_owned())) };
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        Ok(Value::Number((minutes(end) - minutes(begin)).into()))
    }

    fn number(&self, node: &Node) -> Result<Decimal, Missing> {
        match self.value(node)? {
            Value::Number(number) => Ok(number),
            _ => Err(Missing("a number".to_owned())),
        }
    }

    fn sum(&self, table: &str, column: &str, chosen: Option<&str>) -> Result<Decimal, Missing> {
        let Some(Answer::Table(rows)) = self.answers.get(table) else { return Ok(Decimal::ZERO) };
        let chosen = chosen.map(|name| match self.decided.get(name) {
            Some(Answer::Choices(numbers)) => numbers.as_slice(),
            _ => &[],
        });
        let summed: Vec<&Row> = (1_usize..)
            .zip(rows)
            .filter(|(number, _)| chosen.is_none_or(|chosen| chosen.contains(&number.to_string())))
            .map(|(_, row)| row)
            .collect();
        // What is at the same time counts once: nobody attends both.
        let counts = column == agenda::counted(summed.iter().copied());
        let twice = if counts { agenda::unattended(self.answers, &summed) } else { 0 };
        summed
            .iter()
            .filter_map(|row| match of_answer(row.get(column)) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            })
            .try_fold(Decimal::ZERO, Decimal::checked_add)
            .map(|sum| sum - Decimal::from(twice))
            .ok_or_else(|| Missing(format!("{table}.{column}")))
    }

    fn collect(&self, node: &Node, reads: &mut BTreeMap<String, String>) {
        node.each(&mut |expr| {
            if !expr.is_read() {
                return;
            }
            let part = Node { at: 0, expr: expr.clone() };
            let value = self.value(&part);
            reads.insert(
                part.to_string(),
                value.map_or_else(|_: Missing| "not answered".to_owned(), |value| value.to_string()),
            );
        });
    }
}

impl Operator {
    /// Whether a comparison holds; two values of different types compare in no way.
    pub(crate) fn compares(self, left: &Value, right: &Value) -> bool {
        let order = || order(left, right);
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Less => order().is_some_and(Ordering::is_lt),
            Self::AtMost => order().is_some_and(Ordering::is_le),
            Self::More => order().is_some_and(Ordering::is_gt),
            Self::AtLeast => order().is_some_and(Ordering::is_ge),
            Self::And | Self::Or | Self::Plus | Self::Minus | Self::Times => false,
        }
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Time(left), Value::Time(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn of_answer(answer: Option<&Answer>) -> Option<Value> {
    Some(match answer? {
        Answer::Text(text) | Answer::Choice(text) => Value::Text(text.clone()),
        Answer::Integer(number) => Value::Number((*number).into()),
        Answer::Decimal(number) => Value::Number(*number),
        Answer::Date(date) => Value::Date(*date),
        Answer::Time(time) => Value::Time(*time),
        Answer::YesNo(value) => Value::YesNo(*value),
        Answer::Choices(_) | Answer::Table(_) | Answer::People(_) | Answer::Files(_) => return None,
    })
}

fn size(answer: &Answer) -> usize {
    match answer {
        Answer::Text(text) => text.chars().count(),
        Answer::Choices(chosen) => chosen.len(),
        Answer::Table(rows) => rows.len(),
        Answer::People(people) => people.len(),
        Answer::Files(files) => files.len(),
        Answer::Integer(_)
        | Answer::Decimal(_)
        | Answer::Date(_)
        | Answer::Time(_)
        | Answer::YesNo(_)
        | Answer::Choice(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::PersonId,
        workflow::condition::{Type, Vocabulary},
    };

    fn holds(source: &str) -> bool {
        evaluate(source) == Ok(Value::YesNo(true))
    }

    fn evaluate(source: &str) -> Result<Value, Missing> {
        let names =
            |names: &[(&str, Type)]| names.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect();
        let vocabulary = Vocabulary {
            questions: names(&[
                ("hours", Type::Number),
                ("other", Type::Number),
                ("attest", Type::YesNo),
                ("unsaid", Type::YesNo),
                ("starts_on", Type::Date),
                ("format", Type::Text(None)),
                ("files", Type::Many),
                ("agenda", Type::Many),
            ]),
            columns: [("agenda".to_owned(), names(&[("minutes", Type::Number)]))].into(),
            counters: ["rounds".to_owned()].into(),
            limits: ["rounds".to_owned()].into(),
            ..Vocabulary::default()
        };
        let mut condition = Condition::parse(source).expect(source);
        condition.check(&vocabulary).expect(source);
        let row = |minutes: Option<i64>| {
            minutes.map(|minutes| ("minutes".to_owned(), Answer::Integer(minutes))).into_iter().collect()
        };
        let answers = Answers(
            [
                ("hours", Answer::Decimal(Decimal::new(825, 2))),
                ("attest", Answer::YesNo(true)),
                ("starts_on", Answer::Date(date(2027, 1, 31))),
                ("format", Answer::Choice("live".to_owned())),
                ("agenda", Answer::Table(vec![row(Some(45)), row(None), row(Some(30))])),
            ]
            .map(|(name, answer)| (name.to_owned(), answer))
            .into(),
        );
        let mut item = Item::of(PersonId(Uuid::nil()));
        item.counters.insert("rounds".to_owned(), 1);
        let limits = IndexMap::from([("rounds".to_owned(), 2)]);
        let scope = Scope {
            answers: &answers,
            decided: &Answers::default(),
            item: &item,
            limits: &limits,
            records: &BTreeMap::new(),
            today: date(2026, 11, 22),
            row: None,
            symbolic: None,
        };
        condition.evaluate(&scope)
    }

    #[test]
    fn numbers_are_exact_and_dates_follow_the_calendar() {
        assert!(holds("hours == 8.25 && hours - 0.25 == 8 && hours * 2 == 16.5"));
        assert!(holds("sum(agenda.minutes) == 75"));
        assert!(holds("starts_on - 'P1M' == starts_on - 'P31D' && starts_on > today"));
        assert!(holds("rounds < limit.rounds && format in ['live', 'x'] && -hours < 0"));
        assert_eq!(evaluate("hours + 1"), Ok(Value::Number(Decimal::new(925, 2))));
    }

    #[test]
    fn what_was_not_answered_makes_every_comparison_false() {
        for source in ["other == 1", "other != 1", "other < 1", "other in [1]", "other + 1 > 0", "unsaid"] {
            assert!(!holds(source), "{source}");
        }
        assert!(holds("!unsaid && size(files) == 0"));
        assert_eq!(evaluate("other + 1"), Err(Missing("other".to_owned())));
    }

    #[test]
    fn a_number_out_of_range_makes_the_comparison_false() {
        let nines = "9".repeat(28);
        assert!(!holds(&format!("{nines} * {nines} > 1")));
    }
}
