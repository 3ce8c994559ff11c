//! The request's identifier: in the answer, in every log line, and in what a person is told about an error.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, field::Empty};
use uuid::Uuid;

use super::{
    client::{Client, Peer},
    concurrency_limit::Class,
    metrics,
    problem::Cause,
};
use crate::{
    clock,
    config::Proxies,
    numbers::{self, Answered},
};

/// The header of the answer.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Routes that are asked every few seconds by who watches.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The identifier of the request at hand; always ours, because one from outside could forge log lines.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// Gives the request its identifier and writes one log line when it is answered: who asked from where for which route,
/// how that ended, and why, where it is our fault.
///
/// The line has the route and not the address, which may hold a one-time link, and neither headers nor bodies.
pub async fn trace(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let id = clock::new_id();
    let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
    let client = Client::behind(peer, request.headers(), &proxies);
    request.extensions_mut().insert(RequestId(id));
    request.extensions_mut().insert(client);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let span = tracing::info_span!("request", %id, %method, route, %client, person = Empty);
    let begun = Instant::now();
    async {
        let mut response = next.run(request).await;
        let taken = begun.elapsed();
        let status = response.status().as_u16();
        let milliseconds = taken.as_secs_f64() * 1000.0;
        match response.extensions_mut().remove::<Cause>() {
            Some(Cause(cause)) => {
                tracing::error!(status, milliseconds, cause, "Answered {method} {route} with {status}");
            }
            None if PROBES.contains(&route.as_str()) => {
                tracing::debug!(status, milliseconds, "Answered {method} {route} with {status}");
            }
            None if status >= 500 => tracing::warn!(status, milliseconds, "Answered {method} {route} with {status}"),
            None => tracing::info!(status, milliseconds, "Answered {method} {route} with {status}"),
        }
        let class = Class::of(&method, &route).name();
        numbers::answered(Answered { class, method: metrics::method(&method).to_owned(), route, status }, taken);
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span.clone())
    .await
}
