//! File names as they are sent: so that no header breaks, and no system takes them for something else.

use std::{borrow::Cow, fmt::Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

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
    let name = if is_device(name) { Cow::Owned(format!("_{name}")) } else { Cow::Borrowed(name) };
    let plain: String = name
        .chars()
        .map(|c| if (c.is_ascii_graphic() || c == ' ') && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
        .collect();
    let mut value = format!("{kind}; filename=\"{plain}\"");
    if plain != name {
        // Writing to a string cannot fail.
        let _ = write!(value, "; filename*=UTF-8''{}", utf8_percent_encode(&name, ENCODED));
    }
    value
}

/// Whether Windows takes a name for a device, whatever its ending: `CON.pdf` cannot be saved there.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$") {
        return true;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']) || matches!(number, "¹" | "²" | "³"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sent_so_that_no_header_breaks() {
        assert_eq!(content_disposition(Disposition::Inline, "agenda v2.pdf"), "inline; filename=\"agenda v2.pdf\"");
        assert_eq!(
            content_disposition(Disposition::Attachment, "Prüfung \"1\".pdf"),
            "attachment; filename=\"Pr_fung _1_.pdf\"; filename*=UTF-8''Pr%C3%BCfung%20%221%22.pdf"
        );
        assert!(!content_disposition(Disposition::Attachment, "a\r\nb").contains(['\r', '\n']));
    }

    #[test]
    fn what_windows_takes_for_a_device_is_sent_under_a_harmless_name() {
        for name in ["CON.pdf", "con", "Nul.tar.gz", "aux .txt", "COM1.pdf", "lpt9.txt"] {
            let sent = content_disposition(Disposition::Attachment, name);
            assert_eq!(sent, format!("attachment; filename=\"_{name}\""));
        }
        assert!(content_disposition(Disposition::Attachment, "com².pdf").ends_with("''_com%C2%B2.pdf"));
        for name in ["console.pdf", "COM10.pdf", "COM.pdf", "my CON.pdf"] {
            assert_eq!(content_disposition(Disposition::Attachment, name), format!("attachment; filename=\"{name}\""));
        }
    }
}
