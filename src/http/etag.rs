//! Versions of things: `ETag` in answers, `If-Match` in requests (RFC 9110, 8.8.3 and 13.1.1).

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponseParts, ResponseParts},
};

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
        let version = tag.parse().ok().filter(|_| strong == text).ok_or(usecase::Error::Stale)?;
        Ok(Some(Self(Some(version))))
    }
}
