//! The catalogue: designated activities that others can complete.

use jiff::{Timestamp, civil::Date};

use crate::domain::{Amount, SubmissionId};

/// A designated activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The submission that was approved: the activity's identity.
    pub submission: SubmissionId,
    /// Its title.
    pub title: String,
    /// Who provides it.
    pub provider: String,
    /// The designation statement, as it must be printed.
    pub designation: String,
    /// The credit type's id.
    pub credit: String,
    /// The most a participant can claim.
    pub maximum: Amount,
    /// First day it may be offered.
    pub from: Date,
    /// Last day it may be offered.
    pub until: Date,
    /// The day it takes place, where it has one.
    pub starts_on: Option<Date>,
    /// When it was listed.
    pub listed_at: Timestamp,
    /// When it was taken off before its time.
    pub ended_at: Option<Timestamp>,
    /// Number of the revision that was accredited.
    pub revision: u32,
}
