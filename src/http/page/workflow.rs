//! The workflows in force, and what the API says of itself.

use std::sync::Arc;

use super::desk::{Answer, Desk, Reader};
use crate::{
    domain::Duty,
    http::show::workflow as shown,
    usecase::{Error, definition},
    view::ApiReference,
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

/// The reference of the API.
pub(super) async fn api(desk: Desk, reference: Arc<ApiReference>) -> Answer {
    desk.show("API", reference.as_ref().clone()).await
}
