//! A part of a condition as text again.

use std::fmt;

use super::syntax::{Expr, Node, Operator};
use crate::workflow::Verdict;

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            Expr::Yes(value) => value.fmt(f),
            Expr::Number(value) => value.fmt(f),
            Expr::Text(value) => write!(f, "'{value}'"),
            Expr::Date(day) => write!(f, "date('{day}')"),
            Expr::Name(name) | Expr::Counter(name) => f.write_str(name),
            Expr::Today => f.write_str("today"),
            Expr::Limit(name) => write!(f, "limit.{name}"),
            Expr::Decided(name) => write!(f, "decided.{name}"),
            Expr::Size(name) => write!(f, "size({name})"),
            Expr::Sum { table, column, rows: None } => write!(f, "sum({table}.{column})"),
            Expr::Sum { table, column, rows: Some(rows) } => write!(f, "sum({table}.{column}, decided.{rows})"),
            Expr::Record(name) => write!(f, "record.{name}"),
            Expr::Complete(track) => write!(f, "complete('{track}')"),
            Expr::Count(verdict, track) => {
                let function = match verdict {
                    Verdict::Approve => "approvals",
                    Verdict::Revise => "revisions",
                    Verdict::Reject => "rejections",
                };
                write!(f, "{function}('{track}')")
            }
            Expr::Not(inner) => write!(f, "!{}", Inner(inner)),
            Expr::Minus(inner) => write!(f, "-{}", Inner(inner)),
            Expr::Binary(operator, left, right) => {
                write!(f, "{} {} {}", Inner(left), operator.sign(), Inner(right))
            }
            Expr::In(inner, list) => {
                let list: Vec<String> = list.iter().map(ToString::to_string).collect();
                write!(f, "{} in [{}]", Inner(inner), list.join(", "))
            }
        }
    }
}

/// A part inside another: in parentheses where it has parts of its own.
struct Inner<'n>(&'n Node);

impl fmt::Display for Inner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.expr {
            Expr::Binary(..) | Expr::In(..) => write!(f, "({})", self.0),
            _ => self.0.fmt(f),
        }
    }
}

impl Operator {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
        }
    }
}
