//! What a condition speaks of.

use rust_decimal::Decimal;

use super::{
    Condition,
    syntax::{Expr, Node},
};
use crate::workflow::Verdict;

impl Condition {
    /// The answers at decisions that it reads.
    #[must_use]
    pub fn reads_decided(&self) -> Vec<&str> {
        self.each_of(|expr| match expr {
            Expr::Decided(name) | Expr::Sum { rows: Some(name), .. } => Some(name.as_str()),
            _ => None,
        })
    }

    /// Verdicts that it counts, by track.
    pub(in crate::workflow) fn counts(&self) -> Vec<(Verdict, &str)> {
        self.each_of(|expr| match expr {
            Expr::Count(verdict, track) => Some((*verdict, track.as_str())),
            _ => None,
        })
    }

    /// Tracks whose verdicts it reads.
    pub(in crate::workflow) fn tracks(&self) -> Vec<&str> {
        self.each_of(|expr| match expr {
            Expr::Complete(track) | Expr::Count(_, track) => Some(track.as_str()),
            _ => None,
        })
    }

    /// Counters it reads.
    pub(in crate::workflow) fn counters(&self) -> Vec<&str> {
        self.each_of(|expr| match expr {
            Expr::Counter(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Limits it reads.
    pub(in crate::workflow) fn limits(&self) -> Vec<&str> {
        self.each_of(|expr| match expr {
            Expr::Limit(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Questions that it reads, of a row its columns too, in the order of the text.
    pub(in crate::workflow) fn asks(&self) -> Vec<&str> {
        self.each_of(|expr| match expr {
            Expr::Name(name) | Expr::Size(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Numbers it says.
    pub(in crate::workflow) fn numbers(&self) -> Vec<Decimal> {
        self.each_of(|expr| match expr {
            Expr::Number(number) => Some(*number),
            _ => None,
        })
    }

    fn each_of<'c, T>(&'c self, pick: impl Fn(&'c Expr) -> Option<T>) -> Vec<T> {
        let mut picked = Vec::new();
        self.root.each(&mut |expr| picked.extend(pick(expr)));
        picked
    }
}

impl Node {
    pub(crate) fn each<'n>(&'n self, visit: &mut dyn FnMut(&'n Expr)) {
        self.each_node(&mut |node| visit(&node.expr));
    }

    pub(super) fn each_node<'n>(&'n self, visit: &mut dyn FnMut(&'n Self)) {
        visit(self);
        match &self.expr {
            Expr::Not(inner) | Expr::Minus(inner) | Expr::In(inner, _) => inner.each_node(visit),
            Expr::Binary(_, left, right) => {
                left.each_node(visit);
                right.each_node(visit);
            }
            _ => {}
        }
    }
}

impl Expr {
    /// Whether it stands for something outside the condition.
    pub(super) fn is_read(&self) -> bool {
        self.is_answer() || matches!(self, Self::Counter(_) | Self::Limit(_) | Self::Complete(_) | Self::Count(..))
    }

    /// Whether it stands for what somebody answered, what the books say, or the day it is read on.
    pub(super) fn is_answer(&self) -> bool {
        matches!(
            self,
            Self::Name(_) | Self::Decided(_) | Self::Size(_) | Self::Sum { .. } | Self::Record(_) | Self::Today
        )
    }
}
