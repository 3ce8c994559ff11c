//! Sweeping up: bytes nobody refers to, once they are surely not on their way.

use jiff::SignedDuration;

use crate::{
    blob::Area,
    clock::Clock,
    usecase::{Context, Error},
};

/// How long an upload may take, with room to spare: nothing younger is swept.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Deletes staged leftovers, files without a row, and files whose row says removed. Returns how many.
///
/// The row goes first or never was; only then the bytes. Running it twice does no harm.
pub async fn sweep(context: &Context) -> Result<u64, Error> {
    // The store's own times are the machine's, whatever the demo's clock says.
    let before = Clock::system().now() - GRACE;
    context.blobs.sweep_unfinished(before).await?;
    let mut swept = 0;
    for area in [Area::Staging, Area::Documents] {
        for key in context.blobs.older_than(area, before).await? {
            let needed = context.store.view().await?.is_document_key(&key.to_string()).await?;
            if !needed {
                context.blobs.delete(key).await?;
                swept += 1;
            }
        }
    }
    Ok(swept)
}
