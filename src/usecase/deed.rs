//! A change that somebody makes, from its beginning to its receipt.

use std::ops::Deref;

use serde_json::Value;

use super::{Call, Error};
use crate::{
    clock::new_id,
    model::{KeptReceipt, LogAct, LogKind, LogLine, Receipt, Submission},
    store::{self, Tx},
};

/// A change under way, in its transaction. It ends with the receipt for it, and in no other way.
pub(super) struct Deed<'a> {
    tx: Tx,
    /// Who makes it.
    pub(super) call: &'a Call,
}

impl Call {
    /// Begins a change.
    pub(super) async fn begin(&self) -> Result<Deed<'_>, Error> {
        Ok(Deed { tx: self.context.store.begin().await?, call: self })
    }
}

impl Deref for Deed<'_> {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl Deed<'_> {
    /// Writes a line of the house's log: what was done, to what.
    pub(super) async fn note(&self, act: LogAct, subject: &str, detail: Value) -> Result<(), Error> {
        Ok(self.tx.add_log(&self.line(act, subject, detail)).await?)
    }

    /// Writes a line of what was done to a submission beside its own history.
    pub(super) async fn note_of(&self, submission: &Submission, act: LogAct, detail: Value) -> Result<(), Error> {
        let line = self.line(act, &submission.reference, detail);
        Ok(self.tx.add_log(&LogLine { submission: Some(submission.id), ..line }).await?)
    }

    fn line(&self, act: LogAct, subject: &str, detail: Value) -> LogLine {
        LogLine {
            id: new_id(),
            at: self.call.now,
            kind: LogKind::Change,
            submission: None,
            actor: Some(self.call.caller.person),
            act: act.to_string(),
            subject: subject.to_owned(),
            detail,
        }
    }

    /// Commits it, with the receipt where the request may be repeated.
    pub(super) async fn commit(self, receipt: Receipt) -> Result<(), Error> {
        if let Some(once) = &self.call.once {
            let kept = KeptReceipt {
                person: once.person,
                key: once.key.clone(),
                fingerprint: once.fingerprint,
                receipt,
                created_at: self.call.now,
            };
            match self.tx.keep_receipt(&kept).await {
                Err(store::Error::Duplicate(_)) => {
                    let message = "a request with this key was just answered; repeat it to get the answer";
                    return Err(Error::Conflict(message.to_owned()));
                }
                kept => kept?,
            }
        }
        Ok(self.tx.commit().await?)
    }
}
