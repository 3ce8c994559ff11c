//! What an answer has to be, beyond what the form shows.

use crate::{
    http::show::{document, word},
    workflow::{
        Definition,
        definition::{Kind, Question},
    },
};

use super::count;

/// Bounds of the form's questions, columns of tables too.
pub(super) fn bounds(definition: &Definition) -> Vec<String> {
    let questions = definition.form.iter().flat_map(|section| &section.questions);
    questions.flat_map(|question| lines(&question.label, question)).collect()
}

fn lines(label: &str, question: &Question) -> Vec<String> {
    let own = bound(question).map(|bound| format!("“{label}”: {bound}."));
    let columns = match &question.kind {
        Kind::Table { columns, .. } => columns.as_slice(),
        _ => &[],
    };
    let inside = columns.iter().flat_map(|column| lines(&format!("{label}, {}", column.label), column));
    own.into_iter().chain(inside).collect()
}

/// A question that is asked with a verdict or a step, with everything about it.
pub(super) fn told(question: &Question) -> String {
    let options = match &question.kind {
        Kind::Choice { options } | Kind::Choices { options, .. } => {
            Some(options.values().map(|label| format!("“{label}”")).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    let hint = question.hint.as_ref().map(|hint| hint.trim_end_matches('.').to_owned());
    let optional = question.optional.then(|| "may stay unanswered".to_owned());
    let about: Vec<String> =
        [Some(kind(question).to_owned()), bound(question), options, hint, optional].into_iter().flatten().collect();
    format!("“{}” ({})", question.label, about.join("; "))
}

fn kind(question: &Question) -> &'static str {
    match question.kind {
        Kind::Text { .. } => "a line",
        Kind::LongText { .. } => "a text",
        Kind::Integer { .. } => "a whole number",
        Kind::Decimal { .. } => "a number",
        Kind::Date => "a date",
        Kind::YesNo { .. } => "yes or no",
        Kind::Choice { .. } => "one of",
        Kind::Choices { .. } => "any of",
        Kind::Table { .. } => "a table",
        Kind::Person { .. } => "a person",
        Kind::Rows { .. } => "rows of a table",
        Kind::People { .. } => "people",
        Kind::Files { .. } => "files",
    }
}

fn bound(question: &Question) -> Option<String> {
    let number = |many: u32, noun: &str| word::many(count(many), noun);
    let parts: Vec<Option<String>> = match &question.kind {
        Kind::Text { min, max } | Kind::LongText { min, max } => vec![between(*min, Some(*max), "character")],
        Kind::Integer { min, max } => vec![between(*min, *max, "")],
        Kind::Decimal { min, max, step } => {
            let step = step.map(|step| format!("in steps of {}", word::number(step)));
            vec![between(min.map(word::number), max.map(word::number), ""), step]
        }
        Kind::YesNo { must } => vec![must.then(|| "has to be answered with yes".to_owned())],
        Kind::Choices { min, max, .. } => vec![between(*min, *max, "choice")],
        Kind::Table { min, max, .. } => vec![between(*min, Some(*max), "row")],
        Kind::Rows { min, of } => vec![Some(format!("of {}", word::plain(of))), between(*min, None, "row")],
        Kind::Person { of } => vec![Some(format!("somebody named in {}", word::plain(of)))],
        Kind::People { min, max, disclosure } => {
            let owes = disclosure.then(|| "each tells of financial relationships".to_owned());
            vec![between(*min, Some(*max), "person"), owes]
        }
        Kind::Files { min, max, accept, max_size } => {
            let (_, families) = document::accepted(accept);
            let least = min.map(|min| format!("at least {}", number(min, "file")));
            vec![
                least,
                Some(format!("{families}; at most {}, each up to {}", number(*max, "file"), word::size(*max_size))),
            ]
        }
        Kind::Date | Kind::Choice { .. } => Vec::new(),
    };
    let told: Vec<String> = parts.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// `20 to 200 characters`, `at most 5`.
fn between<N: ToString>(min: Option<N>, max: Option<N>, noun: &str) -> Option<String> {
    let (min, max) = (min.map(|min| min.to_string()), max.map(|max| max.to_string()));
    let plural = if noun.is_empty() || max.as_ref().or(min.as_ref())? == "1" { "" } else { "s" };
    let bounds = match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    };
    Some(format!("{bounds} {noun}{plural}").trim_end().to_owned())
}
