//! Taking a file away: the reference goes; what was sent before keeps it.

use crate::{
    domain::{Answer, DocumentId},
    model::{Receipt, Submission},
    usecase::{Call, Case, Error, Target},
};

/// Takes a file out of the answers.
///
/// The row and the bytes stay as long as a revision that was sent refers to them; otherwise they are marked and swept.
pub async fn remove(call: &Call, target: &Target, id: DocumentId) -> Result<Submission, Error> {
    let deed = call.begin().await?;
    let case = Case::hold(&deed, call, &target.reference).await?;
    let permit = case.allow_filling_in(&call.caller, target.version)?;
    let mut submission = case.submission.clone();
    let mut found = false;
    for answer in submission.answers.0.values_mut() {
        if let Answer::Files(files) = answer {
            found |= files.contains(&id);
            files.retain(|file| *file != id);
        }
    }
    if !found {
        return Err(Error::NotFound);
    }
    submission.answers.0.retain(|_, answer| !matches!(answer, Answer::Files(files) if files.is_empty()));
    let sent = deed.revisions(submission.id).await?;
    if !sent.iter().any(|revision| revision.answers.documents().any(|document| document == id)) {
        deed.remove_document(id).await?;
    }
    let saved = case.save(&deed, permit, submission, &[]).await?;
    deed.commit(Receipt::stepped(&saved)).await?;
    Ok(saved)
}
