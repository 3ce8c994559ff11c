//! What an answer is and what a change is based on: `ETag` in answers, `If-Match` and `If-None-Match` in requests (RFC 9110,
//! 8.8.3 and 13.1).
//!
//! A version says what a change is based on, and not what was answered: that depends on who reads and on the hour as well. So
//! the tag of what is read has both, `"7-…"`: the version, and a hash of the very bytes that are sent. `If-Match` goes by the
//! version alone, for a change is not overtaken because a day has passed; `If-None-Match` by the whole tag, so that 304 is
//! said only to who has every byte. The tag of a change is the version alone, and of nothing that is read.

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, OptionalFromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, IntoResponseParts, Response, ResponseParts},
};
use data_encoding::BASE64URL_NOPAD;

use super::Problem;
use crate::usecase;

/// The version of what is answered: the sequence number of its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ETag(pub u64);

/// The version a change is based on; none for `*`, which counts for whatever stands. `Option<IfMatch>` where it may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub Option<u64>);

impl IntoResponseParts for ETag {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        if let Ok(value) = HeaderValue::from_str(&format!("\"{}\"", self.0)) {
            parts.headers_mut().insert(header::ETAG, value);
        }
        Ok(parts)
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let version = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        let detail = "Send If-Match with the ETag of what you read.";
        let status = axum::http::StatusCode::PRECONDITION_REQUIRED;
        version.ok_or_else(|| Problem::new(super::problem::Kind::Http, status, "If-Match is missing", detail))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Some(Self(None)));
        }
        let strong = text.strip_prefix("W/").unwrap_or(text);
        let tag = strong.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).filter(|tag| !tag.contains('"'));
        let tag = tag.ok_or_else(|| {
            Problem::malformed("If-Match must be one ETag as this server sent it, such as \"7\", in quotation marks.")
        })?;
        // A weak one matches nothing here, nor does one that was never sent: what it was based on is not what stands.
        let version = tag.split('-').next().unwrap_or(tag);
        let version = version.parse().ok().filter(|_| strong == text).ok_or(usecase::Error::Stale)?;
        Ok(Some(Self(Some(version))))
    }
}

/// Says what an answer in JSON is, and nothing more than that to who has it.
pub(super) async fn unless_known(request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let known = Known::of(request.headers());
    let response = next.run(request).await;
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    // Files have tags of their own, and are not taken into memory.
    if response.status() != StatusCode::OK || !is_json {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return Problem::internal(Some(error.into())).into_response(),
    };
    let tag = tag(parts.headers.get(header::ETAG), &bytes);
    if known.has(&tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
    }
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    let body = if parts.status == StatusCode::OK { Body::from(bytes) } else { Body::empty() };
    Response::from_parts(parts, body)
}

/// The version, if there is one, and a hash of the bytes.
fn tag(version: Option<&HeaderValue>, bytes: &[u8]) -> String {
    let version = version.and_then(|version| version.to_str().ok()).map(|version| version.trim_matches('"'));
    let hash = BASE64URL_NOPAD.encode(digest(&SHA256, bytes).as_ref());
    format!("\"{}-{hash}\"", version.unwrap_or_default())
}

/// What whoever asks has already.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    /// As `If-None-Match` says it; what cannot be read is known to nobody.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        Self(values.flat_map(|tags| tags.split(',')).map(|tag| tag.trim().to_owned()).collect())
    }

    /// Whether it is what has this tag; a proxy that compresses makes strong tags weak.
    pub(super) fn has(&self, etag: &str) -> bool {
        self.0.iter().any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    }
}
