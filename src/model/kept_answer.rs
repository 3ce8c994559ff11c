//! Answers to requests that may be repeated.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::PersonId;

/// An answer kept for a repeated request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Who asked.
    pub person: PersonId,
    /// The `Idempotency-Key`.
    pub key: String,
    /// Hash of method, path and body: the same key with another request is a mistake.
    pub fingerprint: [u8; 32],
    /// HTTP status.
    pub status: u16,
    /// Headers to repeat, name to value.
    pub headers: Value,
    /// The body.
    pub body: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}
