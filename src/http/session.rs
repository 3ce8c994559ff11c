//! The session cookie: who calls a page.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Site;
use crate::{
    config::{Config, PublicUrl},
    usecase::{
        Error,
        account::{self, Entered, Signed},
    },
};

/// Who sent these headers; nobody where no session stands behind them.
pub async fn visitor(site: &Site, headers: &HeaderMap) -> Result<Option<Signed>, Error> {
    let Some(cookie) = value(headers, name(&site.context.config)) else { return Ok(None) };
    match account::by_session(&site.context, &cookie).await {
        Ok(signed) => Ok(Some(signed)),
        Err(Error::Unauthenticated) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The cookie's name. Over https the prefix binds it to this very host.
#[must_use]
pub fn name(config: &Config) -> &'static str {
    if is_https(config) { "__Host-imprimatur" } else { "imprimatur" }
}

/// Sets the cookie of a session that has begun; the browser forgets it when it is closed.
#[must_use]
pub fn set(config: &Config, entered: &Entered) -> HeaderValue {
    header(&cookie(config, name(config), entered.secret.text()))
}

/// Takes the cookie back.
#[must_use]
pub fn clear(config: &Config) -> HeaderValue {
    header(&spent(config, name(config)))
}

/// A cookie of ours: for this host only, out of the reach of scripts and of other sites' forms.
pub(super) fn cookie(config: &Config, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(is_https(config)).build()
}

/// The same, to be forgotten.
pub(super) fn spent(config: &Config, name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(config, name, String::new());
    cookie.make_removal();
    cookie
}

/// The value of a cookie that was sent.
pub(super) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}

/// As a header; what is in our cookies is always ASCII.
pub(super) fn header(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn is_https(config: &Config) -> bool {
    config.public_url.as_ref().is_some_and(PublicUrl::is_https)
}
