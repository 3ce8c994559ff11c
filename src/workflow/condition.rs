//! The condition language: a strict, typed subset of CEL.

use serde::{Serialize, Serializer};

/// A parsed and type-checked expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    source: String,
}

impl Condition {
    /// As the file writes it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}
