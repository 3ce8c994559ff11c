//! Reading requests: as the framework does, with problems that point to what is wrong.

use axum::{
    RequestExt,
    extract::{
        FromRequest, FromRequestParts, Request,
        multipart::{MultipartError, MultipartRejection},
        rejection::{BytesRejection, PathRejection},
    },
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use axum_extra::extract::FormRejection;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::problem::{Fault, Kind, Place, Problem};
use crate::present::form::data::FormData;

/// A JSON body; what is wrong with it is pointed at.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// Parts of the path; what cannot be read is not there (404), nor is what has a null character, whatever is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

/// The query; what is wrong with it is named.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// A web form; fields may repeat.
#[derive(Clone, Copy, Debug, FromRequest)]
#[from_request(via(axum_extra::extract::Form), rejection(Problem))]
pub struct Form<T>(pub T);

/// A web form with files. Read the fields in their order; a file's field is a stream for [`super::upload::paced`].
#[derive(Debug)]
pub struct Multipart(pub axum::extract::Multipart);

impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Form(pairs) = Form::from_request(request, state).await?;
        Ok(FormData(pairs))
    }
}

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Ok(Self(axum::extract::Multipart::from_request(request, state).await?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            let detail = "Send JSON, with Content-Type: application/json.";
            return Err(Problem::new(Kind::Http, status, "Unsupported Media Type", detail));
        }
        let bytes: Bytes = request.extract().await.map_err(|rejection: BytesRejection| problem_of(&rejection))?;
        read(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn problem_of(rejection: &BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::from_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Problem::malformed("The request ended before its body did. Send it again."),
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        if error.inner().classify() != serde_json::error::Category::Data {
            return Problem::malformed(format!("This is not JSON: {}.", error.inner()));
        }
        mistaken(pointer(error.path()), error.inner().to_string())
    })?;
    deserializer.end().map_err(|error| Problem::malformed(format!("This is not JSON: {error}.")))?;
    // A list would do for a struct whose fields it gives in their order; nobody means that.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(mistaken(String::new(), "expected an object, found a list".to_owned()));
    }
    Ok(value)
}

/// JSON that is another than what is expected.
fn mistaken(pointer: String, detail: String) -> Problem {
    let fault = Fault { place: Place::Pointer(pointer), code: "type".to_owned(), detail };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let words = "The JSON is not what is expected here; see errors.";
    Problem { errors: vec![fault], ..Problem::new(Kind::Invalid, status, "Something needs attention", words) }
}

/// A JSON pointer (RFC 6901); the empty one is the whole document.
fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.path().contains("%00") {
            return Err(Problem::not_found());
        }
        let axum::extract::Path(read) = axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(read))
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(deserializer).map(Self).map_err(|error| {
            let detail = format!("The address cannot be read: {}.", error.inner());
            let fault = error.path().iter().find_map(|segment| match segment {
                Segment::Map { key } => Some(key.clone()),
                _ => None,
            });
            let fault = fault.map(|name| Fault {
                place: Place::Parameter(name),
                code: "type".to_owned(),
                detail: error.inner().to_string(),
            });
            Problem { errors: fault.into_iter().collect(), ..Problem::malformed(detail) }
        })
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::from_status(StatusCode::PAYLOAD_TOO_LARGE),
            _ => Self::malformed(format!("The form cannot be read: {}.", rejection.body_text())),
        }
    }
}

impl From<MultipartRejection> for Problem {
    fn from(rejection: MultipartRejection) -> Self {
        Self::malformed(format!("The form cannot be read: {}.", rejection.body_text()))
    }
}

impl From<MultipartError> for Problem {
    /// Also what a sender causes who hangs up half-way.
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::from_status(StatusCode::PAYLOAD_TOO_LARGE),
            _ => Self::malformed(format!("The form cannot be read: {}.", error.body_text())),
        }
    }
}
