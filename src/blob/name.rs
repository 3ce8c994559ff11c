//! File names: what a person called a file, made safe to keep, to show and to send.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// The longest name that is kept, in characters.
const LONGEST: usize = 200;

/// What RFC 8187 lets stand unencoded (`attr-char`).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// A name that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing is left of it.
    #[error("give the file a name")]
    Empty,
    /// It is too long.
    #[error("this file name is longer than 200 characters; shorten it")]
    TooLong,
    /// It has characters that cannot be seen, or that turn the direction of writing round.
    #[error("this file name has characters that cannot be seen; rename the file")]
    Invisible,
}

/// A person's file name, cleaned: the last part of a path, composed (NFC), without dots in front.
///
/// Control characters and those that reorder or hide text are refused rather than removed, because `invoice\u{202e}fdp.exe`
/// was meant to deceive.
pub fn clean_name(name: &str) -> Result<String, NameError> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let composed: String = last.nfc().collect();
    if composed.chars().any(|c| c.is_control() || invisible(c)) {
        return Err(NameError::Invisible);
    }
    let cleaned = composed.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim_start();
    match cleaned.chars().count() {
        0 => Err(NameError::Empty),
        n if n > LONGEST => Err(NameError::TooLong),
        _ => Ok(cleaned.to_owned()),
    }
}

/// Marks of direction, joiners without effect, separators of lines, and the byte order mark (Unicode, UAX #9).
fn invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What a browser does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Saves it.
    Attachment,
    /// Shows it.
    Inline,
}

/// `attachment; filename="…"; filename*=UTF-8''…` (RFC 6266, RFC 8187).
#[must_use]
pub fn content_disposition(disposition: Disposition, name: &str) -> String {
    let kind = match disposition {
        Disposition::Attachment => "attachment",
        Disposition::Inline => "inline",
    };
    let plain: String = name
        .chars()
        .map(|c| if (c.is_ascii_graphic() || c == ' ') && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
        .collect();
    let mut value = format!("{kind}; filename=\"{plain}\"");
    if plain != name {
        // Writing to a string cannot fail.
        let _ = write!(value, "; filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parts_and_leading_dots_are_stripped() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\agenda.docx", "agenda.docx"),
            ("..\\..\\x.pdf", "x.pdf"),
            (".htaccess", "htaccess"),
            ("  ...report.pdf. ", "report.pdf"),
            ("x#123", "x#123"),
            ("%2e%2e%2f", "%2e%2e%2f"),
        ] {
            assert_eq!(clean_name(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn names_that_hide_something_are_refused() {
        for name in ["a\0.pdf", "a\r\nSet-Cookie: x.pdf", "invoice\u{202e}fdp.exe", "a\u{200b}.pdf", "\u{2066}a.pdf"] {
            assert_eq!(clean_name(name), Err(NameError::Invisible));
        }
        for name in ["", "..", "dir/", " . "] {
            assert_eq!(clean_name(name), Err(NameError::Empty));
        }
        assert_eq!(clean_name(&"ä".repeat(201)), Err(NameError::TooLong));
        assert_eq!(clean_name(&"ä".repeat(200)).map(|name| name.chars().count()), Ok(200));
    }

    #[test]
    fn a_decomposed_name_is_composed() {
        assert_eq!(clean_name("Pru\u{308}fung.pdf").as_deref(), Ok("Prüfung.pdf"));
    }

    #[test]
    fn a_name_is_sent_so_that_no_header_breaks() {
        assert_eq!(content_disposition(Disposition::Inline, "agenda v2.pdf"), "inline; filename=\"agenda v2.pdf\"");
        assert_eq!(
            content_disposition(Disposition::Attachment, "Prüfung \"1\".pdf"),
            "attachment; filename=\"Pr_fung _1_.pdf\"; filename*=UTF-8''Pr%C3%BCfung%20%221%22.pdf"
        );
        assert!(!content_disposition(Disposition::Attachment, "a\r\nb").contains(['\r', '\n']));
    }
}
