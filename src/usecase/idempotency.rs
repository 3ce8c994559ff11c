//! Requests that may be repeated: the answer is kept in the transaction of its effect and given again.
//!
//! A client that got no answer cannot know whether its request took effect. With a key of its own choice it may repeat
//! the request: the effect happens once, and each repetition gets the answer of the first. A request that failed left
//! nothing behind, neither effect nor answer, and is tried anew.

use std::collections::BTreeMap;

use super::{Call, Context, Error};
use crate::{
    domain::PersonId,
    model::{Activation, Document, KeptAnswer, MigrationPlan, Person, StoredDefinition, Submission},
    store::{self, Tx},
};

/// A request that its sender may repeat.
#[derive(Clone, Debug)]
pub struct Once {
    /// Who asks; two persons' keys have nothing to do with one another.
    pub person: PersonId,
    /// The key that the sender chose.
    pub key: String,
    /// Hash of the request: the same key with another request is a mistake.
    pub fingerprint: [u8; 32],
    /// What is answered to the change once it is made.
    pub answer: fn(&Made<'_>) -> Result<Answer, serde_json::Error>,
}

/// A change that was made and is about to be acknowledged.
#[derive(Clone, Copy, Debug)]
pub enum Made<'a> {
    /// A submission was begun.
    Begun(&'a Submission),
    /// A submission went a step.
    Step(&'a Submission),
    /// A file was added to a submission.
    Document(&'a Submission, &'a Document),
    /// Somebody was invited.
    Person(&'a Person),
    /// A version of a workflow was proposed.
    Version(&'a StoredDefinition),
    /// A version of a workflow became the active one.
    Activation(&'a Activation),
    /// A migration was proposed, or carried out.
    Migration(&'a MigrationPlan),
}

/// An answer as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers that belong to what was made, by name.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The answer of the first request with this key, if there was one.
pub async fn kept(context: &Context, once: &Once) -> Result<Option<Answer>, Error> {
    let Some(kept) = context.store.view().await?.kept_answer(once.person, &once.key).await? else {
        return Ok(None);
    };
    if kept.fingerprint != once.fingerprint {
        let message = "this key was used for another request; choose a new key for each request";
        return Err(Error::field("Idempotency-Key", "reused", message));
    }
    let headers = serde_json::from_value(kept.headers).map_err(anyhow::Error::from)?;
    Ok(Some(Answer { status: kept.status, headers, body: kept.body }))
}

impl Call {
    /// Keeps the answer to what was made, where the request may be repeated. Called last before the commit.
    pub(super) async fn keep(&self, tx: &Tx, made: Made<'_>) -> Result<(), Error> {
        let Some(once) = &self.once else { return Ok(()) };
        let Answer { status, headers, body } = (once.answer)(&made).map_err(anyhow::Error::from)?;
        let kept = KeptAnswer {
            person: once.person,
            key: once.key.clone(),
            fingerprint: once.fingerprint,
            status,
            headers: serde_json::to_value(headers).map_err(anyhow::Error::from)?,
            body,
            created_at: self.now,
        };
        match tx.keep_answer(&kept).await {
            Err(store::Error::Duplicate(_)) => Err(Error::Conflict(
                "a request with this key was just answered; repeat it to get the answer".to_owned(),
            )),
            kept => Ok(kept?),
        }
    }
}
