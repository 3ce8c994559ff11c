//! Proving, beside everything else, new files of `workflows/` and what is relied on and was never proved by this program's
//! checker.

use tokio_util::sync::CancellationToken;

use crate::usecase::{Context, Error, admin, definition};

/// Goes through the versions once, one at a time; a proof that is under way when the server stops is left alone.
pub async fn prove(context: Context, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        proved = all(&context) => if let Err(error) = proved {
            tracing::error!(cause = super::chain(&error), "Workflows could not be proved");
        },
    }
}

async fn all(context: &Context) -> Result<(), Error> {
    definition::seed_awaited(context).await?;
    // What came into force only now may name new groups.
    admin::open_missing(context).await?;
    for version in definition::unproved(context).await? {
        let proof = definition::prove(context, &version).await?;
        let (workflow, hash) = (&version.workflow, &version.hash);
        tracing::info!(workflow, hash, findings = proof.findings.len(), "A stored version was put to the proof");
    }
    Ok(())
}
