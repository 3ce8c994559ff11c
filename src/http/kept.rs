//! What was typed into a form that could not be taken for now: given back on the page that says so, to be sent once more.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, Uri, header},
};
use bytes::Bytes;

use crate::present::error::Kept;

impl Kept {
    /// The form in a body; none where there is none, or one with a password in it.
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
        let secret = fields.iter().any(|(name, _)| name.contains("password"));
        let said = fields.iter().any(|(_, value)| !value.trim().is_empty());
        let action = uri.path_and_query()?.to_string();
        (said && !secret).then_some(Self { action, fields })
    }
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
        assert_eq!(kept(form, "title=+").await, None);
        assert_eq!(kept("application/json", "{}").await, None);
    }
}
