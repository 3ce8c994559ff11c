//! Looking through conditions: what is compared with constants, and what can only be taken either way.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::{
    Part, Run, SymbolicAnswers, Variable,
    partition::{Constraint, Domain, cells},
};
use crate::workflow::condition::{
    Value,
    syntax::{Expr, Node, Operator},
};

pub(super) struct Survey<'d> {
    limits: &'d IndexMap<String, u32>,
    domain: &'d dyn Fn(&str) -> Domain,
    found: BTreeMap<String, Found>,
    variables: Vec<(usize, String)>,
    either: Vec<(usize, String)>,
}

struct Found {
    decided: bool,
    domain: Domain,
    constraints: Vec<Constraint>,
}

impl<'d> Survey<'d> {
    pub(super) fn new(limits: &'d IndexMap<String, u32>, domain: &'d dyn Fn(&str) -> Domain) -> Self {
        Self { limits, domain, found: BTreeMap::new(), variables: Vec::new(), either: Vec::new() }
    }

    /// A part that is yes or no.
    pub(super) fn visit(&mut self, node: &Node) {
        match &node.expr {
            Expr::Binary(Operator::And | Operator::Or, left, right) => {
                self.visit(left);
                self.visit(right);
            }
            Expr::Not(inner) => self.visit(inner),
            Expr::Name(_) | Expr::Decided(_) => self.variable(node, Constraint::Holds),
            Expr::Binary(operator, left, right) => {
                let sides = [(left, right, *operator), (right, left, operator.turned())];
                let plain = sides.into_iter().find_map(|(variable, constant, operator)| {
                    let constant = self.constant(constant)?;
                    self.is_plain(variable).then_some((variable, Constraint::Compares(operator, constant)))
                });
                match plain {
                    Some((variable, constraint)) => self.variable(variable, constraint),
                    None => self.mixed(node),
                }
            }
            Expr::In(inner, list) => {
                let constants: Option<Vec<Value>> = list.iter().map(|literal| self.constant(literal)).collect();
                match constants.filter(|_| self.is_plain(inner)) {
                    Some(constants) => self.variable(inner, Constraint::IsOneOf(constants)),
                    None => self.mixed(node),
                }
            }
            _ => {}
        }
    }

    pub(super) fn finish(self) -> SymbolicAnswers {
        let mut parts = HashMap::new();
        let names: Vec<&String> = self.found.keys().collect();
        for (part, name) in &self.variables {
            if let Ok(at) = names.binary_search(&name) {
                parts.insert(*part, Part::Variable(at));
            }
        }
        let mut either: Vec<String> = self.either.iter().map(|(_, text)| text.clone()).collect();
        either.sort();
        either.dedup();
        for (part, text) in &self.either {
            if let Ok(at) = either.binary_search(text) {
                parts.insert(*part, Part::Either(at));
            }
        }
        let variables = self.found.into_iter().map(|(name, found)| Variable {
            name,
            decided: found.decided,
            cells: cells(&found.domain, &found.constraints),
        });
        SymbolicAnswers { variables: variables.collect(), either, parts, run: Run::default().into() }
    }

    /// Whether it is one answer whose values can be taken apart. A date can not: no condition names a constant one.
    fn is_plain(&self, node: &Node) -> bool {
        node.expr.is_answer() && !matches!(self.domain_of(&node.expr), Domain::Date)
    }

    fn domain_of(&self, expr: &Expr) -> Domain {
        match expr {
            Expr::Name(name) => (self.domain)(name),
            Expr::Decided(name) => (self.domain)(&format!("decided.{name}")),
            Expr::Size(_) => Domain::count(),
            Expr::Sum { rows: None, .. } => Domain::total(),
            _ => Domain::Date,
        }
    }

    fn variable(&mut self, node: &Node, constraint: Constraint) {
        let name = node.to_string();
        self.variables.push((std::ptr::from_ref(node).addr(), name.clone()));
        let domain = self.domain_of(&node.expr);
        let decided = matches!(node.expr, Expr::Decided(_));
        let found = self.found.entry(name).or_insert_with(|| Found { decided, domain, constraints: Vec::new() });
        found.constraints.push(constraint);
    }

    fn mixed(&mut self, node: &Node) {
        let mut answers = false;
        node.each(&mut |expr| answers |= expr.is_answer());
        if answers {
            self.either.push((std::ptr::from_ref(node).addr(), node.to_string()));
        }
    }

    fn constant(&self, node: &Node) -> Option<Value> {
        match &node.expr {
            Expr::Yes(value) => Some(Value::YesNo(*value)),
            Expr::Number(value) => Some(Value::Number(*value)),
            Expr::Text(value) => Some(Value::Text(value.clone())),
            Expr::Limit(name) => self.limits.get(name).map(|limit| Value::Number((*limit).into())),
            Expr::Minus(inner) => match self.constant(inner)? {
                Value::Number(value) => Some(Value::Number(-value)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Operator {
    /// The comparison with its sides changed over.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            other => other,
        }
    }
}
