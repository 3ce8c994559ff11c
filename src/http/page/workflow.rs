//! Workflows and their versions, and what the API says of itself.

pub(super) mod editor;
pub(super) mod migration;
pub(super) mod version;

use super::context::{Answer, PageContext, SignedInPage};
use crate::{
    http::api,
    present::{
        api_reference,
        form::{Entered, data::FormData},
        workflow::list::{self as shown, Known, Workflows},
    },
    usecase::{Error, admin, definition},
};

/// The documentation of the format: a new workflow begins with the first one that it tells of.
const FORMAT: &str = include_str!("../../../workflows/README.md");

/// The workflows, for the office.
pub(super) async fn workflows(reader: SignedInPage) -> Answer {
    let page = list(&reader, &Entered::default()).await?;
    reader.page_context.show("Workflows", page).await
}

/// Begins a workflow that is not there yet.
pub(super) async fn begin(reader: SignedInPage, typed: FormData) -> Answer {
    let id = typed.text("id");
    match definition::save(&reader.call, &id, &first(&id), 0).await {
        Ok(_) => Ok(reader.page_context.go(&format!("/workflows/{id}/edit"), None)),
        Err(error) => {
            let error = match error {
                Error::Stale => Error::field("id", "taken", "a draft with this id is there already; choose another id"),
                error => error,
            };
            let (status, faults) = super::context::refused(error)?;
            let entered = Entered { fields: typed, faults };
            let page = list(&reader, &entered).await?;
            reader.page_context.show_as(status, "Workflows", page).await
        }
    }
}

/// Two steps, sound as they stand.
fn first(id: &str) -> String {
    let example = FORMAT.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
    example.unwrap_or_default().replace("reading-list", id)
}

async fn list(reader: &SignedInPage, entered: &Entered) -> Result<Workflows, crate::http::Problem> {
    let found = definition::workflows(&reader.call).await?;
    let known = Known {
        since: &definition::since(&reader.call.context).await?,
        refused: &reader.call.context.definitions.refused(),
        short: &admin::lacking(&reader.call).await?,
        calendar: &reader.page_context.calendar().await?,
    };
    Ok(shown::of(&found, &known, &reader.call.caller, entered))
}

/// The reference of the API, open to everybody.
pub(super) async fn api(page_context: PageContext) -> Answer {
    let openapi = serde_json::to_value(api::openapi()).map_err(anyhow::Error::from).map_err(Error::Internal)?;
    let config = &page_context.context().config;
    let base = config.public_url.as_ref().map_or_else(|| format!("http://{}", config.listen), ToString::to_string);
    page_context.show("API", api_reference::of(&openapi, &base)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{credit::CreditTypes, workflow::load};

    #[test]
    fn a_new_workflow_begins_sound_and_under_its_own_name() {
        let (begun, found) = load(&first("grand-rounds"), &CreditTypes::default()).expect("a sound definition");
        assert_eq!(begun.workflow, "grand-rounds");
        assert!(found.is_empty(), "{found:?}");
    }
}
