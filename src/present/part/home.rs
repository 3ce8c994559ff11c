//! The first page of everybody: whose turn it is.

use serde::Serialize;

use super::{Step, Tag, Tone};
use crate::present::{View, words::when::When};

/// The first page.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// The reader's name, as addressed.
    pub name: String,
    /// What waits for the reader, oldest first.
    pub turns: Vec<TurnRow>,
    /// Where the rest is, if there is more.
    pub more: Option<String>,
    /// The reader's own submissions, newest first.
    pub submissions: Vec<Card>,
    /// What can be started.
    pub starts: Vec<Start>,
    /// For those who run the office: the queue in numbers.
    pub queue: Vec<Count>,
    /// The reader's credit in numbers.
    pub credits: Vec<Count>,
}

/// One thing that waits for the reader.
#[derive(Clone, Debug, Serialize)]
pub struct TurnRow {
    /// What is to be done: `Assess`, `Answer 3 requested changes`.
    pub act: String,
    /// `SS-2026-0042`.
    pub reference: String,
    /// Of the submission.
    pub title: String,
    /// Who wrote it; nothing where the reader must not know, or is the author.
    pub author: Option<String>,
    /// Where it is done.
    pub href: String,
    /// Since when it waits.
    pub since: When,
    /// By when.
    pub by: Option<When>,
    /// Whether that day has passed.
    pub late: bool,
}

/// One of the reader's own submissions.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// `SS-2026-0042`.
    pub reference: String,
    /// Its title, or `Untitled self-study`.
    pub title: String,
    /// `Self-study`.
    pub workflow: String,
    /// Its page.
    pub href: String,
    /// Where it stands, in the author's words.
    pub state: Tag,
    /// How far along.
    pub steps: Vec<Step>,
    /// Whose turn, since when, by when, in a sentence.
    pub sentence: String,
}

/// Something that can be started: posts to `action`.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// What the button says: `Start a self-study`.
    pub label: String,
    /// For whom and what it leads to, in a sentence.
    pub lead: String,
    /// Where it posts to.
    pub action: String,
}

/// A number that leads somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// `12`, `more than 1,000`, `14.50`.
    pub number: String,
    /// Of what.
    pub label: String,
    /// Where they are listed.
    pub href: String,
    /// `Bad` for what is late.
    pub tone: Tone,
}

impl View for Home {
    const TEMPLATE: &'static str = "page/home_read.html";
}
