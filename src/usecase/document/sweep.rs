//! Sweeping up: bytes nobody refers to, once they are surely not on their way.

use jiff::SignedDuration;

use crate::usecase::{Context, Error};

/// How long an upload may take, with room to spare: nothing younger is swept.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Deletes staged leftovers, files without a row, and files whose row says removed. Returns how many.
///
/// The row goes first or never was; only then the bytes. Running it twice does no harm.
pub async fn sweep(context: &Context) -> Result<u64, Error> {
    let before = context.clock.now() - GRACE;
    let mut swept = 0;
    for key in context.blobs.older_than(before).await.map_err(|error| Error::Unavailable(error.into()))? {
        let view = context.store.view().await?;
        let needed = view.is_document_key(&key).await?;
        drop(view);
        if !needed {
            context.blobs.delete(&key).await.map_err(|error| Error::Unavailable(error.into()))?;
            swept += 1;
        }
    }
    Ok(swept)
}
