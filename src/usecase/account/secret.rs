//! Secrets that are shown once and kept only as a hash: session ids and one-time links.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;

use crate::clock::random;

/// 256 random bits. What is stored is [`Secret::hash`]; a copy of the database lets nobody in.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A fresh one.
    #[must_use]
    pub fn fresh() -> Self {
        Self(random())
    }

    /// From the text of a cookie or a link; nothing where it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// As a cookie or a link carries it: 43 characters.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// As it is stored.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_text_and_nothing_else_is_one() {
        let secret = Secret::fresh();
        let read = Secret::read(&secret.text()).expect("its own text");
        assert_eq!(read.hash(), secret.hash());
        for text in ["", "short", "\u{202e}", &"A".repeat(44), &format!("{}=", secret.text())] {
            assert!(Secret::read(text).is_none(), "{text}");
        }
        assert!(!format!("{secret:?}").contains(&secret.text()));
    }
}
