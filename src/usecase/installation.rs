//! Database and documents belong together: each knows the installation, and nothing is done where they differ.
//!
//! A database that meets the documents of another one would lose nothing at once, and much later: documents that it
//! does not know would never be missed in a backup, and what is uploaded would be found by nobody.

use futures_util::{StreamExt, TryStreamExt};
use uuid::Uuid;

use super::{Context, Error};
use crate::{
    blob::{Area, Listed, MOVED},
    clock::new_id,
    model::DocumentStanding,
    store::ReadTx,
};

/// How many documents are compared; a place may have any number.
const PAGE: usize = 500;

/// How to go on where somebody is sure.
const SURE: &str =
    "if these documents really are to belong to this database from now on, run `imprimatur documents adopt`";

/// The installation, where database and documents agree on it; none where neither knows one, as before a first start.
pub async fn agreed(context: &Context) -> Result<Option<Uuid>, Error> {
    let kept = context.store.view().await?.installation().await?;
    match (kept, context.blobs.installation().await?) {
        (Some(kept), Some(noted)) if kept == noted => Ok(Some(kept)),
        (_, Some(MOVED)) => Err(Error::Conflict(
            "the documents were moved from here to another place: set `blobs` to that. What was uploaded since is not in \
             here; to serve these all the same, run `imprimatur documents adopt` first"
                .to_owned(),
        )),
        (Some(kept), Some(noted)) => Err(Error::Conflict(format!(
            "the database belongs to the installation {kept} and the documents belong to {noted}: check the settings \
             `database` and `blobs`; {SURE}"
        ))),
        (None, Some(noted)) => Err(Error::Conflict(format!(
            "the documents belong to the installation {noted}, which this database does not know: to take an installation \
             to another database use `imprimatur move`, and give a new one a place for documents of its own (setting \
             `blobs`); {SURE}"
        ))),
        (Some(kept), None) => Err(Error::Conflict(format!(
            "the database belongs to the installation {kept} and the place for documents has no note of that: check \
             whether the disk is there and the setting `blobs` is right; {SURE}"
        ))),
        (None, None) => Ok(None),
    }
}

/// Ties database and documents together where one of them, or both, are new; otherwise they have to agree.
pub async fn tie(context: &Context) -> Result<Uuid, Error> {
    if context.blobs.installation().await?.is_none() {
        fit(context).await?;
        let id = name(context, new_id()).await?;
        context.blobs.belong_to(id).await?;
    }
    // Another server may have been faster.
    tied(context).await
}

/// The same for whoever is about to change documents.
pub async fn tied(context: &Context) -> Result<Uuid, Error> {
    agreed(context).await?.ok_or_else(|| {
        Error::Conflict(
            "database and documents are not tied to one another yet; starting the server does that".to_owned(),
        )
    })
}

/// Ties them together whatever either says; for an operator who is sure. The documents follow the database, and a
/// database that never had a name takes that of the documents.
pub async fn adopt(context: &Context) -> Result<Uuid, Error> {
    let noted = context.blobs.installation().await?.filter(|noted| *noted != MOVED);
    let id = name(context, noted.unwrap_or_else(new_id)).await?;
    context.blobs.hand_over_to(id).await?;
    tracing::warn!(installation = %id, "The documents belong to this database from now on, because an operator said so");
    tied(context).await
}

/// The database's own name for the installation, which is `id` where it has none.
async fn name(context: &Context, id: Uuid) -> Result<Uuid, Error> {
    let tx = context.store.begin().await?;
    let name = tx.name_installation(id).await?;
    tx.commit().await?;
    Ok(name)
}

/// Refuses documents that the database knows nothing of, by the first of them, and a place without any where it knows
/// some.
async fn fit(context: &Context) -> Result<(), Error> {
    let listed = context.blobs.list(Area::Documents).await?;
    let first: Vec<Listed> = listed.take(PAGE).try_collect().await?;
    let keys: Vec<String> = first.into_iter().map(|found| found.place).collect();
    if !keys.is_empty() {
        if !context.store.view().await?.stored_under(&keys).await?.is_empty() {
            return Ok(());
        }
        let unknown = if keys.len() < PAGE { keys.len().to_string() } else { format!("{PAGE} and more") };
        return Err(Error::Conflict(format!(
            "the place for documents holds {unknown} that this database does not know, and none that it does: check the \
             settings `database` and `blobs`; {SURE}"
        )));
    }
    if has_documents(&context.store.view().await?).await? {
        return Err(Error::Conflict(format!(
            "the database knows documents and the place for them is empty: check whether the disk is there and the \
             setting `blobs` is right; {SURE}"
        )));
    }
    Ok(())
}

async fn has_documents(view: &ReadTx) -> Result<bool, Error> {
    let mut after = String::new();
    loop {
        let page = view.stored_after(&after, 500).await?;
        if page.iter().any(|stored| stored.standing == DocumentStanding::Available) {
            return Ok(true);
        }
        let Some(last) = page.last() else { return Ok(false) };
        after.clone_from(&last.key);
    }
}
