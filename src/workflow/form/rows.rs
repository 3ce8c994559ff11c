//! A decision for each row of a table: the rows as choices.

use crate::{
    domain::{Answer, Answers, Row},
    workflow::definition::{Kind, Question},
};

impl Question {
    /// The question as it is asked about these answers of the form: one that chooses rows of a table becomes one with
    /// those rows as its options; any other stays what it is.
    #[must_use]
    pub fn over(&self, answers: &Answers) -> Self {
        let Kind::Rows { of, min } = &self.kind else { return self.clone() };
        let rows = match answers.get(of) {
            Some(Answer::Table(rows)) => rows.as_slice(),
            _ => &[],
        };
        let options = (1_usize..).zip(rows).map(|(number, row)| (number.to_string(), label(number, row))).collect();
        Self { kind: Kind::Choices { options, min: *min, max: None }, ..self.clone() }
    }
}

/// The row's title, or its first text; its number where it has none.
fn label(number: usize, row: &Row) -> String {
    let text = |answer: &Answer| match answer {
        Answer::Text(text) => Some(text.clone()),
        _ => None,
    };
    let title = row.get("title").and_then(text).or_else(|| row.values().find_map(text));
    title.unwrap_or_else(|| format!("Row {number}"))
}
