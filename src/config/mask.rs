//! Showing a URL without the password in it.

/// A URL with its password masked.
pub(super) fn mask_url(url: &str) -> String {
    let masked = url.split_once("://").and_then(|(scheme, rest)| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end)?;
        let (user, host) = authority.rsplit_once('@')?;
        let name = user.split_once(':').map_or(user, |(name, _)| name);
        Some(format!("{scheme}://{name}:***@{host}{}", mask_query(tail)))
    });
    masked.unwrap_or_else(|| mask_query(url))
}

/// `?…password=…` is understood by database drivers too.
fn mask_query(tail: &str) -> String {
    match tail.split_once('?') {
        Some((path, query)) if query.contains("password") => format!("{path}?***"),
        _ => tail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_shown_without_its_password() {
        assert_eq!(mask_url("postgres://office:sword@fish@db/credits?x=1"), "postgres://office:***@db/credits?x=1");
        assert_eq!(mask_url("postgres://db/credits?password=swordfish"), "postgres://db/credits?***");
        assert_eq!(mask_url("sqlite:///var/lib/imprimatur.db"), "sqlite:///var/lib/imprimatur.db");
    }
}
