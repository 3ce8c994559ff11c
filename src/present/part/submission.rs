//! One submission: as its author reads it, as the office reads it, and its history.

use serde::Serialize;

use super::{Act, AnswerSection, Arithmetic, Button, Drawing, Fact, Fault, Head, Link, Pager, Step, Tag, Tone, Turn};
use crate::present::{View, words::when::When};

/// The author's page of a submission; stays the same address from the draft to the end.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// Which.
    pub head: Head,
    /// Shown once, right after sending.
    pub sent: Option<Sent>,
    /// Where it stands, in the author's words.
    pub sentence: String,
    /// Whose turn; nothing once it is over.
    pub turn: Option<Turn>,
    /// How far along.
    pub steps: Vec<Step>,
    /// The sections to fill in, while it can be changed.
    pub tasks: Vec<Task>,
    /// The way to the last look, once there is something to send.
    pub check: Option<Act>,
    /// Changes asked of the author.
    pub requests: Option<Requests>,
    /// What was decided, with its reason.
    pub decision: Option<Decision>,
    /// What else the author may do: withdraw, appeal, report.
    pub acts: Vec<Act>,
    /// What was sent; empty in a draft.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course that was sent.
    pub arithmetic: Option<Arithmetic>,
    /// Its history.
    pub history: Link,
    /// Its workflow drawn, with the way that it took.
    pub drawing: Drawing,
}

/// It was sent.
#[derive(Clone, Debug, Serialize)]
pub struct Sent {
    /// `Sent for assessment`.
    pub heading: String,
    /// What happens next and when, step by step.
    pub next: Vec<String>,
    /// Whom to ask.
    pub contact: Option<String>,
}

/// One section on the task list.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// The section.
    pub title: String,
    /// Its page.
    pub href: String,
    /// `Completed`, `Incomplete`, `2 changes asked`.
    pub state: Tag,
}

/// Changes asked of the author.
#[derive(Clone, Debug, Serialize)]
pub struct Requests {
    /// How many have an answer.
    pub answered: usize,
    /// One by one.
    pub requests: Vec<Request>,
    /// The version they were shown with, posted as `version`.
    pub version: u64,
}

/// One change asked.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// Its number.
    pub number: u32,
    /// The question or file it is about.
    pub about: String,
    /// What is asked.
    pub text: String,
    /// Who asked, where the author may know: `Your assessor`.
    pub by: String,
    /// When.
    pub at: When,
    /// Where that question can be changed.
    pub change: Option<String>,
    /// How it was answered: `Changed: …`, `Not changed: …`.
    pub resolution: Option<String>,
    /// Where an answer is posted to while there is none: `resolution=done|declined` and `note`.
    pub resolve: Option<String>,
    /// What is wrong with the answer just posted.
    pub fault: Option<String>,
    /// As typed just before.
    pub note: String,
}

/// What was decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// `Recognised`, `Not accredited`, `Returned as incomplete`.
    pub outcome: String,
    /// Good or bad.
    pub tone: Tone,
    /// When.
    pub at: When,
    /// Why.
    pub reason: Option<String>,
    /// `Credit: 6.50 AAFP Elective`, `Valid until: …`.
    pub facts: Vec<Fact>,
    /// Where to go: the credit page, the public page.
    pub links: Vec<Link>,
}

/// A submission as the office reads it: coordinator, screener, chair, auditor.
#[derive(Clone, Debug, Serialize)]
pub struct Dossier {
    /// Which.
    pub head: Head,
    /// Whose turn; nothing once it is over.
    pub turn: Option<Turn>,
    /// `Sent`, `Round`, `Days here`, `Institution`.
    pub facts: Vec<Fact>,
    /// What stands in the way: nobody in a group, a conflict.
    pub alarms: Vec<String>,
    /// What the reader may do now, and why not the rest.
    pub acts: Vec<Act>,
    /// What the reader may do at once: remind.
    pub buttons: Vec<Button>,
    /// The reviews.
    pub tracks: Vec<ShownTrack>,
    /// Changes asked of the author.
    pub requests: Vec<Request>,
    /// The answers.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    /// Its history, for those who may read it.
    pub history: Option<Link>,
    /// Its workflow drawn, with the way that it took.
    pub drawing: Drawing,
    /// What went wrong with what was just posted.
    pub faults: Vec<Fault>,
}

/// One review inside a state.
#[derive(Clone, Debug, Serialize)]
pub struct ShownTrack {
    /// `Content review`.
    pub title: String,
    /// `2 of 3 verdicts`.
    pub progress: String,
    /// Why verdicts are not shown yet.
    pub sealed: Option<String>,
    /// Who reviews.
    pub seats: Vec<ShownSeat>,
    /// Where a reviewer is assigned, for those who may.
    pub assign: Option<Link>,
}

/// One reviewer's place.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSeat {
    /// Who; `A reviewer` where the reader must not know.
    pub name: String,
    /// Since when.
    pub since: When,
    /// `Reading`, `Has not said whether there is a conflict`, `Approve`, `No longer counts`.
    pub state: Tag,
    /// For the author and the office.
    pub note: Option<String>,
    /// The rubric as filled in.
    pub rubric: Vec<Fact>,
    /// Where this reviewer is replaced, for those who may.
    pub replace: Option<Link>,
}

/// Everything that happened to a submission.
#[derive(Clone, Debug, Serialize)]
pub struct History {
    /// Which.
    pub head: Head,
    /// Newest first.
    pub entries: Vec<HistoryEntry>,
    /// The rest of it.
    pub pager: Pager,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryEntry {
    /// Its number within the submission.
    pub sequence: u64,
    /// When.
    pub at: When,
    /// Who: a name, `The clock`, `A rule of the workflow`, `A reviewer`.
    pub who: String,
    /// What, as the rest of the sentence: `sent it for assessment`.
    pub what: String,
    /// The reason or remark given.
    pub note: Option<String>,
    /// How to read it.
    pub tone: Tone,
}

impl View for Status {
    const TEMPLATE: &'static str = "page/submission_status.html";
}

impl View for Dossier {
    const TEMPLATE: &'static str = "page/submission_read.html";
}

impl View for History {
    const TEMPLATE: &'static str = "page/history_read.html";
}
