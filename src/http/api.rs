//! The API: the use cases for programs, as JSON under `/api/v1`.
//!
//! Each file has the routes of one noun, with what they read (`…In`) and what they write (`…Out`); what is stored goes
//! out through these alone. [`openapi`] describes every route, because a route comes in only with its description.

mod absence;
mod address;
mod call;
mod catalogue;
mod conflict;
mod definition;
mod describe;
mod disclosure;
mod document;
mod erasure;
mod group;
mod idempotency;
mod me;
mod organisation;
mod outbox;
mod own_account;
mod page;
mod party;
mod person;
mod progress;
mod queue;
mod receipt;
mod second_factor;
mod submission;
mod token;
mod trail;
mod word;
mod workflow;

use axum::{Json, Router, extract::DefaultBodyLimit, middleware};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{PATIENCE, Site, etag::unless_known, timely};

/// Where the API of this version is.
const ROOT: &str = "/api/v1";

/// All routes, in time bounded except those of files.
pub fn router(site: &Site) -> Router<Site> {
    let repeat = || middleware::from_fn_with_state(site.clone(), idempotency::repeat);
    let rest = timely(plain(known()).route_layer(repeat()), PATIENCE);
    let files = plain(document::router()).route_layer(repeat()).layer(DefaultBodyLimit::disable());
    let open = timely(plain(open()), PATIENCE);
    let all = Router::new().nest(ROOT, rest.merge(files).merge(open)).merge(timely(plain(outside()), PATIENCE));
    all.layer(middleware::from_fn(unless_known))
}

/// The description of all routes.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let root = OpenApiRouter::with_openapi(describe::Head::openapi());
    let all = root.nest(ROOT, known().merge(document::router()).merge(open())).merge(outside());
    describe::complete(all.into_openapi())
}

/// Routes for those who are recognised.
fn known() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(submission::router())
        .merge(queue::router())
        .merge(me::router())
        .merge(own_account::router())
        .merge(second_factor::router())
        .merge(address::router())
        .merge(absence::router())
        .merge(party::router())
        .merge(conflict::router())
        .merge(disclosure::router())
        .merge(person::router())
        .merge(erasure::router())
        .merge(group::router())
        .merge(organisation::router())
        .merge(outbox::router())
        .merge(trail::router())
        .merge(workflow::router())
        .merge(definition::router())
}

/// Routes open to everybody.
fn open() -> OpenApiRouter<Site> {
    OpenApiRouter::new().merge(token::router()).merge(catalogue::router())
}

/// Routes with a place of their own.
fn outside() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(description)).merge(token::keys())
}

fn plain(router: OpenApiRouter<Site>) -> Router<Site> {
    router.split_for_parts().0
}

/// The description of the API
#[utoipa::path(get, path = "/api/openapi.json", tag = "Public", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
