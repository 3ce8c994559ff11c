//! Uploading a file: staged while it streams, known by its content, referenced last.
//!
//! Nothing is open in the database while bytes flow. A file whose row was never written is swept away later; a row
//! never refers to a file that is not there.

use anyhow::anyhow;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures_util::Stream;
use uuid::Uuid;

use crate::{
    access::Caller,
    blob::{Area, Key, Staged},
    clock::new_id,
    domain::{Answer, DocumentId, Effect, FileName},
    model::{Document, DocumentStanding, Receipt, Submission},
    store::Tx,
    usecase::{Call, Case, Context, Deed, Error, Reference, enqueue},
    workflow::definition::{Accept, Kind},
};

/// What is uploaded, for which question.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The `files` question it answers.
    pub question: String,
    /// The name the file had with its owner.
    pub name: String,
}

/// The same once the file is known.
struct Known {
    question: String,
    name: FileName,
}

/// What a `files` question takes.
struct Bounds {
    most: usize,
    max_size: u64,
    accept: std::collections::BTreeSet<Accept>,
}

/// Takes in one file.
pub async fn upload<S, E>(
    call: &Call,
    about: &Reference,
    upload: &Upload,
    bytes: S,
) -> Result<(Submission, Document), Error>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if !call.context.blobs.is_confirmed() {
        return Err(Error::down(anyhow!("the store of documents was not seen yet to be this installation's")));
    }
    let name = FileName::read(&upload.name).map_err(|fault| Error::field("file", "name", &fault.to_string()))?;
    let bounds = {
        let view = call.context.store.view().await?;
        let case = Case::load(&view, call, about).await?;
        writable(&case, &call.caller, &upload.question)?
    };
    let bounds = Bounds { max_size: bounds.max_size.min(call.context.config.upload_limit), ..bounds };
    let id = begun(&call.context).await?;
    match take_in(&call.context, id, bytes, &bounds).await {
        Ok(staged) => {
            let upload = Known { question: upload.question.clone(), name: staged.media.name(name) };
            // It may have come in for long.
            let call = Call { now: call.context.clock.now(), ..call.clone() };
            let about = about.clone();
            // Goes on without the caller: what lies among the documents has its row, or is taken away again.
            let finished = tokio::spawn(async move { finish(&call, &about, upload, staged).await });
            finished.await.map_err(anyhow::Error::from)?
        }
        Err(error) => {
            forget(&call.context, Key { area: Area::Staging, id }).await?;
            Err(error)
        }
    }
}

/// Streams the bytes to their place and looks whether they are what the question takes.
async fn take_in<S, E>(context: &Context, id: Uuid, bytes: S, bounds: &Bounds) -> Result<Staged, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let staged = context.blobs.stage(id, bytes, bounds.max_size).await?;
    if !bounds.accept.contains(&staged.media.family) {
        let message = format!("this is {}, which is not taken here", staged.media.mime);
        return Err(Error::field("file", "type", &message));
    }
    Ok(staged)
}

/// Moves the bytes among the documents and writes their row.
async fn finish(
    call: &Call,
    about: &Reference,
    upload: Known,
    staged: Staged,
) -> Result<(Submission, Document), Error> {
    let stored = call.context.blobs.promote(&staged).await?;
    let deed = call.begin().await?;
    match record(&deed, about, upload, &staged, stored).await {
        Ok((saved, document)) => {
            deed.commit(Receipt::filed(&saved, document.clone())).await?;
            Ok((saved, document))
        }
        Err(error) => {
            // Nothing was committed, so nobody knows of these bytes.
            drop(deed);
            forget(&call.context, stored).await?;
            Err(error)
        }
    }
}

async fn record(
    deed: &Deed<'_>,
    about: &Reference,
    upload: Known,
    staged: &Staged,
    stored: Key,
) -> Result<(Submission, Document), Error> {
    let call = deed.call;
    let case = Case::hold(deed, call, about).await?;
    writable(&case, &call.caller, &upload.question)?;
    let there = deed.documents(case.submission.id).await?;
    let names: Vec<&str> = there.iter().map(|document| document.name.as_str()).collect();
    let document = Document {
        id: DocumentId(new_id()),
        submission: case.submission.id,
        question: upload.question,
        name: upload.name.beside(&names).as_str().to_owned(),
        media_type: staged.media.mime.to_owned(),
        size: staged.size,
        sha256: HEXLOWER.encode(&staged.sha256),
        key: stored.to_string(),
        uploaded_by: call.caller.person,
        uploaded_at: case.now,
        standing: if call.context.scanner.is_some() { DocumentStanding::Staged } else { DocumentStanding::Available },
        fault: None,
    };
    let saved = refer(deed, &case, &call.caller, &document).await?;
    match document.standing {
        DocumentStanding::Staged => enqueue(deed, &Effect::Scan { document: document.id }, case.now).await?,
        DocumentStanding::Available | DocumentStanding::Removed => deed.promote(document.id).await?,
    }
    if let Some(pieces) = &staged.pieces {
        deed.add_digests(document.id, &pieces.0).await?;
    }
    deed.end_stagings(&[stored.id]).await?;
    Ok((saved, document))
}

/// Takes away what was uploaded and is referred to by nothing.
async fn forget(context: &Context, key: Key) -> Result<(), Error> {
    context.blobs.delete(vec![key]).await?;
    let tx = context.store.begin().await?;
    tx.end_stagings(&[key.id]).await?;
    Ok(tx.commit().await?)
}

/// A place for the bytes, noted first: whatever happens, it is known whose they are.
async fn begun(context: &Context) -> Result<Uuid, Error> {
    let id = new_id();
    let tx = context.store.begin().await?;
    tx.add_staging(id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds the row and the reference in the answers.
async fn refer(tx: &Tx, case: &Case, caller: &Caller, document: &Document) -> Result<Submission, Error> {
    let permit = case.allow_filling_in(caller, None)?;
    let mut submission = case.submission.clone();
    match submission.answers.0.entry(document.question.clone()).or_insert_with(|| Answer::Files(Vec::new())) {
        Answer::Files(files) => files.push(document.id),
        other => *other = Answer::Files(vec![document.id]),
    }
    tx.add_staged(document).await?;
    case.save(tx, permit, submission, &[]).await
}

/// Whether the caller may add a file to this question now, and what it takes.
fn writable(case: &Case, caller: &Caller, question: &str) -> Result<Bounds, Error> {
    case.allow_filling_in(caller, None)?;
    let Some(Kind::Files { max, accept, max_size, .. }) = case.definition.question(question).map(|found| &found.kind)
    else {
        return Err(Error::field("question", "unknown", "there is no question for files with this name"));
    };
    let bounds =
        Bounds { most: usize::try_from(*max).unwrap_or(usize::MAX), max_size: *max_size, accept: accept.clone() };
    let there = match case.submission.answers.get(question) {
        Some(Answer::Files(files)) => files.len(),
        _ => 0,
    };
    if there >= bounds.most {
        let message = format!("{} files are there already, which is the most; take one away first", bounds.most);
        return Err(Error::field("file", "too-many", &message));
    }
    Ok(bounds)
}
