//! Letting go of what was kept long enough. How long each kind is kept is a setting.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Context, Error, erasure};
use crate::{
    clock::new_id,
    model::{Aged, LogAct, LogKind, LogLine},
};

/// Rows that one transaction deletes: others wait for it only that long.
const BATCH: u16 = 500;
/// Batches of one kind in one sweep; the next sweep goes on.
const BATCHES: u16 = 200;
/// The log is swept a whole day at a time, so that its ends stay few.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How many rows of each kind went.
pub type Swept = BTreeMap<Aged, u64>;

/// Deletes what was kept long enough, in many short transactions. Running it twice, or on many servers at once, does no harm.
pub async fn sweep(context: &Context) -> Result<Swept, Error> {
    let keep = &context.config.retention;
    let now = context.clock.now();
    let kinds = [
        (Aged::Letters, keep.letters),
        (Aged::Links, keep.links),
        (Aged::Sessions, keep.sessions),
        (Aged::Attempts, keep.attempts),
        (Aged::Work, keep.work),
        (Aged::Answers, keep.answers),
    ];
    let mut swept = Swept::new();
    for (kind, period) in kinds {
        if let Some(before) = period.end(now) {
            swept.insert(kind, sweep_kind(context, kind, before, now).await?);
        }
    }
    if let Some(before) = keep.log.end(now) {
        swept.insert(Aged::Log, sweep_log(context, before, now).await?);
    }
    let ended = erasure::end_records(context).await?;
    if ended > 0 {
        tracing::info!(people = ended, "Names that were kept on record went");
    }
    if swept.values().any(|rows| *rows > 0) {
        tracing::info!(swept = ?swept, "What was kept long enough went");
    }
    Ok(swept)
}

async fn sweep_kind(context: &Context, kind: Aged, before: Timestamp, now: Timestamp) -> Result<u64, Error> {
    let mut swept = 0_u64;
    for _ in 0..BATCHES {
        let tx = context.store.begin().await?;
        let rows = tx.sweep(kind, before, now, BATCH).await?;
        tx.commit().await?;
        swept = swept.saturating_add(rows);
        if rows < u64::from(BATCH) {
            break;
        }
    }
    Ok(swept)
}

/// Lines of the log go by whole days, under an end that is written down first; a line says what went.
async fn sweep_log(context: &Context, before: Timestamp, now: Timestamp) -> Result<u64, Error> {
    let begins = context.store.view().await?.log_begins().await?;
    if begins.is_none_or(|begins| before.duration_since(begins) < DAY) {
        return Ok(0);
    }
    let tx = context.store.begin().await?;
    tx.end_log(before, now).await?;
    tx.commit().await?;
    let swept = sweep_kind(context, Aged::Log, before, now).await?;
    let tx = context.store.begin().await?;
    if tx.organisation().await?.is_some() {
        tx.add_log(&LogLine {
            id: new_id(),
            at: now,
            kind: LogKind::Change,
            submission: None,
            actor: None,
            act: LogAct::LogSwept.to_string(),
            subject: "log".to_owned(),
            detail: json!({ "before": before, "lines": swept }),
        })
        .await?;
    }
    tx.commit().await?;
    Ok(swept)
}
