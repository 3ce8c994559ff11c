//! `Idempotency-Key`: a POST that was answered is answered again the same, and nothing happens a second time.

use aws_lc_rs::digest::{Context as Digest, SHA256};
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::call::{admitted, recognise};
use crate::{
    http::{Problem, Site},
    usecase::idempotency::{Once, kept},
};

pub(super) const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const LONGEST: usize = 255;
/// The largest body that can be repeated, files aside.
const LARGEST: usize = 2 * 1024 * 1024;

/// Answers a repeated request by the receipt that was kept, and marks one that may be repeated.
pub(super) async fn repeat(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Problem> {
    let Some(key) = key(request.headers())?.filter(|_| request.method() == Method::POST) else {
        return Ok(next.run(request).await);
    };
    let person = admitted(recognise(&site, request.headers()).await?, request.uri().path())?.person.id;
    let (request, fingerprint) = fingerprint(request).await?;
    let once = Once { person, key, fingerprint };
    if let Some(receipt) = kept(&site.context, &once).await? {
        return Ok(receipt.into_response());
    }
    let mut request = request;
    request.extensions_mut().insert(once.clone());
    let response = next.run(request).await;
    if response.status().is_success() {
        return Ok(response);
    }
    // The same request may have come twice at once; the slower one is told what the faster one was.
    match kept(&site.context, &once).await? {
        Some(receipt) => Ok(receipt.into_response()),
        None => Ok(response),
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(&HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| !text.is_empty() && text.len() <= LONGEST && !text.contains(' '));
    match (text, values.next()) {
        (Some(text), None) => Ok(Some(text.to_owned())),
        _ => Err(Problem::malformed("Idempotency-Key must be one text of 1 to 255 visible ASCII characters.")),
    }
}

/// Hash of method, address and body. A file is not read for it; its name and length stand for it.
async fn fingerprint(request: Request) -> Result<(Request, [u8; 32]), Problem> {
    let (parts, body) = request.into_parts();
    let mut digest = Digest::new(&SHA256);
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    let mut add = |part: &[u8]| {
        // Each part with its length, so that no two requests run together to the same bytes.
        digest.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part);
    };
    add(parts.method.as_str().as_bytes());
    add(address.as_bytes());
    let body = if is_upload(&parts) {
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_DISPOSITION, super::document::NAME] {
            add(parts.headers.get(name).map_or(&[], |value| value.as_bytes()));
        }
        body
    } else {
        let bytes = to_bytes(body, LARGEST).await.or(Err(Problem::from_status(StatusCode::PAYLOAD_TOO_LARGE)))?;
        add(&bytes);
        Body::from(bytes)
    };
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(digest.finish().as_ref());
    Ok((Request::from_parts(parts, body), fingerprint))
}

fn is_upload(parts: &Parts) -> bool {
    parts.extensions.get::<MatchedPath>().is_some_and(|path| path.as_str().ends_with("/files"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, uri: &str, body: &'static str) -> Request {
        Request::builder().method(method).uri(uri).body(Body::from(body)).expect("a request")
    }

    #[tokio::test]
    async fn every_part_of_a_request_is_in_its_fingerprint() {
        let mut seen = std::collections::BTreeSet::new();
        for (method, uri, body) in [
            ("POST", "/api/v1/submissions", "{}"),
            ("PUT", "/api/v1/submissions", "{}"),
            ("POST", "/api/v1/submissions?x=1", "{}"),
            ("POST", "/api/v1/submissions", "{ }"),
            ("POST", "/api/v1/submissions?x=1%7B", "}"),
        ] {
            let (_, first) = fingerprint(request(method, uri, body)).await.expect("small");
            let (again, second) = fingerprint(request(method, uri, body)).await.expect("small");
            assert_eq!(first, second);
            assert_eq!(to_bytes(again.into_body(), LARGEST).await.expect("still there"), body);
            assert!(seen.insert(first), "{method} {uri} {body}");
        }
    }

    #[test]
    fn a_key_is_visible_ascii_and_not_too_long() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, text.parse().expect("a header value"));
            key(&headers)
        };
        assert_eq!(of("4f1c-a").ok().flatten().as_deref(), Some("4f1c-a"));
        assert_eq!(of(&"k".repeat(255)).ok().flatten().map(|key| key.len()), Some(255));
        for text in ["", "two words", "sch\u{fc}tz", &"k".repeat(256)] {
            assert_eq!(of(text).err().map(|problem| problem.status), Some(StatusCode::BAD_REQUEST), "{text}");
        }
        let mut twice = HeaderMap::new();
        twice.append(HEADER, "a".parse().expect("a header value"));
        twice.append(HEADER, "b".parse().expect("a header value"));
        assert!(key(&twice).is_err());
        assert!(key(&HeaderMap::new()).is_ok_and(|key| key.is_none()));
    }
}
