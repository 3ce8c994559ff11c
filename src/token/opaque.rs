//! Opaque secrets: session ids and one-time links. Who holds one sends it back; the database holds its hash only.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;

use crate::clock;

/// 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Opaque([u8; 32]);

impl Opaque {
    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        Self(clock::random())
    }

    /// Reads what [`Opaque::text`] wrote; anything else is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// For the cookie or the link: 43 characters that need no escaping.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// Its SHA-256: what is stored and looked up. Without a salt, because 256 random bits cannot be guessed.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opaque(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let secret = Opaque::random();
        assert_eq!(Opaque::read(&secret.text()), Some(secret.clone()));
        assert_eq!(secret.text().len(), 43);
        assert_ne!(secret.hash(), Opaque::random().hash());
        for text in ["", "x", &"A".repeat(44), &format!("{}=", secret.text()), &"é".repeat(43)] {
            assert_eq!(Opaque::read(text), None, "{text}");
        }
        assert_eq!(format!("{secret:?}"), "Opaque(***)");
    }
}
