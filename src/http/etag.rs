//! Versions of things: `ETag` in answers, `If-Match` in requests (RFC 9110, 8.8.3 and 13.1.1).

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponseParts, ResponseParts},
};

use super::Problem;

/// The version of what is answered: the sequence number of its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ETag(pub u64);

/// The version a change is based on. `Option<IfMatch>` where it may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub u64);

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
        let version =
            value.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        version.map(|version| Some(Self(version))).ok_or_else(|| {
            Problem::malformed("If-Match must be one ETag as this server sent it, such as \"7\", in quotation marks.")
        })
    }
}
