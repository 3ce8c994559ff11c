//! What was typed into a form that could not be taken for now: given back on the page that says so, to be sent once more.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use bytes::Bytes;
use tokio::time::timeout;

use crate::present::error::Kept;

/// How long a form is read that is not taken anyway.
const SOON: Duration = Duration::from_secs(20);
/// The most that is kept of it, in bytes.
const LARGEST: usize = 2_000_000;

impl Kept {
    /// The form in a body; none where there is none, or one with a password or a code in it.
    pub(super) async fn read(uri: &Uri, headers: &HeaderMap, body: Bytes) -> Option<Self> {
        let kind = headers.get(header::CONTENT_TYPE)?;
        let fields = if kind.as_bytes().starts_with(b"multipart/form-data") {
            let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body)).ok()?;
            texts(Multipart::from_request(request, &()).await.ok()?).await?
        } else if kind.as_bytes().starts_with(b"application/x-www-form-urlencoded") {
            serde_html_form::from_bytes(&body).ok()?
        } else {
            return None;
        };
        Self::of(uri, fields)
    }

    /// A form that was read already.
    pub(super) fn of(uri: &Uri, fields: Vec<(String, String)>) -> Option<Self> {
        let secret = fields.iter().any(|(name, _)| name.contains("password") || name.starts_with("one-time/"));
        let said = fields.iter().any(|(_, value)| !value.trim().is_empty());
        let action = uri.path_and_query()?.to_string();
        (said && !secret).then_some(Self { action, fields, kept_as: None })
    }
}

/// A refusal with what was typed into the form that it answers. Its files are let pass, as far as they come soon.
pub(super) async fn beside(mut refused: Response, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).cloned();
    if !kind.as_ref().is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
        return refused;
    }
    let request = Request::from_parts(parts.clone(), body);
    let Ok(form) = Multipart::from_request(request, &()).await else { return refused };
    let mut fields = Vec::new();
    // What comes before a file that is large is here; what does not come in time is not waited for.
    let _in_time = timeout(SOON, read_into(&mut fields, form)).await;
    if let Some(kept) = Kept::of(&parts.uri, fields) {
        refused.extensions_mut().insert(kept);
    }
    refused
}

async fn read_into(fields: &mut Vec<(String, String)>, mut form: Multipart) -> Option<()> {
    let mut room = LARGEST;
    while let Some(mut field) = form.next_field().await.ok()? {
        if field.file_name().is_none() {
            let name = field.name().unwrap_or_default().to_owned();
            let mut text = Vec::new();
            while let Some(chunk) = field.chunk().await.ok()? {
                room = room.checked_sub(chunk.len())?;
                text.extend_from_slice(&chunk);
            }
            fields.push((name, String::from_utf8(text).ok()?));
        }
    }
    Some(())
}

async fn texts(mut form: Multipart) -> Option<Vec<(String, String)>> {
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        if field.file_name().is_none() {
            let name = field.name().unwrap_or_default().to_owned();
            fields.push((name, field.text().await.ok()?));
        }
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    async fn kept(kind: &'static str, body: &'static str) -> Option<Vec<(String, String)>> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        let uri = Uri::from_static("/s/SS-1/form/study?from=check");
        let kept = Kept::read(&uri, &headers, Bytes::from_static(body.as_bytes())).await?;
        assert_eq!(kept.action, "/s/SS-1/form/study?from=check");
        Some(kept.fields)
    }

    #[tokio::test]
    async fn what_was_typed_is_kept_without_files_and_never_a_password() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = "application/x-www-form-urlencoded";
        assert_eq!(kept(form, "title=A+b&then=later").await, Some(vec![pair("title", "A b"), pair("then", "later")]));
        let parts = "--b\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nA b\r\n--b\r\n\
                     content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nbytes\r\n--b--\r\n";
        assert_eq!(kept("multipart/form-data; boundary=b", parts).await, Some(vec![pair("title", "A b")]));
        assert_eq!(kept(form, "email=a%40b&password=swordfish").await, None);
        assert_eq!(kept(form, "one-time%2Fcode=123456").await, None);
        assert_eq!(kept(form, "title=+").await, None);
        assert_eq!(kept("application/json", "{}").await, None);
    }
}
