//! What a workflow asks of the house's other records: numbers that conditions read as `record.NAME`.

use serde::Serialize;

use super::Length;

/// A number taken from submissions of one workflow, this one left out; or from what those who are named disclosed.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// What is counted.
    #[serde(flatten)]
    pub of: RecordOf,
    /// The workflow whose submissions are looked at; empty where none is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub workflow: String,
    /// Questions of the form that have to be answered there as they are here; upper and lower case are the same.
    pub same: Vec<String>,
}

/// The time within which credit counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Within {
    /// So long before today.
    Back(Length),
    /// The fullest of all stretches of this length that contain the day on which this submission's own credit is earned:
    /// a bound on it holds in every cycle, whenever that began.
    Any {
        /// How long.
        any: Length,
    },
}

/// What is counted.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordOf {
    /// Credit that stands in the author's ledger for such submissions of theirs.
    Credit {
        /// The credit type.
        credit: String,
        /// Only what was earned within this time.
        within: Option<Within>,
    },
    /// Such submissions of the author in one of these states.
    Items {
        /// The states, of that workflow.
        states: Vec<String>,
    },
    /// People named in a question who have no such submission of their own in one of these states.
    Without {
        /// The `people` question.
        people: String,
        /// The states, of that workflow.
        states: Vec<String>,
    },
    /// People named in a question of whom no disclosure is there that is good, neither their own nor one that the author wrote.
    Undisclosed {
        /// The `people` question.
        people: String,
    },
}
