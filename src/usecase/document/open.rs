//! Opening a file: with the visibility of its submission, each time anew, and no byte of it unchecked.

use std::ops::Range;

use data_encoding::HEXLOWER;
use futures_util::StreamExt;
use serde_json::json;

use super::alarm;
use crate::{
    access::{Denied, Part},
    blob::{self, Content, Fault, Pieces, Print},
    domain::{DocumentId, PersonId},
    model::{Document, LogAct, LogKind, Submission},
    usecase::{Call, Case, Context, Error, Reference, trail::Access},
    workflow::About,
};

/// A file that the caller may read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// What it is.
    pub document: Document,
    by: PersonId,
    reference: String,
    context: Context,
}

/// Finds a file of a submission.
pub async fn find(call: &Call, reference: &Reference, id: DocumentId) -> Result<Readable, Error> {
    let view = call.context.store.view().await?;
    let case = Case::load(&view, call, reference).await?;
    let sight = case.sight(&call.caller)?;
    if !sight.knows(Part::Content) {
        return Err(Denied::Forbidden.into());
    }
    let document = view.document(id).await?.ok_or(Error::NotFound)?;
    if document.submission != case.submission.id {
        return Err(Error::NotFound);
    }
    if let Some(until) = sight.until {
        let revisions = view.revisions(case.submission.id).await?;
        let mut sent = revisions.iter().filter(|revision| revision.at <= until);
        if !sent.any(|revision| revision.answers.documents().any(|sent| sent == id)) {
            return Err(Error::NotFound);
        }
    }
    let redacted = case.submission.item.redactions.iter().find(|part| part.about == About::Document(id));
    if let Some(redacted) = redacted {
        return Err(Error::Gone(format!("the office took this file out, because: {}", redacted.reason)));
    }
    if let Some(held) = document.held() {
        return Err(Error::Conflict(format!("this file {held}, so it is not given out")));
    }
    let Submission { reference, .. } = case.submission;
    Ok(Readable { document, by: call.caller.person, reference, context: call.context.clone() })
}

impl Readable {
    /// Its bytes, or those of `range`. Nothing is open in the database meanwhile.
    ///
    /// Size and the first bytes are checked before anything is given, the rest as it is read: where it is not as it was
    /// uploaded, the stream ends in an error. Either raises the alarm.
    pub async fn open(&self, range: Option<Range<u64>>) -> Result<Content, Error> {
        // Who reads on from where a download broke off has opened it once.
        if range.as_ref().is_none_or(|range| range.start == 0) {
            self.opened().await;
        }
        let key: blob::Key = self.document.key.parse().map_err(anyhow::Error::from)?;
        let print = match self.print(key).await {
            Err(error) => return Err(self.failed(error).await),
            Ok(print) => print,
        };
        match self.context.blobs.read(key, print, range).await {
            Ok(content) => Ok(self.watched(content)),
            Err(error) => Err(self.failed(error.into()).await),
        }
    }

    /// Writes down who opens it.
    async fn opened(&self) {
        let Document { id, name, submission, .. } = &self.document;
        let access = Access {
            kind: LogKind::Download,
            act: LogAct::FileOpened,
            person: Some(self.by),
            subject: &self.reference,
            submission: Some(*submission),
            detail: json!({ "file": name, "id": id }),
        };
        access.write(&self.context).await;
    }

    /// What its bytes are known by. The pieces of what was uploaded before they were kept are learned from bytes that are
    /// right as a whole.
    async fn print(&self, key: blob::Key) -> Result<Print, Failed> {
        let Document { id, size, sha256, .. } = &self.document;
        let hash = HEXLOWER.decode(sha256.as_bytes()).ok().and_then(|hash| hash.try_into().ok());
        let sha256 = hash.ok_or_else(|| anyhow::anyhow!("document {id} has no readable hash"))?;
        let mut print = Print { size: *size, sha256, pieces: None };
        if print.is_whole() {
            return Ok(print);
        }
        print.pieces = self.known().await?;
        if print.is_whole() {
            return Ok(print);
        }
        print.pieces = self.context.blobs.check(key, *size, sha256).await?;
        if let Some(pieces) = &print.pieces
            && let Err(error) = self.learn(pieces).await
        {
            tracing::warn!(document = %id, %error, "The hashes of a document's pieces could not be kept");
        }
        Ok(print)
    }

    async fn known(&self) -> Result<Option<Pieces>, Error> {
        Ok(self.context.store.view().await?.digests(self.document.id).await?.map(Pieces))
    }

    async fn learn(&self, pieces: &Pieces) -> Result<(), Error> {
        let tx = self.context.store.begin().await?;
        tx.add_digests(self.document.id, &pieces.0).await?;
        Ok(tx.commit().await?)
    }

    /// What is told about a failure: that a document is missing only where its store is there.
    async fn failed(&self, failed: Failed) -> Error {
        let fault = match failed {
            Failed::Other(error) => return error,
            Failed::Blob(blob::Error::Faulty { fault, .. }) => fault,
            Failed::Blob(error) => return error.into(),
        };
        if fault == Fault::Missing {
            match self.context.blobs.installation().await {
                Ok(Some(_)) => {}
                Ok(None) => {
                    return Error::down(anyhow::anyhow!("the place for documents is empty; is the disk there?"));
                }
                Err(error) => return error.into(),
            }
        }
        alarm::raise(&self.context, self.document.id, fault).await;
        Error::Damaged
    }

    fn watched(&self, content: Content) -> Content {
        let (house, id) = (self.context.clone(), self.document.id);
        let stream = content.stream.inspect(move |piece| {
            if let Err(blob::Error::Faulty { fault, .. }) = piece {
                let (house, fault) = (house.clone(), *fault);
                tokio::spawn(async move { alarm::raise(&house, id, fault).await });
            }
        });
        Content { stream: stream.boxed(), ..content }
    }
}

/// Why a document could not be opened.
enum Failed {
    Blob(blob::Error),
    Other(Error),
}

impl From<blob::Error> for Failed {
    fn from(error: blob::Error) -> Self {
        Self::Blob(error)
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error.into())
    }
}
