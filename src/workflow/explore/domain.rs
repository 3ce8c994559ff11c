//! What can be answered to a question that conditions read.

use rust_decimal::Decimal;

use crate::workflow::{
    Definition,
    condition::{Domain, Range},
    definition::{Kind, Question},
};

/// Of a question of the form, or with `decided.` before its id of one that a transition asks.
pub(super) fn of(definition: &Definition, name: &str) -> Domain {
    let asked = || definition.transitions.values().flat_map(|transition| &transition.asks);
    let question = match name.strip_prefix("decided.") {
        Some(id) => asked().find(|question| question.id == id),
        None => definition.question(name),
    };
    question.map_or(Domain::Date, of_question)
}

fn of_question(question: &Question) -> Domain {
    let optional = question.optional;
    match &question.kind {
        Kind::YesNo { must } => Domain::YesNo { must: *must },
        Kind::Integer { min, max } => {
            let (min, max) = (min.map(Decimal::from), max.map(Decimal::from));
            Domain::Number(Range { min, max, step: Some(Decimal::ONE), optional })
        }
        Kind::Decimal { min, max, step } => Domain::Number(Range { min: *min, max: *max, step: *step, optional }),
        Kind::Choice { options } => Domain::Text { options: Some(options.keys().cloned().collect()), optional },
        Kind::Text { .. } | Kind::LongText { .. } => Domain::Text { options: None, optional },
        Kind::Date { .. }
        | Kind::Time
        | Kind::Choices { .. }
        | Kind::Table { .. }
        | Kind::Rows { .. }
        | Kind::Person { .. }
        | Kind::People { .. }
        | Kind::Files { .. } => Domain::Date,
    }
}
