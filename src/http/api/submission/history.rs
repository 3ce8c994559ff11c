//! What happened to a submission.

use axum::{extract::OriginalUri, response::Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::event::EventOut;
use crate::{
    http::{
        Problem,
        api::page::{PageOut, page},
        input::{Path, Query},
    },
    usecase::{Call, Reference, submission},
};

/// Which part of a history.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AfterIn {
    /// Only events after the one with this number.
    after: Option<u64>,
}

/// Read the history
///
/// Oldest first: all of it for coordinators and auditors; the author reads how it moved and what was asked, numbered by
/// what is read.
#[utoipa::path(get, path = "/submissions/{reference}/history", tag = "Submissions",
    params(("reference" = String, Path), AfterIn),
    responses((status = 200, description = "A page of events", body = PageOut<EventOut>)))]
pub(super) async fn history(
    call: Call,
    OriginalUri(uri): OriginalUri,
    Path(reference): Path<String>,
    Query(AfterIn { after }): Query<AfterIn>,
) -> Result<Response, Problem> {
    let reference = Reference(reference);
    let history = submission::history(&call, &reference, after.unwrap_or(0)).await?;
    let events = history.events.iter().map(|event| EventOut::of(event, &history)).collect();
    Ok(page(&uri, "after", events, history.next.map(|next| next.to_string())))
}
