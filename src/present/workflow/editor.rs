//! The editor of a workflow.

use serde::Serialize;

use super::{
    name,
    preview::{self, Drawing, ShownSection},
};
use crate::{
    present::{
        View,
        form::fault::Faults,
        part::{self, Link},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::definition::{Checked, Draft, Workflow},
    workflow::{Definition, Fault, Severity, difference},
};

/// The editor. Buttons: `then=check` (default), `then=save`, `then=propose`.
#[derive(Clone, Debug, Serialize)]
pub struct Editor {
    pub back: Link,
    pub id: String,
    /// What is edited, and where it comes from.
    pub lead: String,
    /// What kept the text from being saved or proposed.
    pub faults: Vec<part::Fault>,
    /// What a check found; nothing where none was made.
    pub found: Option<Vec<Found>>,
    /// How many errors and warnings, in words; that it is sound, where there is no error.
    pub verdict: String,
    pub source: String,
    /// The lines with their numbers, where a fault leads to one of them.
    pub lines: Vec<NumberedLine>,
    /// The version it was shown with, posted as `version`; 0 where nothing was saved yet.
    pub version: u64,
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
    pub line: u32,
    pub column: u32,
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
    pub number: u32,
    pub text: String,
    /// Whether something was found in it.
    pub wrong: bool,
}

/// What a sound text would look like.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    pub drawing: Drawing,
    /// The form as its author will see it.
    pub form: Vec<ShownSection>,
    /// What it changes in the version that is in force, a sentence each; nothing where none is.
    pub differences: Vec<String>,
}

impl View for Editor {
    const TEMPLATE: &'static str = "page/workflow_edit.html";
}

/// What stands in the editor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) id: &'a str,
    /// As typed, or as it is saved.
    pub(crate) source: &'a str,
    /// The version it is based on.
    pub(crate) version: u64,
    /// Where it comes from, in a sentence.
    pub(crate) lead: &'a str,
    /// What somebody else saved meanwhile.
    pub(crate) theirs: Option<&'a str>,
    pub(crate) active: Option<&'a Definition>,
    /// Whether the reader may save, rather than only try.
    pub(crate) may_save: bool,
}

/// Where the text comes from, in a sentence.
pub(crate) fn origin(workflow: &Workflow, draft: &Draft, calendar: &Calendar) -> String {
    match draft.edited {
        Some((by, at)) => {
            format!("A draft, saved by {}, {}. Nothing follows it.", name(workflow, by), calendar.instant(at).text)
        }
        None => "The text of the version in force. What you save becomes a draft that nothing follows.".to_owned(),
    }
}

/// The editor with what a check found, where one was made.
pub(crate) fn of(text: &Text<'_>, checked: Option<&Checked>, faults: &Faults) -> Editor {
    let id = path::encoded(text.id);
    let found: Option<Vec<Found>> = checked.map(|checked| checked.faults.iter().map(self::found).collect());
    let back = match text.active {
        Some(active) => Link::new(active.title.clone(), format!("/workflows/{id}")),
        None => Link::new("Workflows", "/workflows"),
    };
    Editor {
        back,
        id: text.id.to_owned(),
        lead: text.lead.to_owned(),
        faults: faults.list(&[("source".to_owned(), "Definition".to_owned())]),
        verdict: checked.map_or_else(|| "Not checked yet.".to_owned(), verdict),
        lines: found.as_deref().map(|found| lines(text.source, found)).unwrap_or_default(),
        found,
        source: text.source.to_owned(),
        version: text.version,
        action: format!("/workflows/{id}/edit"),
        may_save: text.may_save,
        theirs: text.theirs.map(str::to_owned),
        preview: checked.and_then(|checked| checked.definition.as_ref()).map(|sound| preview(text, sound)),
    }
}

fn preview(text: &Text<'_>, sound: &Definition) -> Preview {
    let changed = text.active.map(|active| difference(active, sound)).unwrap_or_default();
    Preview {
        drawing: preview::drawing(sound),
        form: preview::form(sound),
        differences: changed.into_iter().map(|changed| changed.sentence).collect(),
    }
}

fn verdict(checked: &Checked) -> String {
    let errors = checked.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    let warnings = checked.faults.len() - errors;
    match (errors, warnings) {
        (0, 0) => "Sound. It can be proposed.".to_owned(),
        (0, warnings) => format!("Sound, with {}. It can be proposed.", words::many(warnings, "warning")),
        (errors, 0) => format!("{} to put right.", words::many(errors, "error")),
        (errors, warnings) => {
            format!("{} to put right, and {}.", words::many(errors, "error"), words::many(warnings, "warning"))
        }
    }
}

fn found(fault: &Fault) -> Found {
    Found {
        line: fault.line,
        column: fault.column,
        rule: fault.rule.clone(),
        severity: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: fault.message.clone(),
        steps: fault.counterexample.clone(),
    }
}

/// The lines of the text, where a fault leads to one.
fn lines(source: &str, found: &[Found]) -> Vec<NumberedLine> {
    if found.is_empty() {
        return Vec::new();
    }
    let line = |(number, text): (u32, &str)| NumberedLine {
        number,
        text: text.to_owned(),
        wrong: found.iter().any(|found| found.line == number),
    };
    (1..).zip(source.lines()).map(line).collect()
}
