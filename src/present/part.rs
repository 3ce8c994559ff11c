//! Small parts that many pages share.

mod account;
mod activity;
mod answer;
mod api_reference;
mod credit;
mod document;
mod erasure;
mod error;
mod field;
mod form;
mod home;
mod layout;
mod outbox;
mod person;
mod queue;
mod review;
mod submission;
mod workflow;

pub use self::{
    account::*, activity::*, answer::*, api_reference::*, credit::*, document::*, erasure::*, error::*, field::*,
    form::*, home::*, layout::*, outbox::*, person::*, queue::*, review::*, submission::*, workflow::*,
};

use serde::Serialize;

use super::words::when::When;

/// Where to go, and what the link says.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// The address, from `/`.
    pub href: String,
}

/// What a mark means; always beside words, never instead of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing special.
    Quiet,
    /// The reader has to act.
    Turn,
    /// On its way, with somebody else.
    Moving,
    /// Good.
    Good,
    /// Bad, or late.
    Bad,
}

/// A state in a word or two.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    /// The words.
    pub label: String,
    /// What they mean.
    pub tone: Tone,
}

/// A name and its value, both as read.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// How it is.
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

/// Whose turn it is.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// `You`, `The reviewers`, `Dr Amara Okafor`.
    pub who: String,
    /// Whether the reader is meant.
    pub yours: bool,
    /// Since when.
    pub since: When,
    /// By when.
    pub by: Option<When>,
    /// Whether that day has passed.
    pub late: bool,
    /// What happens next, in a sentence.
    pub next: String,
}

/// How far along the way a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Behind.
    Done,
    /// Here.
    Current,
    /// Ahead.
    Ahead,
}

/// One step of the step indicator.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// How far along it lies.
    pub place: Place,
}

/// What submission a page is about.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// `SS-2026-0042`.
    pub reference: String,
    /// What the author calls it.
    pub title: String,
    /// `Self-study`, the workflow's title.
    pub workflow: String,
    /// Who wrote it; nothing where the reader must not know.
    pub author: Option<String>,
    /// Its own page.
    pub href: String,
    /// Where it stands, in the reader's words.
    pub state: Tag,
}

/// Something the reader may do, or why not.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    /// What the button says.
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
    /// What it says.
    pub label: String,
    /// Where it posts to.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: Option<u64>,
    /// What it means.
    pub tone: Tone,
}

/// The way through a long list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// `Showing 50 of more than 1,000`.
    pub text: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A choice that a list is narrowed by.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// Its parameter in the address.
    pub name: String,
    /// As read.
    pub label: String,
    /// What can be chosen; the first, with an empty id, for all.
    pub options: Vec<Choice>,
}

/// One uploaded file.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `PDF`, `Image`, `Word`, `Slides`: one short word.
    pub kind: String,
    /// `1.2 MB`.
    pub size: String,
    /// When it was uploaded.
    pub uploaded: When,
    /// Where it downloads from.
    pub download: String,
    /// Where it can be looked at without downloading.
    pub view: Option<String>,
    /// `New since your review`.
    pub changed: Option<String>,
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
