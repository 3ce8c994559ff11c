//! Who asks: recognised by an access token or, for scripts of our own pages, by the session cookie.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};

use crate::{
    access::Caller,
    config::PublicUrl,
    http::{Problem, Site, Transport, concurrency_limit, cookie},
    model::Person,
    usecase::{
        Context, Error,
        account::{Authenticated, by_session, by_token},
        idempotency::Once,
    },
};

/// Somebody who was recognised, with the context of this very request.
#[derive(Clone, Debug)]
pub(super) struct ApiCall {
    /// Knows whether the request may be repeated.
    pub(super) context: Context,
    /// With everything that decides what he may do.
    pub(super) caller: Caller,
    pub(super) person: Person,
}

impl FromRequestParts<Site> for ApiCall {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let signed = recognise(site, &parts.headers).await?;
        concurrency_limit::recognised(&parts.extensions, signed.person.id)?;
        let context = site.context.once(parts.extensions.get::<Once>().cloned());
        Ok(Self { context, caller: signed.caller, person: signed.person })
    }
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
