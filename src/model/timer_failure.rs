//! Deadlines that could not be carried out.

use jiff::Timestamp;

use crate::domain::SubmissionId;

/// A deadline that was tried and failed.
#[derive(Clone, Copy, Debug)]
pub struct TimerTrial<'a> {
    /// Of which submission.
    pub submission: SubmissionId,
    /// Of which version of it: in another, it is tried as if for the first time.
    pub version: u64,
    /// How often it was tried by now.
    pub attempts: u32,
    /// What went wrong.
    pub error: &'a str,
}

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
