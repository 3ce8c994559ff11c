//! Reading and checking a definition.

use serde::Serialize;

use super::Definition;
use crate::credit::CreditTypes;

/// One thing wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The check's id, as in `workflows/README.md`.
    pub rule: String,
    /// Whether it refuses activation.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// One sentence.
    pub message: String,
}

/// Whether a fault refuses activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

/// Reads a file of `workflows/`: the definition with its warnings, or everything that is wrong with it.
pub fn load(_source: &str, _credits: &CreditTypes) -> Result<(Definition, Vec<Fault>), Vec<Fault>> {
    Err(Vec::new())
}
