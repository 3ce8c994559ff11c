//! The session behind a page: who calls, and how a session begins and ends in a browser.

use axum::http::{HeaderMap, HeaderValue};

use super::{Site, Transport, cookie};
use crate::{
    config::{Config, PublicUrl},
    token::Opaque,
    usecase::{
        Context, Error,
        account::{self, Authenticated, BegunSession, HALF},
        unsent::KEPT,
    },
};

/// Who sent these headers; nobody where no session stands behind them.
pub async fn visitor(site: &Site, headers: &HeaderMap) -> Result<Option<Authenticated>, Error> {
    signed(&site.context, headers).await
}

/// The same where only the context is at hand.
pub(super) async fn signed(context: &Context, headers: &HeaderMap) -> Result<Option<Authenticated>, Error> {
    let Some(session) = cookie::read(headers, transport(&context.config)) else { return Ok(None) };
    match account::by_session(context, &session.text()).await {
        Ok(signed) => Ok(Some(signed)),
        Err(Error::Unauthenticated) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The cookie of a session that has begun.
#[must_use]
pub fn begun(config: &Config, entered: &BegunSession) -> Option<HeaderValue> {
    let session = Opaque::read(&entered.secret.text())?;
    cookie::set(&session, config.session_absolute, transport(config))
}

/// What somebody carries who has given the password and is asked for a code.
#[must_use]
pub fn half_way(config: &Config, headers: &HeaderMap) -> Option<Opaque> {
    cookie::half(headers, transport(config))
}

/// The cookie of that.
#[must_use]
pub fn half_begun(config: &Config, half: &Opaque) -> Option<HeaderValue> {
    cookie::set_half(half, HALF, transport(config))
}

/// Takes it back.
#[must_use]
pub fn half_ended(config: &Config) -> Option<HeaderValue> {
    cookie::clear_half(transport(config))
}

/// The cookie by which a browser is known for a while after that.
#[must_use]
pub fn remembered(config: &Config, browser: &Opaque) -> Option<HeaderValue> {
    cookie::remember(browser, config.session_absolute + KEPT, transport(config))
}

/// Takes the cookie back.
#[must_use]
pub fn ended(config: &Config) -> Option<HeaderValue> {
    cookie::clear(transport(config))
}

/// How browsers come here.
#[must_use]
pub fn transport(config: &Config) -> Transport {
    if config.public_url.as_ref().is_some_and(PublicUrl::is_https) { Transport::Tls } else { Transport::Plain }
}
