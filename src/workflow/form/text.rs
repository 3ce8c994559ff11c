//! Text as people type it, cleaned of what nobody sees.

use unicode_normalization::UnicodeNormalization;

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// In composed form (NFC), trimmed, line ends as `\n`; or the sentence that says what to take out.
///
/// Control characters and overrides of the writing direction are refused: they show one thing and store another
/// (Unicode Technical Report 36, "Trojan source").
pub(super) fn clean(text: &str, lines: Lines) -> Result<String, &'static str> {
    let text: String = text.replace("\r\n", "\n").trim().nfc().collect();
    if lines == Lines::One && text.contains('\n') {
        return Err("write this on one line");
    }
    let hidden = |c: char| c.is_control() && !(lines == Lines::Many && matches!(c, '\n' | '\t'));
    if text.chars().any(hidden) {
        return Err("take the control characters out; typing the text again does it");
    }
    if text.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) {
        return Err("take the characters out that change the writing direction; typing the text again does it");
    }
    Ok(text)
}
