//! From where a request comes: what the connection has, or what proxies say that are trusted.

use std::{convert::Infallible, fmt, net::IpAddr};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, header, request::Parts},
};

use crate::{config::Proxies, usecase::account};

/// From where a connection comes; nowhere is a Unix socket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peer(pub Option<IpAddr>);

/// Who asks, as far as addresses tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Client(pub Option<IpAddr>);

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl Client {
    /// Walks from the connection towards the client as long as each hop is a trusted proxy: what stands left of the
    /// first that is not, anybody can have written. A hop that hides, or that cannot be read, ends the walk.
    #[must_use]
    pub fn behind(peer: Peer, headers: &HeaderMap, proxies: &Proxies) -> Self {
        let mut at = peer.0;
        let mut hops = hops(headers);
        while proxies.trust(at)
            && let Some(Some(hop)) = hops.pop()
        {
            at = Some(hop);
        }
        Self(at)
    }

    /// The same with what the program calls itself, as sign-ins are told of.
    pub(super) fn told(self, headers: &HeaderMap) -> account::Client {
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        account::Client { address: self.to_string(), agent: agent.to_owned() }
    }
}

/// The chain as the headers tell it, the nearest last. Two headers that do not say the same say nothing: one of them is
/// the client's own.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let old = list(headers, &X_FORWARDED_FOR, address);
    let new = list(headers, &header::FORWARDED, forwarded);
    match (old.is_empty(), new.is_empty()) {
        (_, true) => old,
        (true, false) => new,
        (false, false) if old == new => old,
        (false, false) => Vec::new(),
    }
}

fn list(headers: &HeaderMap, name: &HeaderName, read: impl Fn(&str) -> Option<IpAddr>) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all(name).iter();
    lines.flat_map(|line| line.to_str().unwrap_or("unknown").split(',').map(|hop| read(hop.trim()))).collect()
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let host = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if text.matches(':').count() == 1 => text.split_once(':')?.0,
        None => text,
    };
    host.parse().ok().map(|ip: IpAddr| ip.to_canonical())
}

/// The `for` of an element such as `for="[2001:db8::7]:4711";proto=https` (RFC 7239, 4).
fn forwarded(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
    })
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(ip) => write!(f, "{ip}"),
            None => f.write_str("local"),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let proxies: Proxies = "10.0.0.0/8, ::1".parse().unwrap();
        let mut sent = HeaderMap::new();
        for (name, value) in headers {
            sent.append(*name, HeaderValue::from_static(value));
        }
        Client::behind(Peer(peer.parse().ok()), &sent, &proxies).to_string()
    }

    #[test]
    fn a_trusted_proxy_says_who_asks_and_nobody_else_does() {
        let says = |text| [("x-forwarded-for", text)];
        assert_eq!(client("192.0.2.7", &says("203.0.113.9")), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &says("203.0.113.9")), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        // What the client itself wrote stands further left.
        assert_eq!(client("10.0.0.1", &says("127.0.0.1, 203.0.113.9")), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &says("127.0.0.1, 203.0.113.9, 10.0.0.2")), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &[("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "2.2.2.2")]), "2.2.2.2");
        for unread in ["unknown", "", "203.0.113.9, unknown", "203.0.113.9, 999.1.1.1"] {
            assert_eq!(client("10.0.0.1", &says(unread)), "10.0.0.1", "{unread}");
        }
        assert_eq!(client("::1", &says("[2001:db8::7]:4711")), "2001:db8::7");
        assert_eq!(client("::1", &says("203.0.113.9:4711")), "203.0.113.9");
        assert_eq!(client("::1", &says("::ffff:203.0.113.9")), "203.0.113.9");
    }

    #[test]
    fn the_newer_header_is_read_too_and_two_that_differ_say_nothing() {
        let says = |text| [("forwarded", text)];
        assert_eq!(client("10.0.0.1", &says("for=203.0.113.9;proto=https")), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &says("by=x;For=\"[2001:db8::7]:80\", for=10.0.0.2")), "2001:db8::7");
        assert_eq!(client("10.0.0.1", &says("for=_hidden")), "10.0.0.1");
        let both = |other| [("forwarded", "for=203.0.113.9"), ("x-forwarded-for", other)];
        assert_eq!(client("10.0.0.1", &both("203.0.113.9")), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &both("198.51.100.1")), "10.0.0.1");
    }
}
