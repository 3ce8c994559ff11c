//! Showing a file to the virus scanner before anybody gets it. A scanner that is away holds the file, and never lets it pass.

use crate::{
    blob,
    domain::DocumentId,
    model::DocumentStanding,
    scan::Verdict,
    usecase::{Context, Error},
};

/// Checks a file that waits for it. Without a verdict it goes on waiting, whoever looks at it reads why, and the error says
/// that this has to be tried again.
pub async fn scan(context: &Context, id: DocumentId) -> Result<(), Error> {
    let found = context.store.view().await?.document(id).await?;
    let Some(document) = found.filter(|document| document.standing == DocumentStanding::Staged) else { return Ok(()) };
    let verdict = match &context.scanner {
        // The office has no scanner any more, and what it takes now is not held either.
        None => Ok(Verdict::Clean),
        Some(scanner) => {
            let key: blob::Key = document.key.parse().map_err(anyhow::Error::from)?;
            let bytes = context.blobs.open(key, None).await?.stream;
            scanner.scan(bytes).await
        }
    };
    let tx = context.store.begin().await?;
    match &verdict {
        Ok(Verdict::Clean) => {
            tx.note_fault(id, None).await?;
            tx.promote(id).await?;
        }
        Ok(Verdict::Infected(virus)) => {
            tracing::warn!(document = %id, submission = %document.submission, virus, "A virus was found in a file");
            tx.note_fault(id, Some(&format!("holds a virus ({virus}); take it away"))).await?;
        }
        Err(error) => {
            tx.note_fault(id, Some(&format!("waits: {error}"))).await?;
        }
    }
    tx.commit().await?;
    verdict.map(|_| ()).map_err(Error::down)
}
