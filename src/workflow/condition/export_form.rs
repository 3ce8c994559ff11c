//! A condition for other programs: what they can count themselves is spelt out, the rest is an outcome that whoever
//! sends an event tells with it.

use rust_decimal::Decimal;

use super::{
    Condition, Scope,
    syntax::{Expr, Node, Operator},
};
use crate::workflow::Verdict;

/// A condition taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workflow) enum ExportForm {
    /// All of them.
    All(Vec<ExportForm>),
    /// One of them.
    Any(Vec<ExportForm>),
    /// Not this.
    Not(Box<ExportForm>),
    /// Whether a track is complete.
    Complete(String),
    /// Two numbers compared: `<`, `<=`, `>`, `>=`, `==` or `!=`.
    Compare(Term, &'static str, Term),
    /// Something about answers, decisions or today, as text.
    Outcome(String),
}

/// A number that follows from what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workflow) enum Term {
    /// A written number.
    Number(Decimal),
    /// A counter.
    Counter(String),
    /// A limit.
    Limit(String),
    /// Verdicts of one kind.
    Verdicts(Verdict, String),
    /// Two terms with `+`, `-` or `*` between them.
    Arithmetic(Box<Term>, &'static str, Box<Term>),
}

impl Condition {
    /// The condition taken apart.
    pub(in crate::workflow) fn export_form(&self) -> ExportForm {
        self.root.export_form()
    }

    /// Every outcome it reads, as text, and what it is now.
    #[must_use]
    pub fn outcomes(&self, scope: &Scope<'_>) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        self.root.outcomes(scope, &mut found);
        found
    }
}

impl Node {
    fn export_form(&self) -> ExportForm {
        match &self.expr {
            Expr::Yes(true) => ExportForm::All(Vec::new()),
            Expr::Yes(false) => ExportForm::Any(Vec::new()),
            Expr::Complete(track) => ExportForm::Complete(track.clone()),
            Expr::Not(inner) => ExportForm::Not(Box::new(inner.export_form())),
            Expr::Binary(Operator::And, left, right) => ExportForm::All(vec![left.export_form(), right.export_form()]),
            Expr::Binary(Operator::Or, left, right) => ExportForm::Any(vec![left.export_form(), right.export_form()]),
            Expr::Binary(operator, left, right) => match (left.term(), right.term()) {
                (Some(left), Some(right)) => ExportForm::Compare(left, operator.sign(), right),
                _ => ExportForm::Outcome(self.to_string()),
            },
            _ => ExportForm::Outcome(self.to_string()),
        }
    }

    /// The number, where no answer is needed for it.
    fn term(&self) -> Option<Term> {
        Some(match &self.expr {
            Expr::Number(number) => Term::Number(*number),
            Expr::Counter(name) => Term::Counter(name.clone()),
            Expr::Limit(name) => Term::Limit(name.clone()),
            Expr::Count(verdict, track) => Term::Verdicts(*verdict, track.clone()),
            Expr::Minus(inner) => Term::Arithmetic(Box::new(Term::Number(Decimal::ZERO)), "-", Box::new(inner.term()?)),
            Expr::Binary(operator @ (Operator::Plus | Operator::Minus | Operator::Times), left, right) => {
                Term::Arithmetic(Box::new(left.term()?), operator.sign(), Box::new(right.term()?))
            }
            _ => return None,
        })
    }

    fn outcomes(&self, scope: &Scope<'_>, found: &mut Vec<(String, bool)>) {
        match &self.expr {
            Expr::Not(inner) => inner.outcomes(scope, found),
            Expr::Binary(Operator::And | Operator::Or, left, right) => {
                left.outcomes(scope, found);
                right.outcomes(scope, found);
            }
            _ => {
                if let ExportForm::Outcome(text) = self.export_form() {
                    found.push((text, scope.holds(self)));
                }
            }
        }
    }
}
