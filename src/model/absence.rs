//! Days on which somebody is away.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{AbsenceId, PersonId};

/// Days on which somebody is away, the first and the last included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Who said so.
    pub entered_by: PersonId,
    /// When.
    pub entered_at: Timestamp,
}
