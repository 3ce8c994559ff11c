//! The office's queue, and who could review.

use serde::Serialize;

use super::{Fault, Filter, Head, Pager, Tag};
use crate::present::{View, words::when::When};

/// The queue: a search and its result. The form is a GET to `/queue`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct Queue {
    /// As typed.
    pub search: String,
    /// What it can be narrowed by, sorting included.
    pub filters: Vec<Filter>,
    /// `28 submissions, 3 of them late`.
    pub summary: String,
    /// Where all of it is, if narrowed.
    pub clear: Option<String>,
    /// What was found.
    pub rows: Vec<QueueRow>,
    /// The way through it.
    pub pager: Pager,
}

/// One submission in the queue.
#[derive(Clone, Debug, Serialize)]
pub struct QueueRow {
    /// `SS-2026-0042`.
    pub reference: String,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The workflow's title.
    pub workflow: String,
    /// Where it stands.
    pub state: Tag,
    /// Whose turn: `Content reviewers`, `Dr Okafor`, `Nobody: integrity is empty`.
    pub turn: String,
    /// Since when it is in this state.
    pub since: When,
    /// Days in this state.
    pub days: u32,
    /// How they are counted, where not plainly: `business days`, or that the clock stands still.
    pub note: Option<String>,
    /// Days allowed.
    pub limit: Option<u32>,
    /// Whether that has passed.
    pub late: bool,
}

/// Who could review: posts `person` to `action`.
#[derive(Clone, Debug, Serialize)]
pub struct Assign {
    /// Which submission.
    pub head: Head,
    /// `Content review`.
    pub track: String,
    /// `2 of 3 seats are taken. 2 verdicts complete the review.`
    pub lead: String,
    /// Who is replaced, and since when they sit there.
    pub replaces: Option<Replaced>,
    /// Fewest open reviews first; those with a conflict last.
    pub candidates: Vec<Candidate>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Where it posts to.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// Somebody who is replaced.
#[derive(Clone, Debug, Serialize)]
pub struct Replaced {
    /// Posted as `replaces`.
    pub id: String,
    /// The name.
    pub name: String,
    /// Since when.
    pub since: When,
}

/// Somebody who could review.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Posted as `person`.
    pub id: String,
    /// The name.
    pub name: String,
    /// Where from.
    pub institution: Option<String>,
    /// Open reviews.
    pub load: u32,
    /// The same in words: `3 open reviews, the oldest for 12 days`.
    pub load_text: String,
    /// Why not: `Same institution as the author`, `Reviews it already`.
    pub conflict: Option<String>,
}

impl View for Queue {
    const TEMPLATE: &'static str = "page/queue_list.html";
}

impl View for Assign {
    const TEMPLATE: &'static str = "page/reviewer_assign.html";
}
