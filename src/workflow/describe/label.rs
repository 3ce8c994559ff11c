//! A condition in few words, for a label in a drawing.

use rust_decimal::Decimal;

use crate::workflow::{
    Condition, Definition, Verdict,
    condition::{Expr, Node, Operator},
};

impl Condition {
    /// The condition in few words, where it is made of what has a short name; a drawing says the rest elsewhere.
    #[must_use]
    pub fn in_words(&self, definition: &Definition) -> Option<String> {
        self.root.in_words(definition)
    }
}

impl Node {
    fn in_words(&self, definition: &Definition) -> Option<String> {
        let title = |name: &str| definition.track(name).map_or_else(|| plain(name), |track| track.title(name));
        match &self.expr {
            Expr::Complete(track) => Some(format!("{} complete", title(track))),
            Expr::Not(inner) => match &inner.expr {
                Expr::Complete(track) => Some(format!("{} not complete", title(track))),
                Expr::Name(name) => Some(format!("not {}", plain(name))),
                _ => None,
            },
            Expr::Binary(Operator::And, left, right) => joined(left, right, " and ", definition),
            Expr::Binary(Operator::Or, left, right) => joined(left, right, ", or ", definition),
            Expr::Binary(operator, left, right) => comparison(*operator, left, right),
            Expr::Name(name) => Some(plain(name)),
            _ => None,
        }
    }

    /// Whether the other says no more than this: counting verdicts of a track already supposes that it is complete.
    fn supposes(&self, other: &Self) -> bool {
        let Expr::Complete(track) = &other.expr else { return false };
        match &self.expr {
            Expr::Binary(Operator::And | Operator::Or, left, right) => left.supposes(other) || right.supposes(other),
            Expr::Binary(_, left, _) => matches!(&left.expr, Expr::Count(_, counted) if counted == track),
            _ => false,
        }
    }
}

fn joined(left: &Node, right: &Node, word: &str, definition: &Definition) -> Option<String> {
    if right.supposes(left) {
        return right.in_words(definition);
    }
    Some(format!("{}{word}{}", left.in_words(definition)?, right.in_words(definition)?))
}

fn comparison(operator: Operator, left: &Node, right: &Node) -> Option<String> {
    match (&left.expr, &right.expr) {
        (Expr::Count(verdict, _), Expr::Number(number)) => {
            let (one, several) = match verdict {
                Verdict::Approve => ("approval", "approvals"),
                Verdict::Revise => ("request for changes", "requests for changes"),
                Verdict::Reject => ("rejection", "rejections"),
            };
            let noun = if *number == Decimal::ONE { one } else { several };
            if (operator, *number) == (Operator::Less, Decimal::ONE) {
                return Some(format!("no {one}"));
            }
            Some(format!("{} {} {noun}", amount(operator, "fewer than")?, number.normalize()))
        }
        (Expr::Counter(name), Expr::Limit(_)) => match operator {
            Operator::Less => Some(format!("{} left", plain(name))),
            Operator::AtLeast => Some(format!("no {} left", plain(name))),
            _ => None,
        },
        (Expr::Name(name), Expr::Number(number)) => {
            Some(format!("{} {} {}", plain(name), amount(operator, "less than")?, number.normalize()))
        }
        (Expr::Name(name), Expr::Text(text)) => match operator {
            Operator::Equal => Some(format!("{} is {text}", plain(name))),
            Operator::Unequal => Some(format!("{} is not {text}", plain(name))),
            _ => None,
        },
        _ => None,
    }
}

fn amount(operator: Operator, less: &'static str) -> Option<&'static str> {
    match operator {
        Operator::Equal => Some("exactly"),
        Operator::Less => Some(less),
        Operator::AtMost => Some("at most"),
        Operator::More => Some("more than"),
        Operator::AtLeast => Some("at least"),
        _ => None,
    }
}

fn plain(name: &str) -> String {
    name.replace('_', " ")
}
