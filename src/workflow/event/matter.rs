//! What the office is asked about a conflict of interest, and what it decides.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// What the office has to decide about a conflict of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Matter {
    /// What somebody did does not count any more, and it cannot go back to where that was needed.
    DecideAnew,
    /// The author named somebody who has or had to do with it.
    NamedByAuthor,
}

/// What the office decided about a conflict of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Ruling {
    /// Somebody else takes the place.
    SeatAnother,
    /// The author is to take the name back.
    NameBack,
    /// It was looked at anew: what was decided stands, or was changed since.
    Decided,
}
