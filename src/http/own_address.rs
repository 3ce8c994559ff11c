//! Where this server is reached, for links that are handed over.

use axum::http::{HeaderMap, header};

use crate::config::{Config, PublicUrl};

/// The public address, or the one that whoever asks has used; without a slash at the end.
pub(super) fn own_address(config: &Config, headers: &HeaderMap) -> String {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let asked = || {
        let origin = said(header::ORIGIN).filter(|origin| *origin != "null").map(str::to_owned);
        origin.or_else(|| said(header::HOST).map(|host| format!("http://{host}")))
    };
    config.public_url.as_ref().map(PublicUrl::origin).or_else(asked).unwrap_or_default()
}
