//! Another address that somebody asked for.

use jiff::Timestamp;
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::domain::{Email, PersonId};

/// Another address that somebody asked for. It is theirs once both addresses have confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub person: PersonId,
    /// The new one.
    pub email: Email,
    /// When it is too late.
    pub expires_at: Timestamp,
    /// When the address of before confirmed it.
    pub old_confirmed_at: Option<Timestamp>,
    /// When the new one did.
    pub new_confirmed_at: Option<Timestamp>,
    /// When another one took its place, or it was carried out.
    pub ended_at: Option<Timestamp>,
}

/// Which of the two addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Side {
    /// The one of before.
    Old,
    /// The new one.
    New,
}

impl AddressChange {
    /// When an address confirmed it.
    #[must_use]
    pub fn confirmed(&self, side: Side) -> Option<Timestamp> {
        match side {
            Side::Old => self.old_confirmed_at,
            Side::New => self.new_confirmed_at,
        }
    }
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}
