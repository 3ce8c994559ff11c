//! What lists show of a submission.

use crate::{domain::Answer, model::Submission};

/// The answer to the question `title`, where a form has one.
pub(super) fn title(submission: &Submission) -> String {
    match submission.answers.get("title") {
        Some(Answer::Text(title)) => title.clone(),
        _ => String::new(),
    }
}
