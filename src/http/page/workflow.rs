//! The workflows in force, and what the API says of itself.

use std::sync::Arc;

use super::desk::{Answer, Desk, Reader};
use crate::{
    domain::Duty,
    http::{
        api,
        show::{api::reference, workflow as shown},
    },
    usecase::{Error, definition},
    workflow::Definition,
};

/// The workflows, for the office.
pub(super) async fn workflows(reader: Reader) -> Answer {
    let office = [Duty::Coordinator, Duty::Auditor, Duty::Administrator];
    if !office.iter().any(|duty| reader.caller().duties.contains(duty)) {
        return Err(Error::Forbidden("the workflows are shown to the office".to_owned()).into());
    }
    let current: Vec<Arc<Definition>> = definition::current(reader.context()).await?;
    let since = definition::since(reader.context()).await?;
    let calendar = reader.desk.calendar().await?;
    let refused = reader.context().definitions.refused();
    reader.desk.show("Workflows", shown::workflows(current.iter().map(Arc::as_ref), &since, &refused, &calendar)).await
}

/// The reference of the API, open to everybody.
pub(super) async fn api(desk: Desk) -> Answer {
    let openapi = serde_json::to_value(api::openapi()).map_err(anyhow::Error::from).map_err(Error::Internal)?;
    let config = &desk.context().config;
    let base = config.public_url.as_ref().map_or_else(|| format!("http://{}", config.listen), ToString::to_string);
    desk.show("API", reference(&openapi, &base)).await
}
