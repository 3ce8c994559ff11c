//! What an answer has to be, and what is asked.

use super::{Statement, Topic, count};
use crate::{
    domain::phrase::{capital, many, number, plain, sentence, size},
    workflow::{
        Definition,
        definition::{Kind, Question, Requirement},
    },
};

/// Everything about a question of the form, part by part, and about the columns of a table; `of` tells the table.
pub(super) fn question(definition: &Definition, path: &[&str], question: &Question, of: &str) -> Vec<Statement> {
    let Question { id: _, label, hint, optional, kind: asked } = question;
    let subject = if of.is_empty() { format!("“{label}”") } else { format!("“{of}, {label}”") };
    let noun = if of.is_empty() { "question" } else { "column" };
    let says = |topic, key: &str, sentence: String| Statement::new(topic, &[path, &[key]].concat(), &subject, sentence);
    let mut said = vec![
        Statement::name(path, format!("“{label}”"), format!("The {noun} {subject}")),
        says(Topic::Shown, "type", format!("{subject} is answered with {}.", kind(question))),
    ];
    said.extend(hint.as_ref().map(|hint| says(Topic::Shown, "hint", format!("{subject} has the hint: {hint}"))));
    if *optional {
        said.push(says(Topic::Shown, "optional", format!("{subject} may stay unanswered.")));
    }
    said.extend(options(question).map(|options| says(Topic::Shown, "options", format!("{subject} offers {options}."))));
    said.extend(bound(question).map(|bound| says(Topic::Answers, "bounds", format!("{subject}: {bound}."))));
    if let Kind::Table { columns, each, .. } = asked {
        said.extend(each.iter().map(|needed| {
            let Requirement { condition, reason, path: _ } = needed;
            let otherwise = reason.as_ref().map(|reason| format!(". Otherwise it says: {reason}")).unwrap_or_default();
            let line = format!("In each row of {subject} {}{otherwise}", condition.told_of_rows(definition, columns));
            let path = [path, &["each", condition.source()]].concat();
            Statement::new(Topic::Answers, &path, &subject, sentence(&line))
        }));
        said.extend(
            columns.iter().flat_map(|column| {
                self::question(definition, &[path, &["columns", &column.id]].concat(), column, label)
            }),
        );
    }
    said
}

/// A question that is asked with a verdict or a step: what it is called, where, and the line that tells everything.
pub(super) fn whole(topic: Topic, path: &[&str], question: &Question, place: &str, line: String) -> [Statement; 2] {
    let subject = format!("“{}”", question.label);
    let name = Statement::name(path, &subject, format!("The question {subject}{place}"));
    [name, Statement::new(topic, path, subject, line)]
}

/// A question that is asked with a verdict or a step, with everything about it.
pub(super) fn told(question: &Question) -> String {
    let Question { id: _, label, hint, optional, kind: _ } = question;
    let hint = hint.as_ref().map(|hint| hint.trim_end_matches('.').to_owned());
    let optional = optional.then(|| "may stay unanswered".to_owned());
    let about: Vec<String> = [Some(kind(question).to_owned()), bound(question), options(question), hint, optional]
        .into_iter()
        .flatten()
        .collect();
    format!("“{label}” ({})", about.join("; "))
}

/// What may be chosen.
fn options(question: &Question) -> Option<String> {
    match &question.kind {
        Kind::Choice { options } | Kind::Choices { options, .. } => {
            Some(options.values().map(|label| format!("“{label}”")).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

fn kind(question: &Question) -> &'static str {
    match question.kind {
        Kind::Text { .. } => "a line",
        Kind::LongText { .. } => "a text",
        Kind::Integer { .. } => "a whole number",
        Kind::Decimal { .. } => "a number",
        Kind::Date { .. } => "a date",
        Kind::Time => "a time of day",
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
    let parts: Vec<Option<String>> = match &question.kind {
        Kind::Text { min, max } | Kind::LongText { min, max } => vec![between(*min, Some(*max), "character")],
        Kind::Integer { min, max } => vec![between(*min, *max, "")],
        Kind::Decimal { min, max, step } => {
            let step = step.map(|step| format!("in steps of {}", number(step)));
            vec![between(min.map(number), max.map(number), ""), step]
        }
        Kind::YesNo { must } => vec![must.then(|| "has to be answered with yes".to_owned())],
        Kind::Choices { min, max, .. } => vec![between(*min, *max, "choice")],
        Kind::Table { min, max, .. } => vec![between(*min, Some(*max), "row")],
        Kind::Rows { min, of } => vec![Some(format!("of {}", plain(of))), between(*min, None, "row")],
        Kind::Person { of } => vec![Some(format!("somebody named in {}", plain(of)))],
        Kind::People { min, max, disclosure } => {
            let owes = disclosure.then(|| "each tells of financial relationships".to_owned());
            vec![between(*min, Some(*max), "person"), owes]
        }
        Kind::Files { min, max, accept, max_size } => {
            let families: Vec<&str> = accept.iter().map(|family| family.in_words()).collect();
            let families = capital(&families.join(", "));
            let least = min.map(|min| format!("at least {}", many(count(min), "file")));
            vec![
                least,
                Some(format!("{families}; at most {}, each up to {}", many(count(*max), "file"), size(*max_size))),
            ]
        }
        Kind::Date { at_least, at_most } => vec![
            at_least.as_ref().map(|bound| format!("not before {}", bound.in_words())),
            at_most.as_ref().map(|bound| format!("not after {}", bound.in_words())),
        ],
        Kind::Time | Kind::Choice { .. } => Vec::new(),
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
