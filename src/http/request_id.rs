//! The request's identifier: in the answer, in every log line, and in what a person is told about an error.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

use super::metrics;
use crate::clock;

/// The header of the answer.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The identifier of the request at hand; always ours, because one from outside could forge log lines.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// Gives the request its identifier and writes one log line when it is answered.
///
/// The line has the route and not the address, which may hold a one-time link, and neither headers nor bodies.
pub async fn trace(mut request: Request, next: Next) -> Response {
    let id = clock::new_id();
    request.extensions_mut().insert(RequestId(id));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let span = tracing::info_span!("request", %id, %method, route);
    let begun = Instant::now();
    async {
        let mut response = next.run(request).await;
        let taken = begun.elapsed();
        let status = response.status().as_u16();
        tracing::info!(status, milliseconds = taken.as_secs_f64() * 1000.0, "Answered {method} {route} with {status}");
        metrics::answered(&method, &route, status, taken);
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span.clone())
    .await
}
