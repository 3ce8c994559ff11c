//! Sending documents: as a type of ours, never as what the uploader says, and in a sandbox.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{
    blob::{Content, Disposition, Media, content_disposition},
    workflow::definition::Accept,
};

/// No script, no form, no frame around it, whatever the document holds.
const SANDBOX: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'self'";

/// The whole of a document; only PDF, images and text are ever shown in the browser.
pub fn whole(content: Content, media: Media, name: &str, disposition: Disposition) -> Response {
    let shown = matches!(media.family, Accept::Pdf | Accept::Image | Accept::Text);
    let disposition = if shown { disposition } else { Disposition::Attachment };
    let kind = if media.family == Accept::Text { "text/plain; charset=utf-8" } else { media.mime };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_LENGTH, HeaderValue::from(content.size)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    let mut response = (headers, Body::from_stream(content.stream)).into_response();
    // Names are cleaned before they are kept; one that no header can hold is sent without.
    if let Ok(value) = HeaderValue::from_str(&content_disposition(disposition, name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    } else {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    response
}
