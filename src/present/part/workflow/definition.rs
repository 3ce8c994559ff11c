//! One version of a workflow, whole: drawn, as a table, its form, its rules in words, its checks, what it changes.

use serde::Serialize;

use super::{Countersigning, Drawing, ShownSection, ShownState};
use crate::present::{
    View,
    part::{Act, Fact, Fault, Link, Tag},
    words::when::When,
};

/// One version of a workflow.
#[derive(Clone, Debug, Serialize)]
pub struct DefinitionPage {
    /// The way back.
    pub back: Link,
    /// The workflow's id.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// First 12 digits of its identity.
    pub version: String,
    /// Where it stands.
    pub status: Tag,
    /// What that means, in a sentence or two.
    pub standing: String,
    /// What is wrong with what was just posted.
    pub faults: Vec<Fault>,
    /// What can be done with it.
    pub acts: Vec<Act>,
    /// How it is put into force, where that can be done now.
    pub activate: Option<Countersigning>,
    /// Against which version it is compared; nothing where there is no other.
    pub against: Option<String>,
    /// What it changes, a sentence each.
    pub differences: Vec<String>,
    /// The drawing.
    pub drawing: Drawing,
    /// The same as a table.
    pub states: Vec<ShownState>,
    /// The form as the author will see it.
    pub form: Vec<ShownSection>,
    /// The rules in words.
    pub rules: Vec<Rules>,
    /// What was checked, with its result.
    pub checks: Vec<Fact>,
    /// All versions, this one too, the last first.
    pub versions: Vec<ShownVersion>,
    /// Migrations of open submissions, planned or carried out.
    pub plans: Vec<Link>,
    /// The text and the drawing for other programs.
    pub downloads: Vec<Link>,
}

/// Rules of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Rules {
    /// `Who acts`, `Deadlines`.
    pub title: String,
    /// One by one.
    pub lines: Vec<String>,
}

/// A version in the list of versions.
#[derive(Clone, Debug, Serialize)]
pub struct ShownVersion {
    /// First 12 digits of its identity.
    pub label: String,
    /// Its page; nothing where that is this one.
    pub href: Option<String>,
    /// Where it stands.
    pub status: Tag,
    /// When it came.
    pub since: When,
    /// `Proposed by Hannah Brandt`, `From a file`.
    pub by: String,
    /// `Activated by Peter Osei on 3 November 2026`, once for each time.
    pub activated: Vec<String>,
    /// Open submissions that follow it.
    pub open: String,
    /// Where those are taken over to the active version, for those who may plan it.
    pub migrate: Option<String>,
}

impl View for DefinitionPage {
    const TEMPLATE: &'static str = "page/workflow_read.html";
}
