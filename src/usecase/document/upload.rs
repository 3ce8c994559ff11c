//! Uploading a file: staged while it streams, known by its content, referenced last.
//!
//! Nothing is open in the database while bytes flow. A file whose row was never written is swept away later; a row
//! never refers to a file that is not there.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures_util::Stream;

use crate::{
    access::Caller,
    blob::{self, clean_name},
    clock::new_id,
    domain::{Answer, DocumentId},
    store::{Document, DocumentStanding, Submission, Tx},
    usecase::{Case, Context, Error, Key, idempotency::Made},
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

/// What a `files` question takes.
struct Bounds {
    most: usize,
    max_size: u64,
    accept: std::collections::BTreeSet<Accept>,
}

/// Takes in one file.
pub async fn upload<S, E>(
    context: &Context,
    caller: &Caller,
    key: &Key,
    upload: &Upload,
    bytes: S,
) -> Result<(Submission, Document), Error>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let name = clean_name(&upload.name).map_err(|fault| Error::field("file", "name", &fault.to_string()))?;
    let bounds = {
        let view = context.store.view().await?;
        let case = Case::load(&view, context, caller, key).await?;
        writable(&case, caller, &upload.question)?
    };
    let limit = bounds.max_size.min(context.config.upload_limit);
    let staged = context.blobs.stage(new_id(), bytes, limit).await?;
    if !bounds.accept.contains(&staged.media.family) {
        context.blobs.delete(staged.key).await?;
        let message = format!("this is {}, which is not taken here", staged.media.mime);
        return Err(Error::field("file", "type", &message));
    }
    if let Err(wrong) = staged.media.check_name(&name) {
        context.blobs.delete(staged.key).await?;
        return Err(blob::Error::from(wrong).into());
    }
    let stored = context.blobs.promote(&staged).await?;

    let tx = context.store.begin().await?;
    let case = Case::load(&tx, context, caller, key).await?;
    writable(&case, caller, &upload.question)?;
    let document = Document {
        id: DocumentId(new_id()),
        organisation: caller.organisation,
        submission: case.submission.id,
        question: upload.question.clone(),
        name,
        media_type: staged.media.mime.to_owned(),
        size: staged.size,
        sha256: HEXLOWER.encode(&staged.sha256),
        key: stored.to_string(),
        uploaded_by: caller.person,
        uploaded_at: case.now,
        standing: DocumentStanding::Staged,
    };
    let saved = refer(&tx, &case, caller, &document).await?;
    context.keep(&tx, Made::Document(&saved, &document)).await?;
    tx.commit().await?;
    Ok((saved, document))
}

/// Adds the row and the reference in the answers.
async fn refer(tx: &Tx, case: &Case, caller: &Caller, document: &Document) -> Result<Submission, Error> {
    let permit = case.allow_filling_in(caller)?;
    let mut submission = case.submission.clone();
    match submission.answers.0.entry(document.question.clone()).or_insert_with(|| Answer::Files(Vec::new())) {
        Answer::Files(files) => files.push(document.id),
        other => *other = Answer::Files(vec![document.id]),
    }
    tx.add_staged(document).await?;
    tx.promote(document.organisation, document.id).await?;
    case.save(tx, permit, submission, &[]).await
}

/// Whether the caller may add a file to this question now, and what it takes.
fn writable(case: &Case, caller: &Caller, question: &str) -> Result<Bounds, Error> {
    case.allow_filling_in(caller)?;
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
