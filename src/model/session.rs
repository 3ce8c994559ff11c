//! Signed-in browsers.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{PersonId, SessionId};

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the person's list of sessions names it by.
    pub id: SessionId,
    /// SHA-256 of the cookie's secret.
    pub secret_hash: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What the browser called itself; may be empty.
    pub agent: String,
    /// From where it was begun, as the connection or a trusted proxy had it; may be empty.
    pub address: String,
}

impl Session {
    /// What the clocks of servers may differ by: a session that begins later than this was begun by a clock that was wrong.
    pub const APART: SignedDuration = SignedDuration::from_mins(5);

    /// Whether it begins after `now`, as none can that was begun by a clock that was right.
    #[must_use]
    pub fn is_to_come(&self, now: Timestamp) -> bool {
        self.created_at > now + Self::APART
    }
}
