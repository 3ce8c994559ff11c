//! What went wrong, as a page: what it means and what to do.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{
    View,
    form::{
        data::FormData,
        field::{Control, Field},
    },
    part::{Fact, Link},
    submission::answer,
    words,
};
use crate::usecase::submission::Dossier;

/// Any refusal: what it means, what to do, and nothing lost that was typed.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// 403, 404, 409, 413, 422, 429, 500, 503.
    pub status: u16,
    /// `Somebody changed this before you`.
    pub heading: String,
    /// What happened, in a sentence.
    pub lead: String,
    /// What to do, step by step.
    pub advice: Vec<String>,
    /// What the reader had typed, to copy.
    pub typed: Vec<Fact>,
    /// The form that could not be taken for now, to be sent once more.
    pub again: Option<Kept>,
    pub changed: Vec<Changed>,
    /// For the operator, with a fault of ours.
    pub id: Option<String>,
    pub links: Vec<Link>,
}

/// A form as it was posted, without its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// What changed while the reader was typing.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    pub label: String,
    pub yours: String,
    pub now: String,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "page/error_read.html";
}

/// Fields of forms that nobody types into.
const MECHANICS: [&str; 5] = ["version", "then", "next", "add", "remove"];

#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure<'a> {
    pub(crate) status: u16,
    pub(crate) title: &'a str,
    /// What happened, and what to do.
    pub(crate) detail: &'a str,
    /// The request, as the log knows it.
    pub(crate) request: Option<&'a str>,
    /// What was typed, so that the page can give it back.
    pub(crate) typed: Option<&'a Kept>,
}

/// The page of what went wrong.
pub(crate) fn of(failure: &Failure<'_>) -> ErrorPage {
    let status = failure.status;
    ErrorPage {
        status,
        heading: heading(status).unwrap_or(failure.title).to_owned(),
        lead: failure.detail.to_owned(),
        advice: advice(status).iter().map(|line| (*line).to_owned()).collect(),
        typed: failure.typed.map(given_back).unwrap_or_default(),
        again: failure.typed.cloned(),
        changed: Vec::new(),
        id: failure.request.map(str::to_owned).filter(|_| status >= 500),
        links: links(status),
    }
}

/// What was typed, to be read and copied; what buttons and hidden fields said is left out.
fn given_back(kept: &Kept) -> Vec<Fact> {
    let typed =
        kept.fields.iter().filter(|(name, value)| !value.trim().is_empty() && !MECHANICS.contains(&name.as_str()));
    typed.map(|(name, value)| Fact { label: words::words(name), value: value.clone() }).collect()
}

fn heading(status: u16) -> Option<&'static str> {
    match status {
        401 => Some("Sign in first"),
        403 => Some("This is not open to you"),
        404 => Some("There is nothing here"),
        409 => Some("Somebody changed this before you"),
        413 => Some("This is too large"),
        429 => Some("Too many attempts"),
        500 => Some("Something went wrong on our side"),
        503 => Some("This does not work for the moment"),
        507 => Some("There is no room left"),
        _ => None,
    }
}

fn advice(status: u16) -> &'static [&'static str] {
    match status {
        401 => &["Sign in, then do it once more."],
        403 => &["If you should be able to do this, ask the office to change your part."],
        404 => &["Check the address.", "You may not be the person it is meant for: sign in as somebody else."],
        409 => &["Open it again and look at what is there now.", "Then repeat your change."],
        413 => &["Choose a smaller file, or split it."],
        429 => &["Wait a while, then try again."],
        507 => &["Tell the office: it has to make room.", "Then send the file again."],
        500.. => &["Try again in a minute.", "If it happens again, tell the office the number below."],
        _ => &["Go back and try again."],
    }
}

fn links(status: u16) -> Vec<Link> {
    let link = |label: &str, href: &str| Link { label: label.to_owned(), href: href.to_owned() };
    match status {
        401 => vec![link("Sign in", "/sign-in")],
        _ => vec![link("Home", "/")],
    }
}

/// A form that was out of date: what was typed, and what stands now where it differs.
pub(crate) fn stale(dossier: &Dossier, fields: &[Field], back: Link) -> ErrorPage {
    let current = FormData::of(&dossier.case.submission.answers);
    let questions = dossier.case.definition.form.iter().flat_map(|section| &section.questions);
    let changed = questions.filter_map(|question| {
        let yours = fields.iter().find(|field| field.name == question.id).and_then(words)?;
        let now = dossier.case.submission.answers.get(&question.id);
        let now = now.map_or_else(|| "Not provided".to_owned(), |answer| answer::text(question, answer));
        let stored = current.raw(&question.id).unwrap_or_default();
        (!same(&yours, &now) && !same(&yours, stored)).then(|| Changed { label: question.label.clone(), yours, now })
    });
    ErrorPage {
        status: 409,
        heading: "Somebody changed this before you".to_owned(),
        lead:
            "While you were typing, this submission was changed, perhaps by you in another window. Nothing of what you \
               typed was saved, and nothing of it is lost: it is below."
                .to_owned(),
        advice: ["Copy what you need.", "Open the page again and enter it there."].map(str::to_owned).to_vec(),
        typed: fields.iter().flat_map(typed).collect(),
        again: None,
        changed: changed.collect(),
        id: None,
        links: vec![back],
    }
}

/// Whether two texts say the same: blanks around them and zeros after a decimal point aside.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let numbers = one.parse::<Decimal>().ok().zip(other.parse::<Decimal>().ok());
    one.replace("\r\n", "\n") == other || numbers.is_some_and(|(one, other)| one == other)
}

/// What was typed into a field and the fields in its rows, as far as it says anything.
fn typed(field: &Field) -> Vec<Fact> {
    match &field.control {
        Control::Table { rows, .. } | Control::People { rows, .. } => rows.iter().flatten().flat_map(typed).collect(),
        _ => words(field).into_iter().map(|value| Fact { label: field.label.clone(), value }).collect(),
    }
}

fn words(field: &Field) -> Option<String> {
    let text = match &field.control {
        Control::Text { value, .. }
        | Control::LongText { value, .. }
        | Control::Number { value, .. }
        | Control::Date { value }
        | Control::Time { value } => value.clone(),
        Control::YesNo { value } => value.clone()?,
        Control::Confirm { ticked } => {
            if *ticked {
                "yes".to_owned()
            } else {
                return None;
            }
        }
        Control::Choice { options } | Control::Choices { options } | Control::Select { options } => {
            let chosen = options.iter().filter(|option| option.chosen && !option.id.is_empty());
            chosen.map(|option| option.label.clone()).collect::<Vec<_>>().join(", ")
        }
        Control::Table { .. } | Control::People { .. } | Control::Files { .. } => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_typed_with_zeros_is_no_change() {
        assert!(same("6.50", "6.5") && same(" a\r\nb ", "a\nb"));
        assert!(!same("6.50", "6.05") && !same("a", "A"));
    }
}
