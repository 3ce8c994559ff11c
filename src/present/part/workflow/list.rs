//! The workflows of the house, and files that were refused.

use serde::Serialize;

use crate::present::{
    View,
    part::{Fact, Field, Link, Tag},
    words::when::When,
};

/// The workflows.
#[derive(Clone, Debug, Serialize)]
pub struct Workflows {
    /// One by one.
    pub workflows: Vec<Workflow>,
    /// What a new workflow is called, for those who may begin one.
    pub begin: Vec<Field>,
    /// What is wrong with what was just posted.
    pub faults: Vec<crate::present::part::Fault>,
}

/// One workflow.
#[derive(Clone, Debug, Serialize)]
pub struct Workflow {
    /// Its id.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// Its page; nothing where no version is there yet.
    pub href: Option<String>,
    /// First 12 digits of the version in force; empty if none ever was.
    pub version: String,
    /// Since when it is in force.
    pub since: Option<When>,
    /// `17 open submissions`, with those on earlier versions.
    pub usage: String,
    /// `Being assessed`: `12`.
    pub open: Vec<Fact>,
    /// `3 claims proved over all paths`.
    pub proofs: String,
    /// Whether the groups have the people it counts on.
    pub staffing: Option<Tag>,
    /// `Auditor: 0 of 1 in the group “Audit sample”`.
    pub lacking: Vec<String>,
    /// `Edited by Hannah Brandt, yesterday`, with the way to the draft.
    pub draft: Option<Link>,
    /// Versions that wait for an administrator to put them into force.
    pub proposed: Vec<Link>,
    /// Where it is edited, for those who may and where no draft is there.
    pub edit: Option<Link>,
    /// What the organisation's calendar lacks for a version that waits; nothing where it lacks nothing.
    pub meetings: Vec<String>,
    /// What is wrong with a newer file, which therefore is not in force.
    pub faults: Vec<FileFault>,
}

impl Workflow {
    /// One of which there is nothing yet but its id and what it is called.
    #[must_use]
    pub fn unknown(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            href: None,
            version: String::new(),
            since: None,
            usage: String::new(),
            open: Vec::new(),
            proofs: String::new(),
            staffing: None,
            lacking: Vec::new(),
            draft: None,
            proposed: Vec::new(),
            edit: None,
            meetings: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// One fault in a file.
#[derive(Clone, Debug, Serialize)]
pub struct FileFault {
    /// `workflows/self-study.yaml:41:7`.
    pub place: String,
    /// Its id.
    pub rule: String,
    /// What to do.
    pub message: String,
}

impl View for Workflows {
    const TEMPLATE: &'static str = "page/workflow_list.html";
}
