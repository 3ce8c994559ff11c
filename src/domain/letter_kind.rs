//! Letters that one may do without.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr, VariantArray};

/// Kinds of letters that somebody may turn off; all others always go.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LetterKind {
    /// Something still waits.
    Reminders,
    /// Something waits for a group, not for one person.
    GroupTurns,
    /// Somebody else's submission moved on.
    Progress,
    /// Somebody will be away.
    Absences,
}
