//! Files of a submission: in as a stream, out as an attachment.

use std::borrow::Cow;

use axum::{
    Json,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, HeaderName, header},
    response::Response,
};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{describe::ProblemOut, progress::ReceiptOut};
use crate::{
    blob::Disposition,
    domain::DocumentId,
    http::{
        Problem, Site,
        download::{self, Asked},
        input::{Path, Query},
        upload::{SILENCE, paced, refused},
    },
    model::{Document, Receipt},
    numbers,
    usecase::{
        Call, Reference, Target,
        document::{self, Upload},
        submission,
    },
};

/// The name of a file that is sent as it is; percent-encoded where it is not ASCII.
pub(super) const NAME: HeaderName = HeaderName::from_static("x-file-name");

/// All routes of files.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(files, upload)).routes(routes!(fetch, remove_file))
}

/// The part of an address that names a file.
#[derive(Deserialize)]
struct File {
    id: Uuid,
}

/// An uploaded file.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"id": "0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f", "question": "evidence", "name": "certificate.pdf",
    "media_type": "application/pdf", "size": 48213,
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "uploaded_at": "2026-11-22T09:30:00Z"}))]
pub(super) struct DocumentOut {
    /// Its id.
    id: Uuid,
    /// The question it answers.
    question: String,
    /// Its name.
    name: String,
    /// Its real type, found from its bytes.
    media_type: String,
    /// In bytes.
    size: u64,
    /// SHA-256 of its bytes, in hex.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    /// When it was uploaded.
    uploaded_at: Timestamp,
    /// Why it is not given out, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<String>,
}

/// Where an upload belongs.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadIn {
    /// The `files` question it answers.
    question: String,
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes bodies that are streams")]
struct BytesOut(Vec<u8>);

/// A file as a web form sends it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a body that is read as a stream")]
struct FormIn {
    /// The file; one at a time.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// List the files of a submission
#[utoipa::path(get, path = "/submissions/{reference}/files", tag = "Files",
    params(("reference" = String, Path)),
    responses((status = 200, description = "Those the answers refer to", body = [DocumentOut])))]
async fn files(call: Call, Path(reference): Path<String>) -> Result<Json<Vec<DocumentOut>>, Problem> {
    let dossier = submission::read(&call, &Reference(reference)).await?;
    Ok(Json(dossier.documents.iter().map(DocumentOut::of).collect()))
}

/// Upload a file
///
/// Either as it is, with its name in `X-File-Name` (percent-encoded UTF-8) or `Content-Disposition`, or as
/// `multipart/form-data` with one file. What it is, is found from its bytes; its question says what is taken and how
/// large it may be. With `Idempotency-Key`, name, type and length stand for the bytes.
#[utoipa::path(post, path = "/submissions/{reference}/files", tag = "Files",
    params(
        ("reference" = String, Path),
        UploadIn,
        ("X-File-Name" = Option<String>, Header, description = "The name of a file that is sent as it is"),
    ),
    request_body(description = "The file", content((BytesOut = "application/octet-stream"), (FormIn = "multipart/form-data"))),
    responses((status = 201, description = "The file; `ETag` is the submission's new version", body = DocumentOut, headers(("ETag" = String)))))]
async fn upload(
    call: Call,
    Path(reference): Path<String>,
    Query(UploadIn { question }): Query<UploadIn>,
    request: Request,
) -> Result<Receipt, Problem> {
    let reference = Reference(reference);
    if is_form(request.headers()) {
        return upload_form(&call, &reference, question, request).await;
    }
    let upload = Upload { question, name: name(request.headers())? };
    let bytes = Box::pin(paced(request.into_body().into_data_stream(), SILENCE));
    let (saved, document) = document::upload(&call, &reference, &upload, bytes).await.map_err(refused)?;
    numbers::received(document.size);
    Ok(Receipt::filed(&saved, document))
}

async fn upload_form(
    call: &Call,
    reference: &Reference,
    question: String,
    request: Request,
) -> Result<Receipt, Problem> {
    let broken = |error: &dyn std::fmt::Display| Problem::malformed(format!("The upload cannot be read: {error}."));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| broken(&error))?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let upload = Upload { question, name };
        let bytes = Box::pin(paced(field, SILENCE));
        let (saved, document) = document::upload(call, reference, &upload, bytes).await.map_err(refused)?;
        numbers::received(document.size);
        return Ok(Receipt::filed(&saved, document));
    }
    Err(Problem::malformed("There is no file in the form. Send one, with its name."))
}

/// Download a file
///
/// As an attachment. `ETag` is its SHA-256.
#[utoipa::path(get, path = "/submissions/{reference}/files/{id}", tag = "Files",
    params(
        ("reference" = String, Path),
        ("id" = Uuid, Path, description = "The file's id"),
        ("Range" = Option<String>, Header, description = "One range of bytes, as `bytes=1000-`, to go on where it broke off"),
        ("If-Range" = Option<String>, Header, description = "The `ETag` that the range is of; otherwise all is sent"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag`s of what you have"),
    ),
    responses(
        (status = 200, description = "Its bytes, as the type that they are", body = BytesOut, content_type = "*/*", headers(("ETag" = String))),
        (status = 206, description = "The bytes asked for", body = BytesOut, content_type = "*/*", headers(("ETag" = String))),
        (status = 304, description = "You have it", headers(("ETag" = String))),
        (status = 416, description = "It has no such bytes; `Content-Range` has its size", body = ProblemOut,
            content_type = "application/problem+json"),
    ))]
async fn fetch(call: Call, Path((reference, id)): Path<(String, Uuid)>, part: Asked) -> Result<Response, Problem> {
    let reference = Reference(reference);
    let found = document::find(&call, &reference, DocumentId(id)).await?;
    download::send(&found, &part, Disposition::Attachment).await
}

/// Take a file away
///
/// What was sent before keeps it.
#[utoipa::path(delete, path = "/submissions/{reference}/files/{id}", tag = "Files",
    params(
        ("reference" = String, Path),
        ("id" = Uuid, Path, description = "The file's id"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read"),
    ),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn remove_file(call: Call, target: Target, Path(File { id }): Path<File>) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&document::remove(&call, &target, DocumentId(id)).await?))
}

impl DocumentOut {
    /// A file of a submission.
    pub(super) fn of(document: &Document) -> Self {
        Self {
            id: document.id.0,
            question: document.question.clone(),
            name: document.name.clone(),
            media_type: document.media_type.clone(),
            size: document.size,
            sha256: document.sha256.clone(),
            uploaded_at: document.uploaded_at,
            held: document.held().map(str::to_owned),
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.trim().to_lowercase().starts_with("multipart/form-data")
}

/// The file's name: of its own header, or as `Content-Disposition` has it (RFC 6266, the extended form first).
fn name(headers: &HeaderMap) -> Result<String, Problem> {
    let missing = || Problem::malformed("Name the file: send X-File-Name, percent-encoded where it is not ASCII.");
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let encoded = match text(&NAME) {
        Some(name) => name.to_owned(),
        None => text(&header::CONTENT_DISPOSITION).and_then(disposed).ok_or_else(missing)?,
    };
    percent_decode_str(&encoded).decode_utf8().map(Cow::into_owned).or(Err(missing()))
}

fn disposed(text: &str) -> Option<String> {
    let parameter = |wanted: &str| {
        text.split(';').find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        })
    };
    if let Some(extended) = parameter("filename*") {
        let (_, encoded) = extended.split_once("''")?;
        return Some(encoded.to_owned());
    }
    // A plain name is not percent-encoded; what looks like it is part of the name.
    parameter("filename").map(|name| name.trim_matches('"').replace('%', "%25"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn named(header: &'static str, value: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header, HeaderValue::from_static(value));
        name(&headers).ok()
    }

    #[test]
    fn a_file_is_named_by_its_own_header_or_by_content_disposition() {
        assert_eq!(named("x-file-name", "Urkunde%20%C3%BC.pdf").as_deref(), Some("Urkunde ü.pdf"));
        assert_eq!(named("content-disposition", "attachment; filename=\"a b.pdf\"").as_deref(), Some("a b.pdf"));
        assert_eq!(named("content-disposition", "attachment; filename=\"100%25.pdf\"").as_deref(), Some("100%25.pdf"));
        let both = "attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%BC.pdf";
        assert_eq!(named("content-disposition", both).as_deref(), Some("ü.pdf"));
        for (header, value) in [("x-file-name", "%ff"), ("content-disposition", "attachment"), ("accept", "a.pdf")] {
            assert_eq!(named(header, value), None, "{header}: {value}");
        }
    }
}
