//! The public catalogue: open to everybody.

use super::context::{Answer, PageContext};
use crate::{
    http::input::{Path, Query},
    present::{catalogue as shown, form::data::FormData},
    usecase::credit,
};

/// What may be offered today.
pub(super) async fn list(page_context: PageContext, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = FormData(asked);
    let search = asked.text("search");
    let found = credit::catalogue(page_context.context(), &search, asked.get("cursor")).await?;
    page_context
        .show("Accredited activities", shown::list(&found, &search, page_context.context().definitions.credits()))
        .await
}

pub(super) async fn activity(page_context: PageContext, Path(reference): Path<String>) -> Answer {
    let found = credit::activity(page_context.context(), &reference).await?;
    let calendar = page_context.calendar().await?;
    let page = shown::activity(&found, page_context.context().definitions.credits(), &calendar);
    page_context.show(&page.title.clone(), page).await
}
