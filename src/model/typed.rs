//! What somebody typed into a form and what was not taken in.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    domain::{PersonId, SubmissionId},
    workflow::FieldFault,
};

/// Names and values of a form, as they were posted.
pub type Fields = Vec<(String, String)>;

/// What somebody typed into a form of a submission and what is no answer yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The submission.
    pub submission: SubmissionId,
    /// Who.
    pub person: PersonId,
    /// Into which form, as addresses name it: `form/study`, `act/submit`, `review/assess`.
    pub form: String,
    /// What.
    pub fields: Fields,
    /// What is wrong with it; nothing where it was only put by.
    pub faults: Vec<FieldFault>,
    /// When.
    pub at: Timestamp,
}

/// A form that came in after its sender's session had ended. Nothing was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Its id.
    pub id: Uuid,
    /// Whose session it was.
    pub person: PersonId,
    /// Where it was posted to.
    pub place: String,
    /// What.
    pub fields: Fields,
    /// When.
    pub at: Timestamp,
}
