//! Whether what is stored agrees with itself.

use super::{Error, View};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Stable for programs, as in `item-differs-from-events`.
    pub code: String,
    /// What it is about, as in `submission SS-2026-0042`.
    pub subject: String,
    /// What is wrong, as a person reads it.
    pub message: String,
}

/// Everything that does not agree, over all organisations; empty is good.
pub async fn findings(view: &View) -> Result<Vec<Finding>, Error> {
    todo!()
}
