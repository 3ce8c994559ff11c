//! Sending documents: as a type of ours, never as what the uploader says, and in a sandbox. One range of bytes may be
//! asked for (RFC 9110, 14), so that a download that broke off goes on where it was.

use std::{convert::Infallible, ops::Range};

use axum::{
    body::Body,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::{Problem, etag::Known, problem::Kind};
use crate::{
    blob::{Content, Disposition, Media, content_disposition},
    numbers,
    usecase::document::Readable,
    workflow::definition::Accept,
};

/// No script, no form, no frame around it, whatever the document holds.
const SANDBOX: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'self'";

/// Nobody on the way keeps a document, nor does a browser.
const KEPT: &str = "private, no-store";

/// Which part of a document a request asks for, as its headers say it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    range: Option<String>,
    /// The range counts only while the document is this one.
    only_of: Option<String>,
    /// The documents that whoever asks has already.
    known: Known,
}

/// Which part of a document is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Range(Range<u64>),
    /// There are no such bytes.
    None,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

impl Asked {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { range: text(header::RANGE), only_of: text(header::IF_RANGE), known: Known::of(headers) }
    }

    /// The part of a document of `size` bytes. Several ranges, and what is no range, are as good as none.
    fn part(&self, size: u64, etag: &str) -> Part {
        if self.only_of.as_deref().is_some_and(|only_of| only_of != etag) {
            return Part::Whole;
        }
        let Some((from, to)) = self.range.as_deref().and_then(|text| text.strip_prefix("bytes=")?.split_once('-'))
        else {
            return Part::Whole;
        };
        let range = match (from.trim(), to.trim()) {
            ("", last) => number(last).map(|last| size.saturating_sub(last)..size),
            (first, "") => number(first).map(|first| first..size),
            (first, last) => match (number(first), number(last)) {
                (Some(first), Some(last)) if first <= last => Some(first..last.saturating_add(1).min(size)),
                _ => None,
            },
        };
        match range {
            None => Part::Whole,
            Some(range) if range.is_empty() => Part::None,
            Some(range) => Part::Range(range),
        }
    }
}

/// Digits alone: no sign, which Rust's own reading would take.
fn number(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Sends a document, or the part of it that was asked for.
pub async fn send(found: &Readable, asked: &Asked, disposition: Disposition) -> Result<Response, Problem> {
    let document = &found.document;
    // Only what is in the list of types is ever taken, so a type that is not in it means damage.
    let media = Media::named(&document.media_type).ok_or_else(|| {
        Problem::internal(Some(anyhow::anyhow!("document {} has the type {}", document.id, document.media_type)))
    })?;
    let etag = format!("\"{}\"", document.sha256);
    if asked.known.has(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)], [(header::CACHE_CONTROL, KEPT)]).into_response());
    }
    let (status, content) = match asked.part(document.size, &etag) {
        Part::Whole => (StatusCode::OK, found.open(None).await?),
        Part::Range(range) => (StatusCode::PARTIAL_CONTENT, found.open(Some(range)).await?),
        Part::None => return Ok(beyond(document.size)),
    };
    let submission = document.submission;
    tracing::info!(document = %document.id, %submission, bytes = document.size, status = status.as_u16(), "A document is sent");
    numbers::sent();
    let bounds = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| format!("bytes {}-{}/{}", content.range.start, content.range.end.saturating_sub(1), content.size));
    let mut response = answer(content, media, &document.name, disposition);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    for (name, value) in [(header::ETAG, Some(etag)), (header::CONTENT_RANGE, bounds)] {
        if let Some(value) = value.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

/// What follows of a document; only PDF, images and text are ever shown in the browser.
pub fn answer(content: Content, media: Media, name: &str, disposition: Disposition) -> Response {
    let shown = matches!(media.family, Accept::Pdf | Accept::Image | Accept::Text);
    let disposition = if shown { disposition } else { Disposition::Attachment };
    let kind = if media.mime == "text/plain" { "text/plain; charset=utf-8" } else { media.mime };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_LENGTH, HeaderValue::from(content.range.end.saturating_sub(content.range.start))),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        (header::CACHE_CONTROL, HeaderValue::from_static(KEPT)),
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

/// 416, with the size there is.
fn beyond(size: u64) -> Response {
    let status = StatusCode::RANGE_NOT_SATISFIABLE;
    let detail =
        format!("The file has {size} bytes and none of those that were asked for. Ask for others, or for all.");
    let mut response = Problem::new(Kind::Http, status, "Range Not Satisfiable", detail).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(range: &str, only_of: Option<&str>) -> Part {
        let asked =
            Asked { range: Some(range.to_owned()), only_of: only_of.map(str::to_owned), known: Known::default() };
        asked.part(1000, "\"abc\"")
    }

    #[test]
    fn one_range_is_read_as_the_standard_says_and_anything_else_means_all() {
        for (text, range) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-499", 0..500),
            ("bytes=500-", 500..1000),
            ("bytes=-200", 800..1000),
            ("bytes=-5000", 0..1000),
            ("bytes=990-5000", 990..1000),
            ("bytes=0-18446744073709551615", 0..1000),
        ] {
            assert_eq!(part(text, None), Part::Range(range), "{text}");
        }
        for text in ["bytes=1000-", "bytes=1000-2000", "bytes=-0"] {
            assert_eq!(part(text, None), Part::None, "{text}");
        }
        for text in ["", "bytes=", "bytes=-", "bytes=5-1", "bytes=0-1,5-6", "bytes=a-b", "lines=0-1", "bytes=+1-2"] {
            assert_eq!(part(text, None), Part::Whole, "{text}");
        }
    }

    #[test]
    fn a_range_of_another_version_means_all() {
        assert_eq!(part("bytes=1-", Some("\"abc\"")), Part::Range(1..1000));
        for other in ["\"abd\"", "W/\"abc\"", "Sun, 22 Nov 2026 06:00:00 GMT"] {
            assert_eq!(part("bytes=1-", Some(other)), Part::Whole, "{other}");
        }
    }
}
