//! Pages that ask: a plain form, a section of a submission, and the last look before sending.

use serde::Serialize;

use super::{AnswerSection, Arithmetic, Button, Fault, Field, Head, Link, Tone};
use crate::present::View;

/// A plain form: set-up, invitation, person, group, organisation, and every act on a submission.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// The submission it is about, if any.
    pub head: Option<Head>,
    /// The way back.
    pub back: Option<Link>,
    /// What is being done.
    pub heading: String,
    /// What it means, in a sentence or two.
    pub lead: Option<String>,
    /// What cannot be undone; set apart from the rest.
    pub warning: Option<String>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The questions.
    pub fields: Vec<Field>,
    /// Questions that most readers leave as they are, folded away below the others.
    pub folded: Option<Folded>,
    /// Where it posts to.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: Option<u64>,
    /// What the button says: names the act. Empty for who only reads: then there is nothing to send.
    pub send: String,
    /// `Good`, or `Bad` for what ends something.
    pub tone: Tone,
    /// Further acts, each a button of its own below the form.
    pub also: Vec<Button>,
    /// Further pages about the same.
    pub links: Vec<Link>,
}

/// Questions that most readers leave as they are.
#[derive(Clone, Debug, Serialize)]
pub struct Folded {
    /// What there is, on the line that opens it.
    pub summary: String,
    /// What they are about.
    pub lead: String,
    /// Whether it is shown open: something there is wrong, or was changed.
    pub open: bool,
    /// The questions.
    pub fields: Vec<Field>,
}

/// One section of a submission's form. Buttons: `then=continue` (default), `then=later`, `add`, `remove`.
#[derive(Clone, Debug, Serialize)]
pub struct FormSection {
    /// The submission.
    pub head: Head,
    /// The section's heading.
    pub title: String,
    /// `Section 2 of 4`.
    pub position: String,
    /// The way back: the task list.
    pub back: Link,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The questions.
    pub fields: Vec<Field>,
    /// Where it posts to, as `multipart/form-data`, since files may be among the questions.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// The last look before sending.
#[derive(Clone, Debug, Serialize)]
pub struct CheckAnswers {
    /// The submission.
    pub head: Head,
    /// The way back: the task list.
    pub back: Link,
    /// What is missing; each links to its section.
    pub faults: Vec<Fault>,
    /// All answers.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    /// What happens after sending.
    pub next: String,
    /// The button; nothing while answers are missing.
    pub send: Option<Button>,
}

impl View for Form {
    const TEMPLATE: &'static str = "page/form_fill.html";
}

impl View for FormSection {
    const TEMPLATE: &'static str = "page/form_section.html";
}

impl View for CheckAnswers {
    const TEMPLATE: &'static str = "page/answers_check.html";
}
