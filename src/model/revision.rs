//! Answers as they were sent, each time.

use jiff::Timestamp;

use crate::domain::{Answers, SubmissionId};

/// Answers as they were sent once.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Of which submission.
    pub submission: SubmissionId,
    /// Its number, from 1.
    pub number: u32,
    /// Number of the event that sent it.
    pub sequence: u64,
    /// What was answered.
    pub answers: Answers,
    /// When.
    pub at: Timestamp,
}
