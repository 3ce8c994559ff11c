//! What went wrong, and what to do.

use serde::Serialize;

use super::{Fact, Link};
use crate::present::View;

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
    pub again: Option<Again>,
    /// What changed meanwhile.
    pub changed: Vec<Changed>,
    /// For the operator, with a fault of ours.
    pub id: Option<String>,
    /// Ways on.
    pub links: Vec<Link>,
}

/// A form to be sent once more, as it was.
#[derive(Clone, Debug, Serialize)]
pub struct Again {
    /// Where to.
    pub action: String,
    /// Everything in it.
    pub fields: Vec<Filled>,
}

/// What was typed into one field.
#[derive(Clone, Debug, Serialize)]
pub struct Filled {
    /// The field's name.
    pub name: String,
    /// What was typed.
    pub value: String,
}

/// What changed while the reader was typing.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// The question.
    pub label: String,
    /// What the reader typed.
    pub yours: String,
    /// What stands now.
    pub now: String,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "page/error_read.html";
}
