//! Documents whose bytes are not as they were uploaded: told to the log, to whoever watches the numbers, and to the
//! administrators.

use crate::{
    blob::Fault,
    clock::new_id,
    domain::{DocumentId, Duty, Effect, JobId},
    model::Job,
    numbers,
    usecase::{
        Context, Error,
        letter::{Alarm, alarm},
    },
};

/// How many documents a letter names.
const NAMED: u16 = 20;
/// Microseconds of an hour: there is one letter an hour at most.
const HOUR: i64 = 3_600_000_000;

/// Documents with something wrong, as a letter tells of them.
#[derive(Clone, Debug)]
pub struct Faulty {
    /// What they are and what is wrong, some of them.
    pub named: Vec<String>,
    /// How many there are.
    pub count: u64,
}

/// Raises the alarm about a document.
pub(super) async fn raise(context: &Context, document: DocumentId, fault: Fault) {
    tracing::error!(%document, %fault, "A document is not as it was uploaded; `imprimatur doctor --deep` looks at all");
    numbers::damaged();
    if let Err(error) = note(context, document, fault).await {
        tracing::error!(%document, %error, "The administrators could not be told of a damaged document");
    }
}

/// Takes the alarm back: the bytes are right again.
pub(super) async fn end(context: &Context, document: DocumentId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.note_fault(document, None).await?;
    tx.commit().await?;
    tracing::info!(%document, "A document is as it was uploaded again");
    Ok(())
}

async fn note(context: &Context, id: DocumentId, fault: Fault) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    if tx.note_fault(id, Some(&fault.to_string())).await? {
        let effect = Effect::FaultyDocuments;
        let payload = serde_json::to_value(&effect).map_err(anyhow::Error::from)?;
        let hour = tx.now().await?.as_microsecond() / HOUR;
        let once = Some(format!("faulty-documents:{hour}"));
        tx.add_job(&Job::new(JobId(new_id()), effect.kind(), payload, context.clock.now(), once)).await?;
    }
    Ok(tx.commit().await?)
}

/// The documents that have something wrong, and who has to hear of it.
pub async fn faulty(context: &Context) -> Result<Option<Alarm<Faulty>>, Error> {
    let view = context.store.view().await?;
    let documents = view.faulty(NAMED).await?;
    if documents.is_empty() {
        return Ok(None);
    }
    let mut named = Vec::with_capacity(documents.len());
    for (document, fault) in documents {
        let submission = view.submission(document.submission).await?;
        let reference = submission.map(|submission| submission.reference).unwrap_or_default();
        named.push(format!("“{}” of {reference} {fault}", document.name));
    }
    let faulty = Faulty { named, count: view.faulty_count().await? };
    alarm(&view, &[Duty::Administrator], faulty).await
}
