//! Signing keys: ECDSA on P-256, named by their thumbprint (RFC 7638).

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use jiff::Timestamp;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    crypto::aws_lc,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use serde::{Deserialize, Serialize};

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// Published, not signing yet: others may still hold an older key set.
    Next,
    /// Signs.
    Active,
    /// Signs no more; tokens it signed are still good.
    Retiring,
}

/// A key as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Its thumbprint.
    pub kid: String,
    /// Its state.
    pub state: KeyState,
    /// Since when.
    pub since: Timestamp,
    /// The private key, PKCS#8 DER. A secret.
    pub pkcs8: Vec<u8>,
}

/// What is wrong with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// None signs.
    #[error("there is no active signing key")]
    NoneActive,
    /// Two sign.
    #[error("there are two active signing keys")]
    TwoActive,
    /// Its name is not its thumbprint.
    #[error("signing key {0} is not what it was when it was stored")]
    Changed(String),
    /// The library refuses it.
    #[error("a signing key cannot be used")]
    Unusable(#[from] jsonwebtoken::errors::Error),
    /// No key could be made.
    #[error("no signing key could be made")]
    NotMade(#[from] aws_lc_rs::error::Unspecified),
}

/// The keys in force, ready to sign and verify.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

#[derive(Clone)]
struct Key {
    state: KeyState,
    jwk: Jwk,
    kid: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl KeyRow {
    /// A fresh key.
    pub fn generate(state: KeyState, now: Timestamp) -> Result<Self, KeyError> {
        install_provider();
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        let pkcs8 = pair.to_pkcs8v1()?.as_ref().to_vec();
        let kid = public(&EncodingKey::from_ec_der(&pkcs8))?.thumbprint(ThumbprintHash::SHA256)?;
        Ok(Self { kid, state, since: now, pkcs8 })
    }
}

impl std::fmt::Debug for KeyRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRow({} {:?} since {})", self.kid, self.state, self.since)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| (&key.kid, key.state))).finish()
    }
}

impl Keys {
    /// Reads stored keys; at most one may be active.
    pub fn load<'a>(rows: impl IntoIterator<Item = &'a KeyRow>) -> Result<Self, KeyError> {
        install_provider();
        let keys = rows.into_iter().map(Key::read).collect::<Result<Vec<_>, _>>()?;
        if keys.iter().filter(|key| key.state == KeyState::Active).count() > 1 {
            return Err(KeyError::TwoActive);
        }
        Ok(Self(keys))
    }

    /// The public keys, as published at `/.well-known/jwks.json` (RFC 7517).
    #[must_use]
    pub fn published(&self) -> JwkSet {
        JwkSet { keys: self.0.iter().map(|key| key.jwk.clone()).collect() }
    }

    pub(super) fn active(&self) -> Option<(&str, &EncodingKey)> {
        let key = self.0.iter().find(|key| key.state == KeyState::Active)?;
        Some((&key.kid, &key.encoding))
    }

    pub(super) fn verifying(&self, kid: &str) -> Option<&DecodingKey> {
        self.0.iter().find(|key| key.kid == kid).map(|key| &key.decoding)
    }
}

impl Key {
    fn read(row: &KeyRow) -> Result<Self, KeyError> {
        let encoding = EncodingKey::from_ec_der(&row.pkcs8);
        let mut jwk = public(&encoding)?;
        if jwk.thumbprint(ThumbprintHash::SHA256)? != row.kid {
            return Err(KeyError::Changed(row.kid.clone()));
        }
        jwk.common.key_id = Some(row.kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { state: row.state, kid: row.kid.clone(), decoding: DecodingKey::from_jwk(&jwk)?, jwk, encoding })
    }
}

fn public(key: &EncodingKey) -> Result<Jwk, KeyError> {
    Ok(Jwk::from_encoding_key(key, Algorithm::ES256)?)
}

/// Another crate may turn on the library's second provider, and with both it would panic at first use.
fn install_provider() {
    // An error means that it is installed already.
    let _ = aws_lc::DEFAULT_PROVIDER.install_default();
}
