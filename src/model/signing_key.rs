//! Keys that sign access tokens.

use std::fmt;

use jiff::Timestamp;
use strum::{EnumString, IntoStaticStr};

/// A key that signs tokens. Its debug form hides the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its public name.
    pub kid: String,
    /// The private key, PKCS #8 DER.
    pub pkcs8: Vec<u8>,
    /// What it is used for.
    pub state: KeyState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum KeyState {
    /// Published, so that caches know it, and not used yet.
    Next,
    /// Signs. There is at most one.
    Active,
    /// Signs no more; what it signed is still good.
    Retiring,
    /// Nothing it signed is good.
    Retired,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).field("state", &self.state).finish_non_exhaustive()
    }
}
