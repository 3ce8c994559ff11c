//! Signed-in browsers.

use jiff::Timestamp;

use super::{Error, Tx, View};
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
}

impl View {
    /// The session of a secret that has not ended at `now`.
    pub async fn session(&self, secret_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, Error> {
        todo!()
    }
    /// A person's sessions that have not ended, the last used first.
    pub async fn sessions_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<Session>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a session.
    pub async fn add_session(&self, session: &Session) -> Result<(), Error> {
        todo!()
    }
    /// Notes that a session was used and moves its end.
    pub async fn touch_session(&self, id: SessionId, seen_at: Timestamp, expires_at: Timestamp) -> Result<(), Error> {
        todo!()
    }
    /// Ends a session of a person.
    pub async fn end_session(&self, person: PersonId, id: SessionId) -> Result<(), Error> {
        todo!()
    }
    /// Ends all sessions of a person.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<u64, Error> {
        todo!()
    }
    /// Deletes what had ended before an instant; gives how many.
    pub async fn sweep_sessions(&self, before: Timestamp) -> Result<u64, Error> {
        todo!()
    }
}
