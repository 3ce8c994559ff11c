//! What somebody answered to the questions of a form.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{DocumentId, Email};

/// One answer, already of its question's type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// `text` and `long-text`.
    Text(String),
    /// `integer`.
    Integer(i64),
    /// `decimal`, exact.
    Decimal(Decimal),
    /// `date`, in the organisation's calendar.
    Date(Date),
    /// `time`, a time of day to the minute.
    Time(Time),
    /// `yes-no`.
    YesNo(bool),
    /// `choice`: the chosen option's id.
    Choice(String),
    /// `choices`: the chosen options' ids.
    Choices(Vec<String>),
    /// `table`.
    Table(Vec<Row>),
    /// `people`.
    People(Vec<Named>),
    /// `files`: uploaded documents.
    Files(Vec<DocumentId>),
}

/// One row of a table: an answer for each column that was filled in.
pub type Row = IndexMap<String, Answer>;

/// Somebody named in a form, who need not have an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// As it should be printed.
    pub name: String,
    /// The address that makes this person one and the same everywhere.
    pub email: Email,
    /// The part played, as `Speaker` or `Course director`.
    pub part: String,
    /// Financial relationships of the last 24 months with companies that produce, market, sell or distribute
    /// healthcare products; empty means "none" was declared, absent means nobody asked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<String>,
}

/// Answers by question id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answer {
    /// The texts that people wrote.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Table(rows) => rows.iter().flat_map(|row| row.values()).flat_map(Self::texts).collect(),
            _ => Vec::new(),
        }
    }

    /// Puts other texts in the place of those that people wrote.
    pub fn reword(&mut self, reword: &dyn Fn(&str) -> String) {
        match self {
            Self::Text(text) => *text = reword(text),
            Self::Table(rows) => rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|cell| cell.reword(reword)),
            _ => {}
        }
    }
}

impl Answers {
    /// Puts other texts in the place of those that people wrote.
    pub fn reword(&mut self, reword: &dyn Fn(&str) -> String) {
        self.0.values_mut().for_each(|answer| answer.reword(reword));
    }

    /// The answer to a question, if there is one.
    #[must_use]
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Everybody whom some answer names.
    pub fn people(&self) -> impl Iterator<Item = &Named> + '_ {
        self.0.values().flat_map(|answer| match answer {
            Answer::People(people) => people.iter().collect::<Vec<_>>(),
            Answer::Table(rows) => rows
                .iter()
                .flat_map(|row| row.values())
                .flat_map(|cell| match cell {
                    Answer::People(people) => people.as_slice(),
                    _ => &[],
                })
                .collect(),
            _ => Vec::new(),
        })
    }

    /// Every document that some answer refers to.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.0
            .values()
            .flat_map(|answer| match answer {
                Answer::Files(files) => files.as_slice(),
                _ => &[],
            })
            .copied()
    }
}
