//! Reading answers: from JSON or a web form to [`Answer`], and what is missing.

use serde::Serialize;

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
