//! Reading answers: from JSON or a web form to [`Answer`], and what is missing.

use serde::Serialize;
use serde_json::Value;

use super::definition::{Definition, Question};
use crate::domain::{Answer, Answers};

/// One answer that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// Where: `hours`, or `agenda/2/minutes` inside a table (rows from 0).
    pub field: String,
    /// Stable for programs: `missing`, `type`, `too-long`, `step`, …
    pub code: String,
    /// What to do, as a person reads it.
    pub message: String,
}

impl Question {
    /// Reads an answer from the plain JSON of the API.
    pub fn read(&self, _: &Value) -> Result<Answer, Vec<FieldFault>> {
        Err(Vec::new())
    }

    /// An answer as the plain JSON of the API.
    #[must_use]
    pub fn show(&self, _: &Answer) -> Value {
        Value::Null
    }
}

impl Definition {
    /// A question of the form.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.form.iter().flat_map(|section| &section.questions).find(|question| question.id == id)
    }

    /// What has to be answered or put right before sending.
    #[must_use]
    pub fn missing(&self, _: &Answers) -> Vec<FieldFault> {
        Vec::new()
    }
}
