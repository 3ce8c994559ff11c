//! The workflows that are in force, and files that were refused.

use serde::Serialize;

use super::{View, When, sample::workflow as sample};

/// The workflows.
#[derive(Clone, Debug, Serialize)]
pub struct Workflows {
    /// One by one.
    pub workflows: Vec<Workflow>,
}

/// One workflow.
#[derive(Clone, Debug, Serialize)]
pub struct Workflow {
    /// Its id.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// First 12 digits of the version in force; empty if none ever was.
    pub version: String,
    /// Since when it is in force.
    pub since: Option<When>,
    /// `14 open submissions follow it, 3 an earlier version`.
    pub usage: String,
    /// Its states, in the order of the file.
    pub states: Vec<StateRow>,
    /// What is wrong with a newer file, which therefore is not in force.
    pub faults: Vec<FileFault>,
}

/// One state.
#[derive(Clone, Debug, Serialize)]
pub struct StateRow {
    /// As the office reads it.
    pub label: String,
    /// Whose turn it is there.
    pub turn: String,
    /// The ways out: `Send for assessment → Being assessed`.
    pub ways: Vec<String>,
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

    fn samples() -> Vec<Self> {
        sample::workflows()
    }
}
