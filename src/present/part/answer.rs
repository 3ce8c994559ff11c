//! Answers as they are read, not typed.

use serde::Serialize;

use super::File;

/// The answers of one section.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerSection {
    /// Its heading.
    pub title: String,
    /// Question by question.
    pub answers: Vec<ShownAnswer>,
}

/// One question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct ShownAnswer {
    /// The question's id; the anchor is `answer-ID`.
    pub question: String,
    /// The question.
    pub label: String,
    /// The answer.
    pub value: Shown,
    /// Where it can be changed, for the author only.
    pub change: Option<String>,
    /// What it was when the reader last reviewed, if it changed since: its text or `Not provided`.
    pub before: Option<String>,
    /// Changes asked about it that wait for the author.
    pub requests: Vec<String>,
}

/// An answer, ready to read.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "shown", rename_all = "kebab-case")]
pub enum Shown {
    /// Nothing was answered.
    Missing,
    /// Text, number, date, choice, yes or no. Line breaks are kept.
    Text {
        /// The words.
        text: String,
    },
    /// Several choices.
    List {
        /// One by one.
        items: Vec<String>,
    },
    /// Rows.
    Table {
        /// Of the columns.
        headings: Vec<String>,
        /// Cells in the order of the headings.
        rows: Vec<Vec<String>>,
    },
    /// People.
    People {
        /// One by one.
        people: Vec<ShownPerson>,
    },
    /// Files.
    Files {
        /// One by one.
        files: Vec<File>,
    },
}

/// Somebody named in a form.
#[derive(Clone, Debug, Serialize)]
pub struct ShownPerson {
    /// The name.
    pub name: String,
    /// The address; nothing where the reader has no business with it.
    pub email: Option<String>,
    /// The part played.
    pub part: String,
    /// Financial relationships of the last 24 months, `None declared`, or `Not asked yet`.
    pub disclosure: Option<String>,
}

/// Minutes to credit, line by line.
#[derive(Clone, Debug, Serialize)]
pub struct Arithmetic {
    /// The rows of the agenda.
    pub lines: Vec<ArithmeticLine>,
    /// Minutes that count.
    pub total: u32,
    /// Before rounding: `4.30`.
    pub exact: String,
    /// After: `4.25`.
    pub credit: String,
    /// `AMA PRA Category 1 Credit`.
    pub unit: String,
    /// `60 minutes are 1 credit, rounded to the nearest quarter.`
    pub rule: String,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct ArithmeticLine {
    /// What takes place.
    pub label: String,
    /// How long.
    pub minutes: u32,
    /// How much of that counts.
    pub counted: u32,
}
