//! What stands in the way of sending.

use jiff::civil::Date;

use super::{Among, FieldFault, each};
use crate::{
    domain::{Answer, Answers, Named, Row},
    workflow::definition::{DateBound, Kind, Question},
};

/// What is missing or wrong with the answer to one question as it stands among the others.
///
/// An answer given under an earlier definition is read again: its bounds may have changed since.
pub(in crate::workflow) fn standing(question: &Question, among: Among<'_>) -> Vec<FieldFault> {
    let Among { answers, .. } = among;
    let Some(answer) = answers.get(&question.id).filter(|answer| !is_empty(answer)) else {
        let missing = FieldFault::new(&question.id, "missing", what_to_do(question));
        return if question.optional { Vec::new() } else { vec![missing] };
    };
    if let Err(faults) = question.read(&question.show(answer)) {
        return faults;
    }
    let few = |count: usize, min: Option<u32>, what: &str| {
        min.filter(|min| u32::try_from(count).unwrap_or(u32::MAX) < *min)
            .map(|min| FieldFault::new(&question.id, "too-few", format!("{}: {min} {what} or more", question.label)))
    };
    match (&question.kind, answer) {
        (Kind::Date { .. }, Answer::Date(date)) => out_of_bounds(question, *date, among.today)
            .map(|(code, message)| FieldFault::new(&question.id, code, format!("{}: {message}", question.label)))
            .into_iter()
            .collect(),
        (Kind::Files { min, .. }, Answer::Files(files)) => few(files.len(), *min, "files").into_iter().collect(),
        (Kind::Table { columns, min, .. }, Answer::Table(rows)) => {
            let cells = cells(question, columns, rows, among);
            few(rows.len(), *min, "rows").into_iter().chain(cells).chain(each::unmet(question, rows, among)).collect()
        }
        (Kind::People { min, disclosure, .. }, Answer::People(people)) => {
            let silent = |person: &Named| person.disclosure.is_none() && !among.disclosing.contains(&person.email);
            let silent = people.iter().enumerate().filter(|(_, person)| *disclosure && silent(person));
            let silent = silent.map(|(at, person)| undisclosed(question, at, person));
            few(people.len(), *min, "people").into_iter().chain(silent).collect()
        }
        _ => Vec::new(),
    }
}

fn is_empty(answer: &Answer) -> bool {
    match answer {
        Answer::Choices(chosen) => chosen.is_empty(),
        Answer::Table(rows) => rows.is_empty(),
        Answer::People(people) => people.is_empty(),
        Answer::Files(files) => files.is_empty(),
        Answer::Text(text) => text.is_empty(),
        Answer::Integer(_)
        | Answer::Decimal(_)
        | Answer::Date(_)
        | Answer::Time(_)
        | Answer::YesNo(_)
        | Answer::Choice(_) => false,
    }
}

fn what_to_do(question: &Question) -> String {
    let label = &question.label;
    match &question.kind {
        Kind::Files { .. } => format!("{label}: add a file"),
        Kind::Table { .. } => format!("{label}: add a row"),
        Kind::People { .. } => format!("{label}: name somebody"),
        Kind::YesNo { must: true } => format!("{label}: confirm this"),
        Kind::Choice { .. } | Kind::Choices { .. } | Kind::Rows { .. } | Kind::YesNo { .. } => {
            format!("{label}: choose an answer")
        }
        _ => format!("{label}: give an answer"),
    }
}

fn undisclosed(question: &Question, at: usize, person: &Named) -> FieldFault {
    let message = format!(
        "{}: ask for their disclosure, or enter the financial relationships of the last 24 months, or that there are none",
        person.name
    );
    FieldFault::new(&format!("{}/{at}/disclosure", question.id), "missing", message)
}

/// Cells that must be filled in and are not, and persons whom nobody named.
fn cells(question: &Question, columns: &[Question], rows: &[Row], among: Among<'_>) -> Vec<FieldFault> {
    let Among { answers, today, .. } = among;
    let mut faults = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for column in columns {
            let field = format!("{}/{at}/{}", question.id, column.id);
            let place = format!("row {} of {}", at.saturating_add(1), question.label);
            match (row.get(&column.id), &column.kind) {
                (None, _) if !column.optional => {
                    faults.push(FieldFault::new(&field, "missing", format!("{place}: fill in '{}'", column.label)));
                }
                (Some(Answer::Text(email)), Kind::Person { of }) if !is_named(email, of, answers) => {
                    let message = format!("{place}: choose one of the people named above, '{email}' is not among them");
                    faults.push(FieldFault::new(&field, "option", message));
                }
                (Some(Answer::Date(date)), Kind::Date { .. }) => {
                    let wrong = out_of_bounds(column, *date, today);
                    faults.extend(wrong.map(|(code, message)| {
                        FieldFault::new(&field, code, format!("{place}: {}: {message}", column.label))
                    }));
                }
                _ => {}
            }
        }
    }
    faults
}

/// What is wrong with a day that its question does not take on this day.
fn out_of_bounds(question: &Question, date: Date, today: Date) -> Option<(&'static str, String)> {
    let Kind::Date { at_least, at_most } = &question.kind else { return None };
    let day = |bound: &Option<DateBound>| bound.as_ref().and_then(|bound| bound.on(today));
    let told = |day: Date| day.strftime("%-d %B %Y").to_string();
    let early = day(at_least).filter(|least| date < *least);
    let late = day(at_most).filter(|most| date > *most);
    early
        .map(|least| ("too-early", format!("choose {} or a later day", told(least))))
        .or_else(|| late.map(|most| ("too-late", format!("choose {} or an earlier day", told(most)))))
}

fn is_named(email: &str, of: &str, answers: &Answers) -> bool {
    matches!(answers.get(of), Some(Answer::People(people)) if people.iter().any(|person| person.email.as_str() == email))
}
