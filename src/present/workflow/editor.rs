//! The editor of a workflow.

use super::{name, preview};
use crate::{
    present::{
        form::fault::Faults,
        part::{self, Found, Link, NumberedLine, Preview},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::definition::{Checked, Draft, Workflow},
    workflow::{Definition, Fault, Severity, difference},
};

/// What stands in the editor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    /// The workflow's id.
    pub(crate) id: &'a str,
    /// As typed, or as it is saved.
    pub(crate) source: &'a str,
    /// The version it is based on.
    pub(crate) version: u64,
    /// Where it comes from, in a sentence.
    pub(crate) lead: &'a str,
    /// What somebody else saved meanwhile.
    pub(crate) theirs: Option<&'a str>,
    /// The version in force.
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
pub(crate) fn editor(text: &Text<'_>, checked: Option<&Checked>, faults: &Faults) -> part::Editor {
    let id = path::encoded(text.id);
    let found: Option<Vec<Found>> = checked.map(|checked| checked.faults.iter().map(self::found).collect());
    let back = match text.active {
        Some(active) => Link::new(active.title.clone(), format!("/workflows/{id}")),
        None => Link::new("Workflows", "/workflows"),
    };
    part::Editor {
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
