//! What has to hold, of a step or of each row of a table.

use serde::Serialize;

use crate::workflow::condition::Condition;

/// A condition with the sentence that people read while it is not met.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    /// The condition.
    pub condition: Condition,
    /// What to do about it; the condition's own text where the file is silent.
    pub reason: Option<String>,
    /// Where the file says it, by keys and places in lists: at the transition, or in a named set; for rows below their
    /// table.
    #[serde(skip)]
    pub(in crate::workflow) path: Vec<String>,
}
