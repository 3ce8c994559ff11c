//! Deadlines that could not be carried out.

use jiff::Timestamp;

use crate::domain::SubmissionId;

/// A deadline that could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimerFailure {
    /// Of which submission.
    pub submission: SubmissionId,
    /// As people cite the submission.
    pub reference: String,
    /// The submission's title; may be empty.
    pub title: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again.
    pub retry_at: Timestamp,
    /// When it was given up.
    pub given_up_at: Option<Timestamp>,
    /// What last went wrong.
    pub error: String,
}
