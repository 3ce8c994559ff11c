//! Names and types, settled when a file is loaded.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;

use super::{
    ConditionFault,
    syntax::{Expr, Node, Operator},
};
use crate::workflow::nearest::nearest;

/// What a part of a condition is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    YesNo,
    /// A whole or decimal number.
    Number,
    /// A text; with the only values it can have, where it is a choice.
    Text(Option<Vec<String>>),
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// Something only `size` can read: choices, table, people, files.
    Many,
}

/// The names a definition gives to its conditions.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Questions of the form.
    pub questions: BTreeMap<String, Type>,
    /// Columns by table.
    pub columns: BTreeMap<String, BTreeMap<String, Type>>,
    /// Questions that transitions ask.
    pub decided: BTreeMap<String, Type>,
    /// Counters.
    pub counters: BTreeSet<String>,
    /// Of those, the ones that choose rows, with their table.
    pub rows: BTreeMap<String, String>,
    /// Limits.
    pub limits: BTreeSet<String>,
    /// Records.
    pub records: BTreeSet<String>,
    /// Tracks.
    pub tracks: BTreeSet<String>,
}

impl Type {
    fn name(&self) -> &'static str {
        match self {
            Self::YesNo => "yes or no",
            Self::Number => "a number",
            Self::Text(_) => "a text",
            Self::Date => "a date",
            Self::Time => "a time of day",
            Self::Many => "something only size() can read",
        }
    }

    fn same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Text(_), Self::Text(_))) || (self == other && *self != Self::Many)
    }
}

pub(super) fn check(root: &mut Node, vocabulary: &Vocabulary) -> Result<Type, Vec<ConditionFault>> {
    let mut checker = Checker { vocabulary, faults: Vec::new() };
    let found = checker.visit(root);
    match found {
        Some(found) if checker.faults.is_empty() => Ok(found),
        _ => Err(checker.faults),
    }
}

struct Checker<'v> {
    vocabulary: &'v Vocabulary,
    faults: Vec<ConditionFault>,
}

impl Checker<'_> {
    fn fault<T>(&mut self, at: usize, message: String) -> Option<T> {
        self.faults.push(ConditionFault { at, message });
        None
    }

    fn unknown<'n, T>(
        &mut self,
        at: usize,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n String>,
    ) -> Option<T> {
        let hint = nearest(name, known.map(String::as_str));
        self.fault(at, format!("there is no {what} '{name}'{hint}"))
    }

    /// The type of a part; none where a fault was reported.
    fn visit(&mut self, node: &mut Node) -> Option<Type> {
        let at = node.at;
        let vocabulary = self.vocabulary;
        match &mut node.expr {
            Expr::Yes(_) => Some(Type::YesNo),
            Expr::Number(_) | Expr::Counter(_) => Some(Type::Number),
            Expr::Text(_) => Some(Type::Text(None)),
            Expr::Date(_) | Expr::Today => Some(Type::Date),
            Expr::Name(name) => {
                if vocabulary.counters.contains(name) {
                    node.expr = Expr::Counter(name.clone());
                    return Some(Type::Number);
                }
                if let Some(found) = vocabulary.questions.get(name) {
                    return Some(found.clone());
                }
                let known = vocabulary.questions.keys().chain(&vocabulary.counters);
                self.unknown(at, "question or counter", name, known)
            }
            Expr::Limit(name) if vocabulary.limits.contains(name) => Some(Type::Number),
            Expr::Limit(name) => self.unknown(at, "limit", name, vocabulary.limits.iter()),
            Expr::Record(name) if vocabulary.records.contains(name) => Some(Type::Number),
            Expr::Record(name) => self.unknown(at, "record", name, vocabulary.records.iter()),
            Expr::Decided(name) => match vocabulary.decided.get(name) {
                Some(found) => Some(found.clone()),
                None => self.unknown(at, "question asked by a transition", name, vocabulary.decided.keys()),
            },
            Expr::Size(name) => match vocabulary.questions.get(name) {
                Some(Type::Many | Type::Text(None)) => Some(Type::Number),
                Some(other) => self.fault(
                    at,
                    format!("size() counts files, people, rows, choices or characters; '{name}' is {}", other.name()),
                ),
                None => self.unknown(at, "question", name, vocabulary.questions.keys()),
            },
            Expr::Sum { table, column, rows } => {
                self.rows(at, table, rows.as_deref())?;
                self.sum(at, table, column)
            }
            Expr::Complete(track) => self.track(at, track).map(|()| Type::YesNo),
            Expr::Count(_, track) => self.track(at, track).map(|()| Type::Number),
            Expr::Not(inner) => self.expect(inner, &Type::YesNo),
            Expr::Minus(inner) => self.expect(inner, &Type::Number),
            Expr::In(value, list) => {
                let value = self.visit(value)?;
                for literal in list {
                    let found = self.visit(literal)?;
                    self.alike(at, &value, &found)?;
                    self.listed(literal, &value)?;
                }
                Some(Type::YesNo)
            }
            Expr::Binary(operator, left, right) => self.binary(at, *operator, left, right),
        }
    }

    fn sum(&mut self, at: usize, table: &str, column: &str) -> Option<Type> {
        let Some(columns) = self.vocabulary.columns.get(table) else {
            return self.unknown(at, "table", table, self.vocabulary.columns.keys());
        };
        match columns.get(column) {
            Some(Type::Number) => Some(Type::Number),
            Some(other) => self.fault(at, format!("sum() adds numbers; '{table}.{column}' is {}", other.name())),
            None => self.unknown(at, "column", column, columns.keys()),
        }
    }

    /// What was chosen has to be rows of the table that is added up.
    fn rows(&mut self, at: usize, table: &str, rows: Option<&str>) -> Option<()> {
        let Some(name) = rows else { return Some(()) };
        match self.vocabulary.rows.get(name) {
            Some(of) if of == table => Some(()),
            Some(of) => self.fault(at, format!("'decided.{name}' chooses rows of '{of}', not of '{table}'")),
            None => self.unknown(at, "choice of rows", name, self.vocabulary.rows.keys()),
        }
    }

    fn track(&mut self, at: usize, track: &str) -> Option<()> {
        if self.vocabulary.tracks.contains(track) {
            return Some(());
        }
        self.unknown(at, "track", track, self.vocabulary.tracks.iter())
    }

    fn expect(&mut self, node: &mut Node, expected: &Type) -> Option<Type> {
        let at = node.at;
        let found = self.visit(node)?;
        if found == *expected {
            return Some(found);
        }
        self.fault(at, format!("this is {} where {} is needed", found.name(), expected.name()))
    }

    fn binary(&mut self, at: usize, operator: Operator, left: &mut Node, right: &mut Node) -> Option<Type> {
        match operator {
            Operator::And | Operator::Or => {
                // Both sides are looked at, so that one condition reports all that is wrong with it.
                let (left, right) = (self.expect(left, &Type::YesNo), self.expect(right, &Type::YesNo));
                left.and(right)
            }
            Operator::Times => {
                let (left, right) = (self.expect(left, &Type::Number), self.expect(right, &Type::Number));
                left.and(right)
            }
            Operator::Plus | Operator::Minus => {
                let found = self.visit(left)?;
                if found == Type::Date {
                    return self.shifted(right);
                }
                // From one time of day to another it is so many minutes.
                if found == Type::Time && operator == Operator::Minus {
                    return self.expect(right, &Type::Time).and(Some(Type::Number));
                }
                if found != Type::Number {
                    return self.fault(left.at, format!("this is {} where a number or a date is needed", found.name()));
                }
                self.expect(right, &Type::Number)
            }
            Operator::Equal | Operator::Unequal => {
                let (one, other) = (self.visit(left), self.visit(right));
                let (one, other) = (one?, other?);
                self.alike(at, &one, &other)?;
                self.listed(right, &one)?;
                self.listed(left, &other)?;
                Some(Type::YesNo)
            }
            Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
                let (one, other) = (self.visit(left), self.visit(right));
                let (one, other) = (one?, other?);
                self.alike(at, &one, &other)?;
                if matches!(one, Type::Number | Type::Date | Type::Time) {
                    return Some(Type::YesNo);
                }
                self.fault(at, format!("only numbers, dates and times have an order; this is {}", one.name()))
            }
        }
    }

    /// A date moved by a written length of calendar time.
    fn shifted(&mut self, by: &Node) -> Option<Type> {
        let calendar = match &by.expr {
            Expr::Text(text) if text.starts_with('P') => text.parse::<Span>().is_ok_and(|span| {
                span.get_hours() == 0 && span.get_minutes() == 0 && span.get_seconds() == 0 && !span.is_negative()
            }),
            _ => false,
        };
        if calendar {
            return Some(Type::Date);
        }
        self.fault(by.at, "a date moves by a length of time in days, weeks, months or years, as 'P60D'".to_owned())
    }

    fn alike(&mut self, at: usize, one: &Type, other: &Type) -> Option<()> {
        if one.same(other) {
            return Some(());
        }
        self.fault(at, format!("{} cannot be compared with {}", one.name(), other.name()))
    }

    /// A text compared with a choice must be one of its options.
    fn listed(&mut self, literal: &Node, other: &Type) -> Option<()> {
        let (Expr::Text(text), Type::Text(Some(options))) = (&literal.expr, other) else { return Some(()) };
        if options.contains(text) {
            return Some(());
        }
        self.unknown(literal.at, "option", text, options.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Condition, *};

    fn vocabulary() -> Vocabulary {
        let text = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Vocabulary {
            questions: [
                ("hours", Type::Number),
                ("attest", Type::YesNo),
                ("title", Type::Text(None)),
                ("format", Type::Text(Some(text(&["live", "enduring"])))),
                ("starts_on", Type::Date),
                ("evidence", Type::Many),
                ("agenda", Type::Many),
            ]
            .map(|(name, kind)| (name.to_owned(), kind))
            .into(),
            columns: [(
                "agenda".to_owned(),
                [("minutes".to_owned(), Type::Number), ("title".to_owned(), Type::Text(None))].into(),
            )]
            .into(),
            decided: [("credits".to_owned(), Type::Number)].into(),
            counters: text(&["rounds"]).into_iter().collect(),
            limits: text(&["rounds"]).into_iter().collect(),
            tracks: text(&["content"]).into_iter().collect(),
            ..Vocabulary::default()
        }
    }

    fn check(source: &str) -> Result<Type, Vec<(usize, String)>> {
        Condition::parse(source)
            .expect(source)
            .check(&vocabulary())
            .map_err(|faults| faults.into_iter().map(|fault| (fault.at, fault.message)).collect())
    }

    #[test]
    fn sound_conditions_have_a_type() {
        for source in [
            "size(evidence) >= 1 && attest && size(title) > 3",
            "decided.credits * 60 <= sum(agenda.minutes) + 7.5",
            "format != 'live' || starts_on > today",
            "starts_on - 'P60D' >= today",
            "format in ['live', 'enduring']",
            "complete('content') && approvals('content') >= 2 && rounds < limit.rounds",
        ] {
            assert_eq!(check(source), Ok(Type::YesNo), "{source}");
        }
        assert_eq!(check("-hours + 2 * hours"), Ok(Type::Number));
    }

    #[test]
    fn an_unknown_name_is_named_with_the_nearest_known_one() {
        let one = |source: &str| check(source).expect_err(source).remove(0);
        assert_eq!(
            one("attest && hour > 2"),
            (10, "there is no question or counter 'hour'; did you mean 'hours'?".into())
        );
        assert_eq!(one("rounds < limit.round").1, "there is no limit 'round'; did you mean 'rounds'?");
        assert_eq!(one("complete('contant')").1, "there is no track 'contant'; did you mean 'content'?");
        assert_eq!(
            one("decided.credit > 1").1,
            "there is no question asked by a transition 'credit'; did you mean 'credits'?"
        );
        assert_eq!(one("sum(agenda.minute) > 1").1, "there is no column 'minute'; did you mean 'minutes'?");
        assert_eq!(one("format == 'Live'").1, "there is no option 'Live'; did you mean 'live'?");
        assert_eq!(one("zzzzzz").1, "there is no question or counter 'zzzzzz'");
    }

    #[test]
    fn unlike_types_are_refused_where_they_meet() {
        for (source, at) in [
            ("hours == 'x'", 6),
            ("attest > false", 7),
            ("hours && attest", 0),
            ("!hours", 1),
            ("title + 1 > 2", 0),
            ("evidence == evidence", 9),
            ("starts_on + 3 > today", 12),
            ("starts_on + 'PT3H' > today", 12),
            ("sum(agenda.title) > 1", 0),
            ("size(hours) > 1", 0),
            ("title < 'b'", 6),
            ("hours in ['a']", 6),
        ] {
            assert_eq!(check(source).expect_err(source).first().map(|(at, _)| *at), Some(at), "{source}");
        }
    }

    #[test]
    fn all_faults_of_a_condition_are_reported_at_once() {
        assert_eq!(check("hour > 1 && minute > 2").expect_err("two").len(), 2);
    }
}
