//! Requests that may be repeated: the receipt is kept in the transaction of its change and given again.
//!
//! A client that got no answer cannot know whether its request took effect. With a key of its own choice it may repeat
//! the request: the change happens once, and each repetition gets the receipt of the first. A request that failed left
//! nothing behind, neither change nor receipt, and is tried anew.

use super::{Context, Error};
use crate::{domain::PersonId, model::Receipt};

/// A request that its sender may repeat.
#[derive(Clone, Debug)]
pub struct Once {
    /// Who asks; two persons' keys have nothing to do with one another.
    pub person: PersonId,
    /// The key that the sender chose.
    pub key: String,
    /// Hash of the request: the same key with another request is a mistake.
    pub fingerprint: [u8; 32],
}

/// The receipt of the first request with this key, if there was one.
pub async fn kept(context: &Context, once: &Once) -> Result<Option<Receipt>, Error> {
    let Some(kept) = context.store.view().await?.kept_receipt(once.person, &once.key).await? else {
        return Ok(None);
    };
    if kept.fingerprint != once.fingerprint {
        let message = "this key was used for another request; choose a new key for each request";
        return Err(Error::field("Idempotency-Key", "reused", message));
    }
    Ok(Some(kept.receipt))
}
