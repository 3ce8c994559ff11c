//! What went wrong, as a page: what it means and what to do.

use serde::Serialize;
use uuid::Uuid;

use super::{
    View,
    part::{Fact, Link},
    path, words,
};
use crate::usecase::submission::{SEEN, USE};

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
    /// For the operator, with a fault of ours.
    pub id: Option<String>,
    pub links: Vec<Link>,
}

/// A form as it was posted, without its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// Under which id the house keeps it for its sender, if it does.
    pub kept_as: Option<Uuid>,
}

impl Kept {
    /// Whether there is anything in it that somebody typed or chose.
    pub(crate) fn says_something(&self) -> bool {
        !given_back(self).is_empty()
    }
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "page/error_read.html";
}

/// Fields of forms that nobody types into.
const MECHANICS: [&str; 5] = ["version", "then", "next", "add", "remove"];

/// The title of what somebody is told who has to turn on a second factor before anything else.
pub(crate) const SECOND_FACTOR_FIRST: &str = "Turn on a second factor first";

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
    let kept_as = failure.typed.and_then(|typed| typed.kept_as);
    let second_factor = failure.title == SECOND_FACTOR_FIRST;
    ErrorPage {
        status,
        heading: heading(status)
            .filter(|_| failure.title != "Contradiction" && !second_factor)
            .unwrap_or(failure.title)
            .to_owned(),
        lead: failure.detail.to_owned(),
        advice: match kept_as {
            Some(_) => {
                vec!["Sign in: what you typed is kept for you alone, for a week, and is shown again there.".to_owned()]
            }
            None if second_factor => vec!["Turn it on, then do this once more.".to_owned()],
            None => advice(status).iter().map(|line| (*line).to_owned()).collect(),
        },
        typed: failure.typed.map(given_back).unwrap_or_default(),
        again: failure.typed.filter(|_| kept_as.is_none() && passes(status)).cloned(),
        id: failure.request.map(str::to_owned).filter(|_| status >= 500),
        links: match kept_as {
            Some(id) => vec![sign_in_to(id)],
            None if second_factor => vec![Link::new("Turn it on", "/account/second-factor")],
            None => links(status),
        },
    }
}

/// What was typed, to be read and copied; what buttons and hidden fields said is left out.
pub(super) fn given_back(kept: &Kept) -> Vec<Fact> {
    let said = |name: &str| !MECHANICS.contains(&name) && !name.starts_with(SEEN) && !name.starts_with(USE);
    let typed = kept.fields.iter().filter(|(name, value)| !value.trim().is_empty() && said(name));
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

/// Whether the same may well be taken later.
fn passes(status: u16) -> bool {
    status >= 500 || matches!(status, 401 | 408 | 429)
}

fn sign_in_to(unsent: Uuid) -> Link {
    let href = path::with("/sign-in", "next", &format!("/unsent/{unsent}"));
    Link { label: "Sign in and go on".to_owned(), href }
}

fn links(status: u16) -> Vec<Link> {
    let link = |label: &str, href: &str| Link { label: label.to_owned(), href: href.to_owned() };
    match status {
        401 => vec![link("Sign in", "/sign-in")],
        _ => vec![link("Home", "/")],
    }
}
