//! The second factor of signing in.

use std::fmt;

use jiff::Timestamp;

use crate::domain::PersonId;

/// Somebody's second factor. Its debug form hides the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub person: PersonId,
    /// What their app knows too.
    pub secret: Vec<u8>,
    /// Since when.
    pub since: Timestamp,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// Somebody who gave the right password and has not given a code yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfSession {
    /// SHA-256 of the cookie's secret.
    pub secret_hash: [u8; 32],
    /// Who.
    pub person: PersonId,
    /// When the password has to be given again.
    pub expires_at: Timestamp,
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondFactor")
            .field("person", &self.person)
            .field("since", &self.since)
            .field("last_step", &self.last_step)
            .finish_non_exhaustive()
    }
}
