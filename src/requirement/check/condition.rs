//! Conditions: every name known, every type right, and none that always comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::Check;
use crate::{
    requirement::{
        FactKind,
        definition::{EquivalentEffect, Requirement},
        known::{Known, Names},
    },
    workflow::{
        Condition, Fault,
        check::tree::{Data, Node},
        condition::{Expr, Type, Value, Vocabulary},
    },
};

/// So many ways of answering are tried for whether a condition always comes to the same.
const MOST_TRIED: usize = 20_000;

impl Check<'_, '_> {
    pub(super) fn conditions(&mut self, requirement: &mut Requirement) {
        let vocabulary = self.vocabulary();
        for (id, rule) in &mut requirement.rules {
            self.condition(&["rules", id, "when"], rule.when.as_mut(), &vocabulary);
            self.condition(&["rules", id, "unless"], rule.unless.as_mut(), &vocabulary);
            for (n, reading) in rule.readings.iter_mut().enumerate() {
                let path = ["rules", id, "readings", &n.to_string(), "when"];
                self.condition(&path, reading.when.as_mut(), &vocabulary);
            }
        }
        for (id, equivalent) in &mut requirement.equivalents {
            if let EquivalentEffect::Covers { when, .. } = &mut equivalent.effect {
                self.condition(&["equivalents", id, "when"], Some(when), &vocabulary);
            }
        }
        for (n, accepted) in requirement.counts.iter_mut().enumerate() {
            let path = ["counts", &n.to_string(), "when"];
            self.condition(&path, accepted.when.as_mut(), &vocabulary);
        }
    }

    /// What a condition may name: `renewal`, `issued`, `today` and the facts.
    fn vocabulary(&self) -> Vocabulary {
        let facts = self.catalogue.facts.iter().map(|(id, fact)| (id.clone(), fact.kind.in_conditions()));
        let own = [("renewal".to_owned(), Type::Number), ("issued".to_owned(), Type::Date)];
        Vocabulary { questions: facts.chain(own).collect(), ..Vocabulary::default() }
    }

    fn condition(&mut self, path: &[&str], condition: Option<&mut Condition>, vocabulary: &Vocabulary) {
        let Some(condition) = condition else { return };
        let node = self.tree.node(path);
        match condition.check(vocabulary) {
            Ok(Type::YesNo) => {
                if let Some(always) = self.always(condition) {
                    let message = format!("this is {always} whatever is answered");
                    self.fault("condition", path, message);
                }
            }
            Ok(_) => self.fault("condition", path, "this is no yes or no"),
            Err(faults) => {
                for fault in faults {
                    let at = node.map_or_else(
                        || self.place(path),
                        |node: &Node| match node.data {
                            Data::Text(_) => self.tree.inside(node, fault.at),
                            _ => node.at,
                        },
                    );
                    self.faults.push(Fault::error("condition", at, told(&fault.message)));
                }
            }
        }
    }

    /// What a condition always comes to, if all ways of answering that make a difference to it come to the same.
    fn always(&self, condition: &Condition) -> Option<&'static str> {
        let (mut numbers, mut days, mut names) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        condition.root.each(&mut |expr| match expr {
            Expr::Number(number) => drop(numbers.insert(*number)),
            Expr::Date(day) => drop(days.insert(*day)),
            Expr::Name(name) => drop(names.insert(name.clone())),
            Expr::Today => drop(names.insert("today".to_owned())),
            _ => {}
        });
        let choices: Vec<(String, Vec<Value>)> = names
            .into_iter()
            .map(|name| {
                let values = self.values(&name, &numbers, &days);
                (name, values)
            })
            .collect();
        let tried: usize = choices.iter().map(|(_, values)| values.len()).product();
        if tried > MOST_TRIED {
            return None;
        }
        let mut seen = BTreeSet::new();
        for n in 0..tried {
            let mut rest = n;
            let mut told = BTreeMap::new();
            for (name, values) in &choices {
                if let Some(value) = values.get(rest % values.len()) {
                    told.insert(name.clone(), value.clone());
                }
                rest /= values.len();
            }
            seen.insert(Known::of(condition, &Told(told)) == Known::Yes);
        }
        match (seen.contains(&true), seen.contains(&false)) {
            (true, false) => Some("always true"),
            (false, true) => Some("always false"),
            _ => None,
        }
    }

    /// Answers to a question that can make a difference: at, just below and just above every written value.
    fn values(&self, name: &str, numbers: &BTreeSet<Decimal>, days: &BTreeSet<Date>) -> Vec<Value> {
        let around = |number: &Decimal| [*number - Decimal::ONE, *number, *number + Decimal::ONE];
        let all_numbers = || numbers.iter().flat_map(around).chain([Decimal::ZERO, Decimal::ONE_HUNDRED]);
        match name {
            "renewal" => {
                let whole: BTreeSet<Decimal> =
                    all_numbers().chain((1..=4).map(Decimal::from)).filter(|number| *number >= Decimal::ONE).collect();
                whole.into_iter().map(Value::Number).collect()
            }
            "issued" | "today" => dates(days),
            _ => match self.catalogue.facts.get(name).map(|fact| &fact.kind) {
                Some(FactKind::Choice(options)) => options.keys().cloned().map(Value::Text).collect(),
                Some(FactKind::YesNo) => vec![Value::YesNo(false), Value::YesNo(true)],
                Some(FactKind::Date) => dates(days),
                _ => {
                    let distinct: BTreeSet<Decimal> = all_numbers().collect();
                    distinct.into_iter().map(Value::Number).collect()
                }
            },
        }
    }
}

fn dates(days: &BTreeSet<Date>) -> Vec<Value> {
    let far = [Date::constant(1970, 1, 1), Date::constant(2010, 7, 1), Date::constant(2040, 1, 1)];
    let around = days.iter().flat_map(|day| [day.saturating_sub(1.day()), *day, day.saturating_add(1.day())]);
    let distinct: BTreeSet<Date> = around.chain(far).collect();
    distinct.into_iter().map(Value::Date).collect()
}

/// A fault of the workflow language in the words of requirements.
fn told(message: &str) -> String {
    message
        .replace("there is no question or counter", "there is no fact")
        .replace("there is no question", "there is no fact")
}

struct Told(BTreeMap<String, Value>);

impl Names for Told {
    fn value(&self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }
}
