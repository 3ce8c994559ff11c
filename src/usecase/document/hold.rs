//! Holding the sweep while documents are copied.

use jiff::{SignedDuration, Timestamp};

use crate::usecase::{Context, Error};

/// Has no replica delete documents for so long; gives until when. The same name again makes it longer or shorter.
pub async fn hold(context: &Context, name: &str, duration: SignedDuration) -> Result<Timestamp, Error> {
    let tx = context.store.begin().await?;
    let until = tx.hold_sweep(name, duration).await?;
    tx.commit().await?;
    Ok(until)
}

/// Lets documents be deleted again; whether this name held them.
pub async fn release(context: &Context, name: &str) -> Result<bool, Error> {
    let tx = context.store.begin().await?;
    let held = tx.release_sweep(name).await?;
    tx.commit().await?;
    Ok(held)
}
