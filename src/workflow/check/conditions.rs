//! Every condition of the file, type-checked against the names of the file.

use std::collections::BTreeMap;

use super::{Fault, names, shape::Sets, tree::Tree};
use crate::{
    credit::CreditTypes,
    domain::{Amount, Answers, PersonId},
    workflow::{
        Definition, Item,
        condition::{Condition, ConditionFault, Scope, Type, Value, Vocabulary},
        definition::{AwardAmount, CreditChoice, Kind, Question},
    },
};

pub(super) fn check(
    definition: &mut Definition,
    sets: &mut Sets,
    credits: &CreditTypes,
    tree: &Tree<'_>,
    faults: &mut Vec<Fault>,
) {
    let vocabulary = vocabulary(definition);
    let mut conditions = Conditions { vocabulary, tree, faults };
    for (at, section) in definition.form.iter_mut().enumerate() {
        for (n, question) in section.questions.iter_mut().enumerate() {
            conditions.rows(question, &["form", &at.to_string(), "questions", &n.to_string()]);
        }
    }
    for (name, transition) in &mut definition.transitions {
        if let Some(when) = &mut transition.when {
            conditions.one(when, &Type::YesNo, &["transitions", name, "when"]);
        }
    }
    let transitions = definition.transitions.values_mut().map(|transition| &mut transition.requires);
    for requirement in transitions.chain(sets.values_mut()).flatten() {
        let path: Vec<&str> = requirement.path.iter().map(String::as_str).collect();
        conditions.one(&mut requirement.condition, &Type::YesNo, &path);
    }
    for (name, state) in &mut definition.states {
        if let Some(award) = &mut state.award
            && let AwardAmount::Value(amount) = &mut award.amount
        {
            let path = ["states", name, "award", "amount"];
            conditions.one(amount, &Type::Number, &path);
            if let CreditChoice::Fixed(credit) = &award.credit {
                conditions.step(amount, credit, credits, &path);
            }
        }
        if let Some(designate) = &mut state.designate {
            let path = ["states", name, "designate", "maximum"];
            conditions.one(&mut designate.maximum, &Type::Number, &path);
            conditions.step(&designate.maximum, &designate.credit, credits, &path);
        }
    }
}

struct Conditions<'a, 's> {
    vocabulary: Vocabulary,
    tree: &'a Tree<'s>,
    faults: &'a mut Vec<Fault>,
}

impl Conditions<'_, '_> {
    fn one(&mut self, condition: &mut Condition, expected: &Type, path: &[&str]) {
        let found = condition.check(&self.vocabulary);
        self.told(found, expected, path);
    }

    /// A condition on rows speaks of the columns, and beside them of what is answered once and for all.
    fn rows(&mut self, question: &mut Question, path: &[&str]) {
        let Kind::Table { columns, each, .. } = &mut question.kind else { return };
        if each.is_empty() {
            return;
        }
        let columns = types(columns);
        let mut questions = self.vocabulary.questions.clone();
        questions.extend(columns.clone());
        let Vocabulary { columns: tables, limits, .. } = self.vocabulary.clone();
        let vocabulary = Vocabulary { questions, columns: tables, limits, ..Vocabulary::default() };
        for requirement in each {
            let path: Vec<&str> = path.iter().copied().chain(requirement.path.iter().map(String::as_str)).collect();
            let found = requirement.condition.check(&vocabulary);
            let read = found.is_ok() && requirement.condition.asks().iter().any(|name| columns.contains_key(*name));
            if found.is_ok() && !read {
                let message = "this reads no column of the table; what holds for the whole is a requirement of a step";
                self.faults.push(Fault::error("condition", self.tree.place(&path), message.to_owned()));
            }
            self.told(found, &Type::YesNo, &path);
        }
    }

    /// What is wrong with a condition, where it stands.
    fn told(&mut self, found: Result<Type, Vec<ConditionFault>>, expected: &Type, path: &[&str]) {
        let place =
            |offset| self.tree.node(path).map_or_else(|| self.tree.place(path), |node| self.tree.inside(node, offset));
        match found {
            Ok(found) if found == *expected => {}
            Ok(_) => {
                let wanted = if *expected == Type::YesNo { "yes or no" } else { "a number" };
                self.faults.push(Fault::error("condition", place(0), format!("this has to come to {wanted}")));
            }
            Err(faults) => {
                self.faults
                    .extend(faults.into_iter().map(|fault| Fault::error("condition", place(fault.at), fault.message)));
            }
        }
    }

    /// A constant amount must be a multiple of the credit type's step.
    fn step(&mut self, amount: &Condition, credit: &str, credits: &CreditTypes, path: &[&str]) {
        let (Some(credit), Some(value)) = (credits.get(credit), constant(amount)) else { return };
        let on_step =
            Amount::try_from(value).is_ok_and(|amount| amount > Amount::ZERO && amount == amount.nearest(credit.step));
        if !on_step {
            let message = format!("{} comes in steps of {}, above zero", credit.name, credit.step);
            self.faults.push(Fault::error("condition", self.tree.place(path), message));
        }
    }
}

/// The value of a number that reads nothing.
fn constant(condition: &Condition) -> Option<rust_decimal::Decimal> {
    let (answers, item) = (Answers::default(), Item::of(PersonId(uuid::Uuid::nil())));
    let scope = Scope {
        answers: &answers,
        decided: &answers,
        item: &item,
        limits: &indexmap::IndexMap::new(),
        records: &BTreeMap::new(),
        today: jiff::civil::Date::ZERO,
        row: None,
        symbolic: None,
    };
    match condition.evaluate(&scope) {
        Ok(Value::Number(value)) if condition.reads(&scope).is_empty() => Some(value),
        _ => None,
    }
}

fn types(questions: &[Question]) -> BTreeMap<String, Type> {
    questions.iter().map(|question| (question.id.clone(), type_of(&question.kind))).collect()
}

fn vocabulary(definition: &Definition) -> Vocabulary {
    Vocabulary {
        questions: definition.form.iter().flat_map(|section| types(&section.questions)).collect(),
        columns: names::questions(definition)
            .filter_map(|question| match &question.kind {
                Kind::Table { columns, .. } => Some((question.id.clone(), types(columns))),
                _ => None,
            })
            .collect(),
        decided: definition.transitions.values().flat_map(|transition| types(&transition.asks)).collect(),
        counters: names::counters(definition),
        rows: definition
            .transitions
            .values()
            .flat_map(|transition| &transition.asks)
            .filter_map(|question| match &question.kind {
                Kind::Rows { of, .. } => Some((question.id.clone(), of.clone())),
                _ => None,
            })
            .collect(),
        limits: definition.limits.keys().cloned().collect(),
        records: definition.records.keys().cloned().collect(),
        tracks: definition.states.values().flat_map(|state| state.tracks.keys().cloned()).collect(),
    }
}

fn type_of(kind: &Kind) -> Type {
    match kind {
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Person { .. } => Type::Text(None),
        Kind::Integer { .. } | Kind::Decimal { .. } => Type::Number,
        Kind::Date { .. } => Type::Date,
        Kind::Time => Type::Time,
        Kind::YesNo { .. } => Type::YesNo,
        Kind::Choice { options } => Type::Text(Some(options.keys().cloned().collect())),
        Kind::Choices { .. } | Kind::Rows { .. } | Kind::Table { .. } | Kind::People { .. } | Kind::Files { .. } => {
            Type::Many
        }
    }
}
