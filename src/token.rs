//! Access tokens: short-lived JWTs signed with ES256 (RFC 9068, hardened after RFC 8725), and the keys behind them. Beside
//! them what else lets in: opaque secrets and one-time codes.

mod code;
mod key;
mod opaque;
mod rotation;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use code::{Code, RecoveryCode, Seed};
pub use key::{KeyError, KeyRow, KeyState, Keys};
pub use opaque::Opaque;
pub use rotation::{Change, Pace, plan};

use crate::domain::{OrganisationId, PersonId};

/// The only type of token that is taken (RFC 9068, 2.1).
const TYPE: &str = "at+jwt";
/// How far clocks may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);
/// Ours have some 600 bytes; nothing much longer is even looked at.
const LONGEST: usize = 2048;

/// Who issues tokens and whom they are for; both are this server's public URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: String,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whose it is.
    pub person: PersonId,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// The token's own identifier, for the log.
    pub id: Uuid,
    /// When it ends.
    pub expires: Timestamp,
}

/// A token that is not taken. Which check failed is for the log; the caller learns that it is not valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this access token is not valid: {0}")]
pub struct Rejection(pub String);

/// The claims, strictly typed: a number as text, a fraction or a claim twice is refused while reading.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: PersonId,
    org: OrganisationId,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// The header, of which nothing more is known: `jku`, `jwk`, `x5u`, `crit` and the rest are refused, never followed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

impl Keys {
    /// Signs a token with the active key.
    pub fn sign(&self, access: &Access, audience: &Audience, now: Timestamp) -> Result<String, KeyError> {
        let (kid, key) = self.active().ok_or(KeyError::NoneActive)?;
        let header = Header { typ: Some(TYPE.to_owned()), kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        let claims = Claims {
            iss: audience.issuer.clone(),
            aud: audience.audience.clone(),
            sub: access.person,
            org: access.organisation,
            jti: access.id,
            iat: now.as_second(),
            nbf: now.as_second(),
            exp: access.expires.as_second(),
        };
        Ok(jsonwebtoken::encode(&header, &claims, key)?)
    }

    /// Checks a token completely.
    pub fn verify(&self, token: &str, audience: &Audience, now: Timestamp) -> Result<Access, Rejection> {
        let refuse = |reason: &str| Rejection(reason.to_owned());
        if token.len() > LONGEST {
            return Err(refuse("it is too long"));
        }
        let head = head(token)?;
        if head.alg != "ES256" || !head.typ.eq_ignore_ascii_case(TYPE) {
            return Err(refuse("its header is not ours"));
        }
        let key = self.verifying(&head.kid).ok_or_else(|| refuse("its key is not known"))?;
        let claims = decode(token, key, audience)?;
        let (now, leeway) = (now.as_second(), LEEWAY.as_secs());
        if claims.exp.saturating_add(leeway) <= now {
            return Err(refuse("it has expired"));
        }
        if claims.nbf.saturating_sub(leeway) > now || claims.iat.saturating_sub(leeway) > now {
            return Err(refuse("it is not valid yet"));
        }
        let expires = Timestamp::from_second(claims.exp).or(Err(refuse("its end is no instant")))?;
        Ok(Access { person: claims.sub, organisation: claims.org, id: claims.jti, expires })
    }
}

fn head(token: &str) -> Result<Head, Rejection> {
    let encoded = token.split('.').next().unwrap_or_default();
    let json = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|error| Rejection(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| Rejection(error.to_string()))
}

fn decode(token: &str, key: &DecodingKey, audience: &Audience) -> Result<Claims, Rejection> {
    jsonwebtoken::decode::<Claims>(token, key, &validation(audience))
        .map(|token| token.claims)
        .map_err(|error| Rejection(error.to_string()))
}

/// The one place where the rules of the library are set. Times are checked by us, against our clock.
fn validation(audience: &Audience) -> Validation {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_required_spec_claims(&["iss", "aud", "exp", "nbf", "sub"]);
    validation.set_issuer(&[&audience.issuer]);
    validation.set_audience(&[&audience.audience]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}
