//! One-time links: set-up, invitation, forgotten password.

use jiff::Timestamp;
use strum::{EnumString, IntoStaticStr};

use crate::domain::{LinkId, PersonId};

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// SHA-256 of its secret.
    pub token_hash: [u8; 32],
    /// For whom.
    pub person: PersonId,
    /// What for.
    pub purpose: LinkPurpose,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum LinkPurpose {
    /// The first account of an installation.
    SetUp,
    /// Joining the house.
    Invitation,
    /// A forgotten password.
    Reset,
}

impl LinkPurpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SetUp, Self::Invitation, Self::Reset];
}
