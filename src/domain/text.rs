//! Text as people type and paste it, taken in once: what is kept has one form and nothing in it that nobody sees.
//!
//! Word, PDF and telephones leave in a text what was never meant: line breaks of seven kinds, separators of records, marks
//! of direction at its ends. They become the space or the line break they stand for, or go. What shows one thing and
//! stores another, as overrides of the writing direction do (Unicode Technical Report 36), is refused and never mended.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text of one line, as a name or a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(String);

/// A text of any number of lines, as a note or a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraphs(String);

/// A text that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// There is too much of it.
    #[error("this has {length} characters; shorten it to {most}")]
    TooLong {
        /// So many characters.
        length: u32,
        /// The most that is taken.
        most: u32,
    },
    /// Some of it would be shown in another order than it is stored in.
    #[error("take the characters out that change the writing direction; typing the text again does it")]
    Turned,
}

impl TextFault {
    /// Stable for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::Turned => "characters",
        }
    }
}

impl Line {
    /// The most characters, where nothing else is said.
    pub const MOST: u32 = 200;

    /// Takes a text in. It may be empty: who needs one says so.
    pub fn read(text: &str) -> Result<Self, TextFault> {
        Self::within(text, Self::MOST)
    }

    /// The same with another bound, in characters.
    pub fn within(text: &str, most: u32) -> Result<Self, TextFault> {
        clean(text, ' ', most).map(Self)
    }
}

impl Paragraphs {
    /// The most characters, where nothing else is said.
    pub const MOST: u32 = 10_000;

    /// Takes a text in. It may be empty: who needs one says so.
    pub fn read(text: &str) -> Result<Self, TextFault> {
        Self::within(text, Self::MOST)
    }

    /// The same with another bound, in characters.
    pub fn within(text: &str, most: u32) -> Result<Self, TextFault> {
        clean(text, '\n', most).map(Self)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl From<Paragraphs> for String {
    fn from(paragraphs: Paragraphs) -> Self {
        paragraphs.0
    }
}

/// Whether a character is not seen wherever it stands: it joins, fills, marks or turns. Unicode's
/// `Default_Ignorable_Code_Point`, and the blank of Braille.
#[must_use]
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// In composed form (NFC), with `breaks` for every kind of line break, and nothing invisible at the ends.
fn clean(text: &str, breaks: char, most: u32) -> Result<String, TextFault> {
    if text.contains(turns) {
        return Err(TextFault::Turned);
    }
    let text = text.replace("\r\n", "\n");
    let text: String = text.chars().filter_map(|c| shown(c, breaks)).collect();
    // Nearly every text is composed, and every rule reads every answer again: composing takes most of a decision's time.
    let text = if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() };
    let text = text.trim_matches(|c: char| c.is_whitespace() || hangs(c));
    if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        return Ok(String::new());
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length > most {
        return Err(TextFault::TooLong { length, most });
    }
    Ok(text.to_owned())
}

/// What stands for a character; nothing for what cannot be shown.
fn shown(c: char, breaks: char) -> Option<char> {
    match c {
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(breaks),
        '\t' | '\u{1c}'..='\u{1f}' => Some(' '),
        // Marks of byte order and of notes between lines, places where a picture was, and what no text may have.
        '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{fdd0}'..='\u{fdef}' => None,
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
        c => Some(c),
    }
}

/// Embeddings, overrides and isolates (UAX #9).
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Marks of direction and spaces without width: at an end they do nothing. Joiners may belong to the letter beside them.
fn hangs(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> String {
        Line::read(text).expect("a line").into()
    }

    fn paragraphs(text: &str) -> String {
        Paragraphs::read(text).expect("a text").into()
    }

    #[test]
    fn what_word_and_pdf_leave_in_a_text_becomes_what_it_stands_for() {
        for hidden in ["\u{b}", "\u{c}", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = format!("one{hidden}two");
            assert_eq!((line(&text).as_str(), paragraphs(&text).as_str()), ("one two", "one\ntwo"), "{hidden:?}");
        }
        for hidden in ["\t", "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}"] {
            let text = format!("one{hidden}two");
            assert_eq!((line(&text).as_str(), paragraphs(&text).as_str()), ("one two", "one two"), "{hidden:?}");
        }
        for hidden in ["\0", "\u{7}", "\u{1b}", "\u{7f}", "\u{80}", "\u{9f}", "\u{feff}", "\u{fffc}", "\u{ffff}"] {
            assert_eq!(line(&format!("on{hidden}e")), "one", "{hidden:?}");
        }
        assert_eq!(paragraphs("a\r\n\r\nb\rc\n"), "a\n\nb\nc");
        assert_eq!(line(" Cafe\u{301} "), "Caf\u{e9}");
    }

    #[test]
    fn joiners_stay_and_marks_of_direction_go_from_the_ends() {
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}⚕\u{fe0f}", "abc \u{200f}(עברית)\u{200f} x"]
        {
            assert_eq!(line(text), text);
        }
        assert_eq!(line("\u{200f}\u{200e} Ana \u{200e}\u{61c}\u{200b}"), "Ana");
    }

    #[test]
    fn a_text_of_nothing_that_is_seen_is_empty_and_one_that_turns_is_refused() {
        for text in ["", " \t\n", "\u{200b}", "\u{3164}", "\u{2800}\u{2800}", "\u{ad}\u{200d} \u{fe0f}", "\u{e0041}"] {
            assert_eq!((line(text).as_str(), paragraphs(text).as_str()), ("", ""), "{text:?}");
        }
        for text in ["a\u{202e}b", "\u{202a}a", "a\u{2066}b", "\u{2069}"] {
            assert_eq!(Line::read(text), Err(TextFault::Turned), "{text:?}");
            assert_eq!(Paragraphs::read(text), Err(TextFault::Turned), "{text:?}");
        }
    }

    #[test]
    fn a_bound_counts_what_is_kept() {
        let most = usize::try_from(Line::MOST).expect("a number");
        assert_eq!(line(&format!("  {}\0 ", "é".repeat(most))).chars().count(), most);
        let long = "é".repeat(most + 1);
        assert_eq!(Line::read(&long), Err(TextFault::TooLong { length: 201, most: 200 }));
        assert_eq!(Paragraphs::within("abc", 2), Err(TextFault::TooLong { length: 3, most: 2 }));
    }

    proptest! {
        /// Whatever is typed: what is kept is kept the same again, and a page, a letter and both databases can show it.
        #[test]
        fn what_is_kept_is_clean(text in any::<String>(), mess in "[\\x00-\\x20\u{85}\u{a0}\u{200b}-\u{200f}\u{2028}\u{2029}\u{feff}e\u{301}]{0,12}") {
            for text in [format!("{mess}{text}{mess}"), mess] {
                if let Ok(Line(kept)) = Line::read(&text) {
                    prop_assert_eq!(Line::read(&kept), Ok(Line(kept.clone())));
                    prop_assert!(!kept.contains(char::is_control), "{:?}", kept);
                }
                if let Ok(Paragraphs(kept)) = Paragraphs::read(&text) {
                    prop_assert_eq!(Paragraphs::read(&kept), Ok(Paragraphs(kept.clone())));
                    prop_assert!(!kept.contains(|c: char| c.is_control() && c != '\n'), "{:?}", kept);
                }
            }
        }
    }
}
