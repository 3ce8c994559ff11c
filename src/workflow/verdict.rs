//! What a reviewer may give.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// A reviewer's judgement.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Verdict {
    /// Good as it is.
    Approve,
    /// Changes asked.
    Revise,
    /// Not good, and changes would not help.
    Reject,
}

impl Verdict {
    /// Every one there is.
    pub const ALL: [Self; 3] = [Self::Approve, Self::Revise, Self::Reject];

    /// As its button says it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Revise => "Ask for changes",
            Self::Reject => "Reject",
        }
    }
}
