//! Problem details (RFC 9457): what a program is told about an error, and the base of what a person is told.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    present::error::Kept,
    usecase::{Lack, account::Authenticated},
};

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One error, as it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Its kind, stable for programs.
    #[serde(rename = "type")]
    pub kind: Kind,
    pub title: &'static str,
    #[serde(serialize_with = "number")]
    pub status: StatusCode,
    /// What happened, and what to do.
    pub detail: String,
    /// The request, as the log knows it; filled in on the way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Which parts of the input are at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// Why the workflow says no: its `code` and the values that failed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<serde_json::Value>,
    /// How many seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// What is behind it: for the log alone.
    #[serde(skip)]
    pub cause: Option<Arc<anyhow::Error>>,
    /// What was typed, so that a page can give it back.
    #[serde(skip)]
    pub(in crate::http) typed: Option<Kept>,
    /// Who reads it, where they were recognised.
    #[serde(skip)]
    pub(in crate::http) reader: Option<Arc<Authenticated>>,
}

/// Why a request failed on our side: for the log alone.
#[derive(Clone, Debug)]
pub(super) struct Cause(pub(super) String);

/// One part of the input that is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    #[serde(flatten)]
    pub place: Place,
    pub code: String,
    pub detail: String,
}

/// Where in a request something is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the body, as a JSON pointer (RFC 6901): `/answers/hours`.
    Pointer(String),
    /// In the address: the name of a parameter of the query.
    Parameter(String),
}

/// The kinds of problems; on the wire `urn:imprimatur:problem:not-found`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProblemKind)]
pub enum Kind {
    /// 400: it cannot be read.
    #[serde(rename = "urn:imprimatur:problem:malformed")]
    Malformed,
    #[serde(rename = "urn:imprimatur:problem:unauthenticated")]
    Unauthenticated,
    /// 401: the password is right, and a code of the second factor is asked too.
    #[serde(rename = "urn:imprimatur:problem:code-required")]
    CodeRequired,
    /// 403: nothing goes on before a second factor is turned on.
    #[serde(rename = "urn:imprimatur:problem:second-factor-required")]
    SecondFactorRequired,
    #[serde(rename = "urn:imprimatur:problem:forbidden")]
    Forbidden,
    #[serde(rename = "urn:imprimatur:problem:not-found")]
    NotFound,
    /// 409, or 412 where the request named a version.
    #[serde(rename = "urn:imprimatur:problem:stale")]
    Stale,
    #[serde(rename = "urn:imprimatur:problem:conflict")]
    Conflict,
    #[serde(rename = "urn:imprimatur:problem:too-large")]
    TooLarge,
    /// 422: input is missing or wrong.
    #[serde(rename = "urn:imprimatur:problem:invalid")]
    Invalid,
    /// 422: the workflow says no.
    #[serde(rename = "urn:imprimatur:problem:refused")]
    Refused,
    #[serde(rename = "urn:imprimatur:problem:throttled")]
    Throttled,
    #[serde(rename = "urn:imprimatur:problem:internal")]
    Internal,
    #[serde(rename = "urn:imprimatur:problem:unavailable")]
    Unavailable,
    /// 503, or 507 where a file was to be kept: nothing can be stored.
    #[serde(rename = "urn:imprimatur:problem:no-room")]
    NoRoom,
    /// Everything else that HTTP itself says, such as 405 or 415.
    #[serde(rename = "about:blank")]
    Http,
}

impl Problem {
    pub fn new(kind: Kind, status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title,
            status,
            detail: detail.into(),
            instance: None,
            errors: Vec::new(),
            refusal: None,
            retry_after: None,
            cause: None,
            typed: None,
            reader: None,
        }
    }

    /// The request cannot be read (400).
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(Kind::Malformed, StatusCode::BAD_REQUEST, "The request cannot be read", detail)
    }

    /// There is nothing here, or nothing the caller may know of (404).
    #[must_use]
    pub fn not_found() -> Self {
        let detail = "There is nothing here, or you may not see it. Check the address.";
        Self::new(Kind::NotFound, StatusCode::NOT_FOUND, "Not found", detail)
    }

    /// A defect (500); the cause goes to the log.
    #[must_use]
    pub fn internal(cause: Option<anyhow::Error>) -> Self {
        let detail = "Something went wrong on our side. Nothing was changed that you were not told of. Try again, and if \
                      it happens again, tell the office the number of this request.";
        let problem = Self::new(Kind::Internal, StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", detail);
        Self { cause: cause.map(Arc::new), ..problem }
    }

    /// The problem of an answer that has a status and nothing more, such as a method that is not allowed.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::SERVICE_UNAVAILABLE => Self::lacking(Lack::Answer),
            StatusCode::FORBIDDEN => Self::new(Kind::Forbidden, status, "Not allowed", "You may not do this."),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                Kind::TooLarge,
                status,
                "Too large",
                "This is more than is taken here. Shorten it or upload it as a file.",
            ),
            _ if status.is_server_error() => Self::internal(None),
            _ => {
                let title = status.canonical_reason().unwrap_or("Error");
                Self::new(Kind::Http, status, title, "The request is not one that can be answered here.")
            }
        }
    }

    /// The same problem, where faults that carry the name of a parameter of the query are told to be there. Use cases do
    /// not know where their input came from.
    #[must_use]
    pub fn of_query(mut self, query: &str) -> Self {
        for fault in &mut self.errors {
            if let Place::Pointer(pointer) = &fault.place
                && let Some(name) = pointer.strip_prefix('/').filter(|name| !name.is_empty())
                && query.split('&').any(|pair| pair.split('=').next() == Some(name))
            {
                fault.place = Place::Parameter(name.to_owned());
            }
        }
        self
    }

    /// The same problem of a given request.
    #[must_use]
    pub fn of_request(self, id: Uuid) -> Self {
        Self { instance: Some(format!("urn:uuid:{id}")), ..self }
    }
}

impl IntoResponse for Problem {
    /// JSON; [`super::answer`] makes a page of it where a person asked.
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (self.status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}
