//! Reviewing: evidence on one side, rubric and verdict on the other.

use serde::Serialize;

use super::{AnswerSection, Arithmetic, Button, Choice, Fact, Fault, Field, Head, Link, Tag, Turn};
use crate::present::{View, words::when::When};

/// A reviewer's page.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// Which submission.
    pub head: Head,
    /// `Content review`, `Assessment`.
    pub track: String,
    /// Whose turn.
    pub turn: Option<Turn>,
    /// What the reviewer may read; empty until it is declared that there is no conflict.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    /// What changed since this reviewer's last verdict, with links to the answers.
    pub changes: Vec<Link>,
    /// This reviewer's own earlier verdicts.
    pub earlier: Vec<Opinion>,
    /// Changes asked before, and how they were answered.
    pub requests: Vec<super::Request>,
    /// What the reviewer does here.
    pub stage: ReviewStage,
    /// Where a conflict of interest is declared.
    pub conflict: Option<Link>,
    /// Gives the seat back.
    pub release: Option<Button>,
    /// What waits next for the reviewer, as far as there is anything else.
    pub skip: Option<Link>,
}

/// What a reviewer does on the page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum ReviewStage {
    /// Declare that there is no conflict; the evidence opens after that.
    Declare {
        /// What is declared, in full.
        statement: String,
        /// Title and summary, so that the reviewer knows what it is about.
        facts: Vec<Fact>,
        /// Declares no conflict; takes the seat if there is none yet.
        button: Button,
    },
    /// Judge.
    Judge(Box<Judging>),
    /// Judged already.
    Given {
        /// What was said.
        opinion: Opinion,
    },
    /// Nothing can be done here now.
    Closed {
        /// Why, and what to do.
        reason: String,
    },
}

/// What a verdict is given with.
#[derive(Clone, Debug, Serialize)]
pub struct Judging {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The rubric, names prefixed `rubric/`.
    pub rubric: Vec<Field>,
    /// Changes asked: a table named `requests` with columns `about` (`question:ID` or `document:ID`) and `text`.
    pub requests: Option<Field>,
    /// What can be said; posts `verdict`.
    pub verdicts: Vec<Choice>,
    /// What is wrong with the verdict.
    pub verdict_fault: Option<String>,
    /// Posts `note`.
    pub note: Field,
    /// Where it posts to.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// A verdict as given.
#[derive(Clone, Debug, Serialize)]
pub struct Opinion {
    /// `Approve`.
    pub verdict: Tag,
    /// When.
    pub at: When,
    /// For the author and the office.
    pub note: Option<String>,
    /// The rubric.
    pub rubric: Vec<Fact>,
}

impl View for Review {
    const TEMPLATE: &'static str = "page/review_give.html";
}
