//! The editor of a workflow: its text, what a check found, and what it would look like.

use serde::Serialize;

use super::{Drawing, ShownSection};
use crate::present::{
    View,
    part::{Fault, Link},
};

/// The editor. Buttons: `then=check` (default), `then=save`, `then=propose`.
#[derive(Clone, Debug, Serialize)]
pub struct Editor {
    /// The way back.
    pub back: Link,
    /// The workflow's id.
    pub id: String,
    /// What is edited, and where it comes from.
    pub lead: String,
    /// What kept the text from being saved or proposed.
    pub faults: Vec<Fault>,
    /// What a check found; nothing where none was made.
    pub found: Option<Vec<Found>>,
    /// How many errors and warnings, in words; that it is sound, where there is no error.
    pub verdict: String,
    /// The text, as typed.
    pub source: String,
    /// The lines with their numbers, where a fault leads to one of them.
    pub lines: Vec<NumberedLine>,
    /// The version it was shown with, posted as `version`; 0 where nothing was saved yet.
    pub version: u64,
    /// Where it posts to.
    pub action: String,
    /// Whether the reader may save and propose, or only try.
    pub may_save: bool,
    /// What somebody else saved meanwhile.
    pub theirs: Option<String>,
    /// What it would look like, where it is sound.
    pub preview: Option<Preview>,
}

/// One thing found in the text.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1.
    pub column: u32,
    /// The check's id.
    pub rule: String,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong, and what to do.
    pub message: String,
    /// How one gets there, step by step, where it takes steps.
    pub steps: Vec<String>,
}

/// A line of the text.
#[derive(Clone, Debug, Serialize)]
pub struct NumberedLine {
    /// From 1.
    pub number: u32,
    /// As typed.
    pub text: String,
    /// Whether something was found in it.
    pub wrong: bool,
}

/// What a sound text would look like.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    /// Drawn.
    pub drawing: Drawing,
    /// The form as its author will see it.
    pub form: Vec<ShownSection>,
    /// What it changes in the version that is in force, a sentence each; nothing where none is.
    pub differences: Vec<String>,
}

impl View for Editor {
    const TEMPLATE: &'static str = "page/workflow_edit.html";
}
