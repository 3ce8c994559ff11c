//! Small parts that many pages share.

use serde::Serialize;

/// Where to go, and what the link says.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub label: String,
    /// The address, from `/`.
    pub href: String,
}

/// What a mark means; always beside words, never instead of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    Quiet,
    /// The reader has to act.
    Turn,
    /// On its way, with somebody else.
    Moving,
    Good,
    Bad,
}

/// A state in a word or two.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    pub label: String,
    pub tone: Tone,
}

/// A name and its value, both as read.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// One thing wrong, in the list at the top of the page.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// `#hours`, `#agenda/2/minutes`, or the address of the page with the question.
    pub href: String,
    /// Which field, and what to do.
    pub message: String,
}

/// Something the reader may do, or why not.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    pub label: String,
    /// The page on which it is done.
    pub href: String,
    /// `Good` for the main way on, `Bad` for what ends the submission.
    pub tone: Tone,
    /// Why it cannot be done now, and what to do about it.
    pub refusal: Option<String>,
}

/// A button that acts at once by POST: no page of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Button {
    pub label: String,
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: Option<u64>,
    pub tone: Tone,
}

/// The way through a long list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// `Showing 50 of more than 1,000`.
    pub text: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Link {
    /// Words and where they lead.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

impl Tag {
    /// Words and what they mean.
    #[must_use]
    pub fn new(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone }
    }
}

impl Fact {
    /// A name and its value.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl Fault {
    /// Where, and what to do.
    #[must_use]
    pub fn new(href: impl Into<String>, message: impl Into<String>) -> Self {
        Self { href: href.into(), message: message.into() }
    }
}
