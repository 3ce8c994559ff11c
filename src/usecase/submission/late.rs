//! What was stored before it was told since when the office is late.

use crate::usecase::{Context, Error};

/// The setting that says that this store tells it of all its submissions.
const SETTING: &str = "late_since";

/// Tells it of the submissions of before, once.
pub async fn reckon_late(context: &Context) -> Result<(), Error> {
    if context.store.view().await?.setting::<bool>(SETTING).await?.is_some() {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    for version in tx.definitions_in_use().await? {
        let definition = context.definitions.pinned(&tx, &version).await?;
        for id in tx.open_in(&version, &definition.may_be_late_in()).await? {
            let submission = tx.submission(id).await?.ok_or(Error::NotFound)?;
            if let Some(since) = definition.late_since(&submission.item) {
                tx.is_late(&submission, since).await?;
            }
        }
    }
    tx.set_setting(SETTING, &true).await?;
    tx.commit().await?;
    Ok(())
}
