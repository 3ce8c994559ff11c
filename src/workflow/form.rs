//! Reading answers: from JSON to [`Answer`], back again, and what is missing.
//!
//! An answer is read bound by bound as it is given, so that a wrong one is never kept. What is built up piece by
//! piece, rows, people and files, may stay below its minimum until it is sent; [`Definition::missing`] looks at that.

mod each;
mod missing;
mod read;
mod rows;
mod show;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use missing::standing;

use super::definition::{Definition, Kind, Question};
use crate::domain::{Answer, Answers, Email, Named, TextFault};

/// What an answer is looked at among.
#[derive(Clone, Copy)]
pub(super) struct Among<'a> {
    /// The workflow that asks.
    pub(super) definition: &'a Definition,
    /// The answers beside it.
    pub(super) answers: &'a Answers,
    /// The office's date.
    pub(super) today: Date,
    /// Who was asked to disclose, or has.
    pub(super) disclosing: &'a BTreeSet<Email>,
}

/// One answer that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// Where: `hours`, or `agenda/2/minutes` inside a table (rows from 0).
    pub field: String,
    /// Stable for programs: `missing`, `type`, `too-long`, `step`, …
    pub code: String,
    /// What to do, as a person reads it.
    pub message: String,
}

impl FieldFault {
    pub(super) fn new(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), message: message.into() }
    }

    /// An answer to a question that is not asked here.
    pub(super) fn unknown(field: &str) -> Self {
        Self::new(field, "unknown", format!("there is no question '{field}' here; leave it out"))
    }

    /// A text that cannot be taken.
    #[must_use]
    pub fn of_text(field: &str, fault: TextFault) -> Self {
        Self::new(field, fault.code(), fault.to_string())
    }

    fn within(self, outer: &str) -> Self {
        Self { field: format!("{outer}/{}", self.field), ..self }
    }
}

impl Question {
    /// Reads an answer from the plain JSON of the API; all that is wrong with it otherwise.
    ///
    /// Text as a string, numbers as numbers or strings (`"2.50"`), dates as `"2026-11-22"`, yes-no as a boolean, a choice
    /// as its option's id, choices as a list of them, a table as a list of objects by column, people as a list of
    /// `{name, email, part, disclosure?, none?}` (`none: true` declares that there is nothing to disclose), files as a list of document ids.
    pub fn read(&self, value: &Value) -> Result<Answer, Vec<FieldFault>> {
        read::read(self, value)
    }

    /// An answer as the plain JSON of the API: what [`Question::read`] takes.
    #[must_use]
    pub fn show(&self, answer: &Answer) -> Value {
        show::show(answer)
    }
}

impl Definition {
    /// A question of the form.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.form.iter().flat_map(|section| &section.questions).find(|question| question.id == id)
    }

    /// The question that conditions read under a name: one of the form, or with `decided.` one asked with a transition.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<&Question> {
        match name.strip_prefix("decided.") {
            None => self.question(name),
            Some(name) => self.transitions.values().flat_map(|step| &step.asks).find(|question| question.id == name),
        }
    }

    /// Those of whom the form asks a disclosure, once each.
    #[must_use]
    pub fn disclosing<'a>(&self, answers: &'a Answers) -> Vec<&'a Named> {
        let questions = self.form.iter().flat_map(|section| &section.questions);
        let asks = questions.filter(|question| matches!(question.kind, Kind::People { disclosure: true, .. }));
        let people = asks.filter_map(|question| match answers.get(&question.id) {
            Some(Answer::People(people)) => Some(people),
            _ => None,
        });
        let mut seen = BTreeSet::new();
        people.flatten().filter(|named| seen.insert(&named.email)).collect()
    }

    /// What has to be answered or put right before sending on this day, in the order of the form. Those who were asked to
    /// disclose, or have, say it themselves.
    #[must_use]
    pub fn missing(&self, answers: &Answers, today: Date, disclosing: &BTreeSet<Email>) -> Vec<FieldFault> {
        let among = Among { definition: self, answers, today, disclosing };
        self.form.iter().flat_map(|section| &section.questions).flat_map(|question| standing(question, among)).collect()
    }
}
