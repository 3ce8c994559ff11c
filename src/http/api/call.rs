//! Who calls, and about what: recognised by an access token or, for scripts of our own pages, by the session cookie.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, HeaderValue, header, request::Parts},
};

use serde::Deserialize;

use crate::{
    config::PublicUrl,
    http::{Problem, Site, Transport, concurrency_limit, cookie, etag::IfMatch, input::Path},
    usecase::{
        Call, Error, Reference, Target,
        account::{Authenticated, by_session, by_token},
        idempotency::Once,
    },
};

impl FromRequestParts<Site> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let signed = recognise(site, &parts.headers).await?;
        concurrency_limit::recognised(&parts.extensions, signed.person.id)?;
        Ok(admitted(signed, parts.uri.path())?)
    }
}

impl FromRequestParts<Site> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let signed = Authenticated::from_request_parts(parts, site).await?;
        let once = parts.extensions.get::<Once>().cloned();
        Ok(Self { once, ..Self::new(site.context.clone(), signed.caller) })
    }
}

/// Where one turns a second factor on, whatever the router has taken off the address in front of it.
const SECOND_FACTOR: &str = "/me/second-factor";

/// The submission that the address names, in the version that `If-Match` names.
impl FromRequestParts<Site> for Target {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Path(Named { reference }) = Path::from_request_parts(parts, site).await?;
        let seen = <IfMatch as OptionalFromRequestParts<Site>>::from_request_parts(parts, site).await?;
        Ok(Self { reference: Reference(reference), version: seen.and_then(|IfMatch(version)| version) })
    }
}

/// The part of an address that names a submission.
#[derive(Deserialize)]
struct Named {
    reference: String,
}

/// Who sent these headers. A token that is not good is not made good by a cookie beside it.
pub(super) async fn recognise(site: &Site, headers: &HeaderMap) -> Result<Authenticated, Error> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        return by_token(&site.context, bearer(value).ok_or(Error::Unauthenticated)?).await;
    }
    let over_tls = site.context.config.public_url.as_ref().is_some_and(PublicUrl::is_https);
    let transport = if over_tls { Transport::Tls } else { Transport::Plain };
    let session = cookie::read(headers, transport).ok_or(Error::Unauthenticated)?;
    by_session(&site.context, &session.text()).await
}

/// Who may go on from here: whoever owes a second factor turns it on first, and may do nothing else.
pub(super) fn admitted(signed: Authenticated, path: &str) -> Result<Authenticated, Error> {
    if path.ends_with(SECOND_FACTOR) { Ok(signed) } else { signed.admitted() }
}

/// What stands after `Bearer` (RFC 6750, 2.1); the scheme's name in whatever case.
fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_found_and_nothing_else_is_one() {
        let read = |text| bearer(&HeaderValue::from_static(text)).map(str::to_owned);
        assert_eq!(read("Bearer a.b.c"), Some("a.b.c".to_owned()));
        assert_eq!(read("bearer  a.b.c"), Some("a.b.c".to_owned()));
        for text in ["Bearer", "Bearer ", "Basic a.b.c", "a.b.c", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
