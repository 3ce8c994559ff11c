//! Whoever is known and goes where they may not be: the audit trail says so.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::{MatchedPath, RawPathParams, Request, State},
    http::{Extensions, StatusCode},
    middleware::Next,
    response::Response,
};

use crate::{
    domain::PersonId,
    usecase::{Context, trail::Refused},
};

/// Who was recognised while a request was worked on.
#[derive(Clone, Debug, Default)]
struct Known(Arc<OnceLock<PersonId>>);

/// Says who asks.
pub(super) fn recognised(extensions: &Extensions, person: PersonId) {
    if let Some(Known(known)) = extensions.get() {
        // Whoever was recognised first is who asks.
        let _first = known.set(person);
    }
}

/// Has the trail say of a request that was refused who asked for what. What does not exist and what one may not know of
/// answer alike, so a submission that was not found counts.
pub(super) async fn write_down(
    State(context): State<Context>,
    parameters: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let reference = parameters.iter().find(|(name, _)| *name == "reference").map(|(_, reference)| reference);
    // Of what else stands in an address a secret may be a part.
    let to = format!("{} {}", request.method(), route.replace("{reference}", reference.unwrap_or_default()));
    let reference = reference.map(str::to_owned);
    let known = Known::default();
    request.extensions_mut().insert(known.clone());
    let response = next.run(request).await;
    let status = response.status();
    let refused = status == StatusCode::FORBIDDEN || (reference.is_some() && status == StatusCode::NOT_FOUND);
    if let Some(person) = known.0.get().filter(|_| refused) {
        let (asked, reference) = (to.as_str(), reference.as_deref());
        Refused { person: *person, asked, reference, status: status.as_u16() }.write(&context).await;
    }
    response
}
