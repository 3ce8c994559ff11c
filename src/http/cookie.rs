//! The session cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::SignedDuration;

use super::Transport;
use crate::token::Opaque;

/// Its name; over TLS with the prefix that lets browsers accept it from this very host alone (RFC 6265bis, 4.1.3.2).
#[must_use]
pub fn name(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-imprimatur",
        Transport::Plain => "imprimatur",
    }
}

/// The name of what a browser is known by after a session has ended.
fn remembered(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-imprimatur-browser",
        Transport::Plain => "imprimatur-browser",
    }
}

/// The name of what is carried between the password and the code.
fn half_way(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-imprimatur-half",
        Transport::Plain => "imprimatur-half",
    }
}

/// What somebody carries who has given the password and not the code.
#[must_use]
pub fn half(headers: &HeaderMap, transport: Transport) -> Option<Opaque> {
    Opaque::read(&values(headers, half_way(transport)).next()?)
}

/// The `Set-Cookie` of that.
#[must_use]
pub fn set_half(half: &Opaque, lifetime: SignedDuration, transport: Transport) -> Option<HeaderValue> {
    header_value(half_way(transport), half.text(), lifetime.as_secs(), transport)
}

/// The `Set-Cookie` that takes it back.
#[must_use]
pub fn clear_half(transport: Transport) -> Option<HeaderValue> {
    header_value(half_way(transport), String::new(), 0, transport)
}

/// What a browser is known by, whoever is signed in there now.
#[must_use]
pub fn browser(headers: &HeaderMap, transport: Transport) -> Option<Opaque> {
    Opaque::read(&values(headers, remembered(transport)).next()?)
}

/// The session id that came with a request. Two cookies of the name are none: one of them was planted.
#[must_use]
pub fn read(headers: &HeaderMap, transport: Transport) -> Option<Opaque> {
    let mut sent = values(headers, name(transport));
    let value = sent.next()?;
    if sent.next().is_some() { None } else { Opaque::read(&value) }
}

/// Whether any session cookie came, readable or not.
#[must_use]
pub fn is_present(headers: &HeaderMap, transport: Transport) -> bool {
    values(headers, name(transport)).next().is_some()
}

/// The `Set-Cookie` of a new session.
#[must_use]
pub fn set(session: &Opaque, lifetime: SignedDuration, transport: Transport) -> Option<HeaderValue> {
    header_value(name(transport), session.text(), lifetime.as_secs(), transport)
}

/// The `Set-Cookie` by which a browser is known for a while.
#[must_use]
pub fn remember(browser: &Opaque, lifetime: SignedDuration, transport: Transport) -> Option<HeaderValue> {
    header_value(remembered(transport), browser.text(), lifetime.as_secs(), transport)
}

/// The `Set-Cookie` that takes the session away.
#[must_use]
pub fn clear(transport: Transport) -> Option<HeaderValue> {
    header_value(name(transport), String::new(), 0, transport)
}

fn values(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| Cookie::split_parse(text.to_owned()).flatten())
        .filter(move |cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn header_value(name: &'static str, value: String, seconds: i64, transport: Transport) -> Option<HeaderValue> {
    let mut cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
    if transport == Transport::Tls {
        cookie = cookie.secure(true);
    }
    HeaderValue::from_str(&format!("{}; Max-Age={seconds}", cookie.build())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookies: &[&str]) -> HeaderMap {
        let pairs = cookies.iter().map(|cookie| (header::COOKIE, HeaderValue::from_str(cookie).unwrap()));
        pairs.collect()
    }

    #[test]
    fn what_is_set_is_read_back() {
        let session = Opaque::random();
        let set = set(&session, SignedDuration::from_hours(1), Transport::Tls).unwrap();
        let text = set.to_str().unwrap();
        assert_eq!(
            text,
            format!("__Host-imprimatur={}; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600", session.text())
        );
        let pair = text.split(';').next().unwrap();
        assert_eq!(read(&headers(&[&format!("a=b; {pair}")]), Transport::Tls), Some(session));
        assert_eq!(read(&headers(&[pair]), Transport::Plain), None);
    }

    #[test]
    fn a_planted_or_malformed_cookie_is_no_session() {
        let text = format!("imprimatur={}", Opaque::random().text());
        assert!(read(&headers(&[&text]), Transport::Plain).is_some());
        assert_eq!(read(&headers(&[&text, &text]), Transport::Plain), None);
        for cookie in ["imprimatur", "imprimatur=", "imprimatur=x", ";;;", "=; =", "imprimatur=%00"] {
            assert_eq!(read(&headers(&[cookie]), Transport::Plain), None, "{cookie}");
        }
    }
}
