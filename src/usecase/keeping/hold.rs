//! Holding the sweep while documents are copied.

use std::pin::pin;

use jiff::SignedDuration;
use tokio::time::timeout;

use super::Home;
use crate::store::Store;

/// Whose hold it is.
const NAME: &str = "backup";
/// How long it lasts where nobody renews it.
const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// Does some work while no document is deleted.
pub(super) async fn held<T>(home: &Home, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let done = loop {
        // A backup is wanted most of all when nothing can be written any more. What is removed meanwhile stays for a
        // day in any case.
        if let Err(error) = hold(home).await {
            tracing::warn!(%error, "The deleting of documents could not be held");
        }
        if let Ok(done) = timeout(LEASE.unsigned_abs() / 3, &mut work).await {
            break done;
        }
    };
    if let Err(error) = release(home).await {
        tracing::warn!(%error, "The deleting of documents goes on by itself in a quarter of an hour");
    }
    done
}

async fn hold(home: &Home) -> anyhow::Result<()> {
    let store = Store::mend(&home.database).await?;
    let tx = store.begin().await?;
    tx.hold_sweep(NAME, LEASE).await?;
    tx.commit().await?;
    Ok(store.close().await?)
}

async fn release(home: &Home) -> anyhow::Result<()> {
    let store = Store::mend(&home.database).await?;
    let tx = store.begin().await?;
    tx.release_sweep(NAME).await?;
    tx.commit().await?;
    Ok(store.close().await?)
}
