//! One-time links: set-up, invitation, forgotten password.

use jiff::Timestamp;

use super::{Error, Tx, View};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkPurpose {
    /// The first account of an installation.
    SetUp,
    /// Joining an organisation.
    Invitation,
    /// A forgotten password.
    Reset,
}

impl View {
    /// A link that was neither used nor has ended at `now`.
    pub async fn link(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Link>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a link.
    pub async fn add_link(&self, link: &Link) -> Result<(), Error> {
        todo!()
    }
    /// Uses a link up; nothing where it is unknown, was used or has ended. Of many at once, one gets it.
    pub async fn use_link(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Link>, Error> {
        todo!()
    }
    /// Uses up every open link of a person for one purpose.
    pub async fn void_links(&self, person: PersonId, purpose: LinkPurpose, now: Timestamp) -> Result<(), Error> {
        todo!()
    }
}
