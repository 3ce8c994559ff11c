//! Requests that other sites make in a person's browser.
//!
//! Tower's layer compares `Sec-Fetch-Site` and `Origin` with the host. It lets requests pass that have neither, as
//! programs send them; with a session cookie that is not enough, so then one of them, or `Referer`, must be there.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::{ConfigError, CsrfLayer};

use super::{Problem, Transport, cookie, problem::Kind};

/// The public URL is no origin.
#[derive(Debug, thiserror::Error)]
#[error("the public URL cannot be used as an origin")]
pub struct OriginError(#[source] ConfigError);

/// Refuses requests from other sites; `origin` is the public URL, for proxies that change the host.
pub fn layer(origin: Option<&str>) -> Result<CsrfLayer, OriginError> {
    match origin {
        Some(origin) => CsrfLayer::new().add_trusted_origin(origin).map_err(OriginError),
        None => Ok(CsrfLayer::new()),
    }
}

/// Refuses a change by cookie that does not say where it comes from.
pub async fn require_origin(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let stated = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if safe || stated || !cookie::is_present(headers, transport) || refers_to_us(headers) {
        return next.run(request).await;
    }
    let detail =
        "This did not come from a page of this server, so nothing was done. Load the page again and repeat it.";
    Problem::new(Kind::Forbidden, axum::http::StatusCode::FORBIDDEN, "Not from here", detail).into_response()
}

fn refers_to_us(headers: &HeaderMap) -> bool {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()?.parse::<Uri>().ok());
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    referer.and_then(|uri| uri.authority().map(|authority| Some(authority.as_str()) == host)).unwrap_or(false)
}
