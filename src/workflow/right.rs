//! What a co-author may do.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// What a co-author may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// See what the author sees.
    Reads,
    /// Change answers and files too.
    Writes,
    /// Nothing any more; they are known to have written along.
    Gone,
}
