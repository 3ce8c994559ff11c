//! Errors on their way out: JSON for programs, a page for people, and the cause for the log.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Extensions, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};

use super::{
    Problem,
    problem::{Cause, Kind, MEDIA_TYPE},
    request_id::RequestId,
};
use crate::{present::error::Kept, usecase::account::Authenticated};

/// Makes the HTML page of a problem.
#[derive(Clone)]
pub struct ErrorPage(Arc<dyn Fn(&Problem) -> String + Send + Sync>);

impl ErrorPage {
    /// From a function; what it returns is sent as it is, so it has to escape.
    pub fn new(page: impl Fn(&Problem) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(page))
    }
}

impl fmt::Debug for ErrorPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ErrorPage")
    }
}

/// Who was recognised while a request was worked on: an error may come from where nobody knows that any more.
#[derive(Clone, Debug, Default)]
struct Recognised(Arc<OnceLock<Arc<Authenticated>>>);

/// Says who reads the answer.
pub(super) fn recognised(extensions: &Extensions, signed: &Authenticated) {
    if let Some(Recognised(reader)) = extensions.get() {
        // Whoever was recognised first is who asks.
        let _first = reader.set(Arc::new(signed.clone()));
    }
}

/// Rewrites every error: problems of ours, and those that come from the framework with a status alone.
pub async fn answer(State(page): State<ErrorPage>, mut request: Request, next: Next) -> Response {
    let reader = Reader::of(request.uri().path());
    let conditional = request.headers().contains_key(header::IF_MATCH);
    let query = request.uri().query().unwrap_or_default().to_owned();
    let id = request.extensions().get::<RequestId>().copied();
    let reader_is = Recognised::default();
    request.extensions_mut().insert(reader_is.clone());
    let response = next.run(request).await;
    let Some(problem) = problem(&response) else { return response };
    let mut problem = problem.of_query(&query);
    if conditional && problem.kind == Kind::Stale {
        problem.status = StatusCode::PRECONDITION_FAILED;
    }
    if let Some(RequestId(id)) = id {
        problem = problem.of_request(id);
    }
    if problem.typed.is_none() {
        problem.typed = response.extensions().get::<Kept>().cloned();
    }
    problem.reader = reader_is.0.get().cloned();
    let cause = problem.cause.as_deref().map(|cause| Cause(format!("{cause:#}")));
    let defect = problem.status == StatusCode::INTERNAL_SERVER_ERROR;
    let mut response = rewritten(response, &problem, reader, &page);
    if let Some(cause) = cause.or(defect.then(|| Cause("not known".to_owned()))) {
        response.extensions_mut().insert(cause);
    }
    response
}

/// Who reads the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Program,
    Person,
}

impl Reader {
    fn of(path: &str) -> Self {
        let program = path == "/api" || path.starts_with("/api/") || path.starts_with("/.well-known/");
        if program { Self::Program } else { Self::Person }
    }
}

/// The problem of an answer; none where it is no error, or a handler wrote something of its own, such as a form with
/// what is wrong in it. The framework's own errors have plain text or nothing.
fn problem(response: &Response) -> Option<Problem> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let written =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    match response.extensions().get::<Problem>() {
        Some(problem) => Some(problem.clone()),
        None if written => None,
        None => Some(Problem::from_status(status)),
    }
}

/// The answer with another body; headers such as `Allow` and `Retry-After` stay.
fn rewritten(response: Response, problem: &Problem, reader: Reader, page: &ErrorPage) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.status = problem.status;
    parts.headers.remove(header::CONTENT_LENGTH);
    let (kind, body) = match reader {
        Reader::Program => {
            let json = problem.clone().into_response();
            parts.headers.extend(json.headers().clone());
            (HeaderValue::from_static(MEDIA_TYPE), json.into_body())
        }
        Reader::Person => {
            let html = Html((page.0)(problem)).into_response();
            (HeaderValue::from_static("text/html; charset=utf-8"), html.into_body())
        }
    };
    parts.headers.insert(header::CONTENT_TYPE, kind);
    Response::from_parts(parts, Body::new(body))
}
