//! Three-valued conditions: what nobody told is unknown, never no.

use jiff::{Span, civil::Date};
use rust_decimal::Decimal;

use crate::workflow::{
    Condition,
    condition::{Expr, Node, Operator, Value},
};

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// That depends on this fact, which is asked first; others may follow.
    Unknown(String),
}

/// Where conditions read.
pub(super) trait Names {
    /// A name's value, if it is known.
    fn value(&self, name: &str) -> Option<Value>;
}

/// What a part comes to: a value, or the first fact that is missing.
type Found = Result<Value, String>;

impl Known {
    /// What a condition comes to.
    #[must_use]
    pub(super) fn of(condition: &Condition, names: &dyn Names) -> Self {
        yes_no(part(&condition.root, names))
    }

    /// Both; the second is not asked for where the first settles it.
    #[must_use]
    pub(super) fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes => other(),
            Self::Unknown(fact) => match other() {
                Self::No => Self::No,
                Self::Yes | Self::Unknown(_) => Self::Unknown(fact),
            },
        }
    }

    /// The opposite.
    #[must_use]
    pub(super) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

fn yes_no(found: Found) -> Known {
    match found {
        Ok(Value::YesNo(true)) => Known::Yes,
        Ok(_) => Known::No,
        Err(fact) => Known::Unknown(fact),
    }
}

fn told(known: Known) -> Found {
    match known {
        Known::Yes => Ok(Value::YesNo(true)),
        Known::No => Ok(Value::YesNo(false)),
        Known::Unknown(fact) => Err(fact),
    }
}

fn part(node: &Node, names: &dyn Names) -> Found {
    match &node.expr {
        Expr::Yes(value) => Ok(Value::YesNo(*value)),
        Expr::Number(value) => Ok(Value::Number(*value)),
        Expr::Text(value) => Ok(Value::Text(value.clone())),
        Expr::Date(value) => Ok(Value::Date(*value)),
        Expr::Today => names.value("today").ok_or_else(|| "today".to_owned()),
        Expr::Name(name) => names.value(name).ok_or_else(|| name.clone()),
        Expr::Not(inner) => told(yes_no(part(inner, names)).not()),
        Expr::Minus(inner) => number(part(inner, names)?).map(|number| Value::Number(-number)),
        Expr::In(inner, list) => {
            let value = part(inner, names)?;
            Ok(Value::YesNo(list.iter().any(|item| part(item, names).as_ref() == Ok(&value))))
        }
        Expr::Binary(operator, left, right) => binary(*operator, left, right, names),
        // Typing lets none of these into a requirement: nothing gives them a name.
        Expr::Counter(name) | Expr::Limit(name) | Expr::Decided(name) | Expr::Size(name) | Expr::Record(name) => {
            Err(name.clone())
        }
        Expr::Complete(name) | Expr::Count(_, name) => Err(name.clone()),
        Expr::Sum { table, .. } => Err(table.clone()),
    }
}

fn binary(operator: Operator, left: &Node, right: &Node, names: &dyn Names) -> Found {
    let both = || (yes_no(part(left, names)), || yes_no(part(right, names)));
    match operator {
        Operator::And => {
            let (left, right) = both();
            told(left.and(right))
        }
        // Not (not this and not that).
        Operator::Or => {
            let (left, right) = both();
            told(left.not().and(|| right().not()).not())
        }
        Operator::Plus | Operator::Minus | Operator::Times => {
            let (left, right) = (part(left, names)?, part(right, names)?);
            moved(operator, &left, &right)
        }
        _ => {
            let (left, right) = (part(left, names)?, part(right, names)?);
            Ok(Value::YesNo(operator.compares(&left, &right)))
        }
    }
}

fn moved(operator: Operator, left: &Value, right: &Value) -> Found {
    let beyond = || "a number that is not too large".to_owned();
    if let (Value::Date(day), Value::Text(length)) = (left, right) {
        let moved: Option<Date> = length.parse::<Span>().ok().and_then(|span| {
            if operator == Operator::Plus { day.checked_add(span).ok() } else { day.checked_sub(span).ok() }
        });
        return moved.map(Value::Date).ok_or_else(beyond);
    }
    let (left, right) = (number(left.clone())?, number(right.clone())?);
    let found = match operator {
        Operator::Plus => left.checked_add(right),
        Operator::Minus => left.checked_sub(right),
        _ => left.checked_mul(right),
    };
    found.map(Value::Number).ok_or_else(beyond)
}

fn number(value: Value) -> Result<Decimal, String> {
    match value {
        Value::Number(number) => Ok(number),
        other => Err(other.to_string()),
    }
}
