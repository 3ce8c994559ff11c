//! Addresses of pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself in a path segment and in a query value.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn submission(reference: &str) -> String {
    format!("/s/{}", encoded(reference))
}

/// A page below a submission's, as `form/study`.
pub(crate) fn below(reference: &str, rest: &str) -> String {
    format!("{}/{rest}", submission(reference))
}

/// A section's page, at one of its questions.
pub(crate) fn question(reference: &str, section: &str, question: &str) -> String {
    format!("{}#{question}", below(reference, &format!("form/{section}")))
}

/// An address with one parameter more.
pub(crate) fn with(address: &str, name: &str, value: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{name}={}", encoded(value))
}

/// Text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// An address of this site that may be gone to after signing in; nothing for addresses of other sites.
pub(crate) fn local(text: &str) -> Option<&str> {
    let inside =
        text.starts_with('/') && !text.starts_with("//") && text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    inside.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_followed_after_signing_in() {
        for inside in ["/", "/s/SS-2026-0042", "/queue?state=x"] {
            assert_eq!(local(inside), Some(inside));
        }
        for outside in ["", "//evil.example", "/\\evil.example", "https://evil.example", "s", "/a\nb", "/\u{e9}"] {
            assert_eq!(local(outside), None, "{outside}");
        }
    }

    #[test]
    fn parameters_are_added_and_encoded() {
        assert_eq!(with("/queue?state=a", "cursor", "x&y="), "/queue?state=a&cursor=x%26y%3D");
        assert_eq!(with("/queue", "search", "a b"), "/queue?search=a%20b");
    }
}
