//! Work that was given up: tried again, or let go with a reason. For whoever may use the server's command line.

use serde_json::{Value, json};

use super::{Context, Error};
use crate::{
    clock::new_id,
    domain::JobId,
    store::{self, Job, LogLine, Tx},
};

/// What was given up and waits for somebody, the last first; at most 100.
pub async fn given_up(context: &Context) -> Result<Vec<Job>, Error> {
    Ok(context.store.view().await?.failed_jobs(100).await?)
}

/// Lets the worker try it again, as often as something new.
pub async fn retry(context: &Context, id: JobId) -> Result<Job, Error> {
    let tx = context.store.begin().await?;
    let job = tx.job(id).await?.ok_or(Error::NotFound)?;
    tx.retry_job(id, context.clock.now()).await.map_err(waits_for_nobody)?;
    note(&tx, context, &job, "job-retried", json!({ "kind": job.kind, "error": job.error })).await?;
    tx.commit().await?;
    Ok(job)
}

/// Lets go of it: it is never tried again, and nobody is told of it any more. The log keeps why.
pub async fn dismiss(context: &Context, id: JobId, reason: &str) -> Result<Job, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing", "say why this need not be done"));
    }
    let tx = context.store.begin().await?;
    let job = tx.job(id).await?.ok_or(Error::NotFound)?;
    tx.dismiss_job(id, context.clock.now()).await.map_err(waits_for_nobody)?;
    let detail = json!({ "kind": job.kind, "error": job.error, "reason": reason });
    note(&tx, context, &job, "job-dismissed", detail).await?;
    tx.commit().await?;
    Ok(job)
}

fn waits_for_nobody(error: store::Error) -> Error {
    match error {
        store::Error::Stale => Error::Conflict("this was not given up, or somebody has seen to it already".to_owned()),
        other => other.into(),
    }
}

async fn note(tx: &Tx, context: &Context, job: &Job, act: &str, detail: Value) -> Result<(), Error> {
    let organisation = job.payload.get("organisation").cloned();
    let line = LogLine {
        id: new_id(),
        organisation: organisation.and_then(|id| serde_json::from_value(id).ok()),
        at: context.clock.now(),
        actor: None,
        act: act.to_owned(),
        subject: format!("job/{}", job.id),
        detail,
    };
    Ok(tx.add_log(&line).await?)
}
