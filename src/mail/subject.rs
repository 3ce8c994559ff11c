//! The subject of a letter as it goes over the wire.

use data_encoding::BASE64;
use lettre::message::header::{Header, HeaderName, HeaderValue, Subject};

/// How an encoded word begins (RFC 2047). The library sends ASCII as it is, also where somebody typed one.
const ENCODED: &str = "=?";
/// Bytes of one encoded word: with `Subject: ` before it and all around it, it stays below the 76 of RFC 2047.
const WORD: usize = 36;

/// A subject as people read it, whatever they typed. Line breaks in it become spaces.
#[derive(Clone, Debug)]
pub(super) struct Spoken(String);

impl Spoken {
    pub(super) fn of(text: &str) -> Self {
        // That no header breaks, the library sees to.
        Self(
            text.chars()
                .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
                .collect(),
        )
    }
}

impl Header for Spoken {
    fn name() -> HeaderName {
        Subject::name()
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        if self.0.contains(ENCODED) {
            HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), words(&self.0).join("\r\n "))
        } else {
            HeaderValue::new(Self::name(), self.0.clone())
        }
    }
}

/// A text in encoded words, no letter in two of them.
fn words(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in text.chars() {
        if let Some(part) = parts.last_mut() {
            if part.len() + letter.len_utf8() <= WORD {
                part.push(letter);
            } else {
                parts.push(letter.to_string());
            }
        }
    }
    parts.iter().map(|part| format!("=?utf-8?b?{}?=", BASE64.encode(part.as_bytes()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a mail program shows of encoded words: white space between them is none.
    fn shown(text: &str) -> String {
        let decoded = text.split_whitespace().flat_map(|word| {
            let inner = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?=")).expect("a word");
            BASE64.decode(inner.as_bytes()).expect("base64")
        });
        String::from_utf8(decoded.collect()).expect("UTF-8")
    }

    #[test]
    fn an_encoded_word_that_somebody_typed_is_shown_as_they_typed_it() {
        for typed in [
            "SS-2026-0001: =?utf-8?q?Approved_=E2=9C=93?=",
            "=?",
            "a ==?? b",
            &format!("=?utf-8?b?{}?= Größe 漢字 🎓 {}", "QQ".repeat(60), "x".repeat(200)),
        ] {
            let words = words(typed).join("\r\n ");
            assert_eq!(shown(&words), typed);
            assert!(words.lines().all(|line| line.len() <= 76 - "Subject: ".len()), "{words}");
        }
    }
}
