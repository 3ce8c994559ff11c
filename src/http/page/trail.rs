//! The audit trail.

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Query,
    present::{admin::trail as shown, form::data::FormData},
    usecase::admin,
};

/// What was done in the house.
pub(super) async fn read(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = FormData(asked);
    let calendar = reader.page_context.calendar().await?;
    let filter = shown::asked(&asked, &calendar);
    let trail = admin::trail(&reader.call, &filter, asked.get("cursor")).await?;
    reader.page_context.show("Audit trail", shown::of(&asked, &filter, &trail, &calendar)).await
}
