//! What a person called a file, made safe to keep and to show.

use super::text::{Line, TextFault, is_unseen};

/// The longest name that is kept, in characters.
const LONGEST: u32 = 200;

/// A file name as it is kept: the last part of a path, on one line, without dots in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

/// A name that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// Nothing is left of it that can be seen.
    #[error("give the file a name")]
    Empty,
    /// It is too long.
    #[error("this file name is longer than 200 characters; shorten it")]
    TooLong,
    /// It has characters that turn the direction of writing round, as `invoice\u{202e}fdp.exe`, which was meant to deceive.
    #[error("this file name has characters that turn the writing round; rename the file")]
    Turned,
}

impl FileName {
    /// Takes a name in.
    pub fn read(typed: &str) -> Result<Self, FileNameError> {
        let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
        let line: String = match Line::within(last, LONGEST) {
            Ok(line) => line.into(),
            Err(TextFault::TooLong { .. }) => return Err(FileNameError::TooLong),
            Err(TextFault::Turned) => return Err(FileNameError::Turned),
        };
        let name = line.trim_start_matches('.').trim_end_matches(['.', ' ']).trim_start();
        let (stem, _) = parts(name);
        if stem.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
            return Err(FileNameError::Empty);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name with one of the endings that fit, the usual one first: a telephone that calls a JPEG `.HEIC` cannot be told
    /// to rename it. An ending of another kind of file is replaced, and what is none keeps its place. A name without one
    /// stays as it is.
    #[must_use]
    pub fn fitting(self, endings: &[&str], is_ending: impl Fn(&str) -> bool) -> Self {
        let (stem, Some(ending)) = parts(&self.0) else { return self };
        let ending = ending.to_lowercase();
        match endings.first() {
            Some(usual) if !endings.contains(&ending.as_str()) => {
                let stem = if is_ending(&ending) { stem } else { &self.0 };
                Self(format!("{stem}.{usual}"))
            }
            _ => self,
        }
    }

    /// The name, or one with a number where others have it already: `image (2).jpg`.
    #[must_use]
    pub fn beside(self, others: &[&str]) -> Self {
        let others: Vec<String> = others.iter().map(|other| other.to_lowercase()).collect();
        let is_taken = |name: &str| others.contains(&name.to_lowercase());
        if !is_taken(&self.0) {
            return self;
        }
        let numbered = |number: usize| match parts(&self.0) {
            (stem, Some(ending)) => format!("{stem} ({number}).{ending}"),
            (stem, None) => format!("{stem} ({number})"),
        };
        // Among so many numbers one is free.
        let free = (2..others.len() + 3).map(numbered).find(|name| !is_taken(name));
        free.map_or(self.clone(), Self)
    }
}

/// What stands before the last dot, and the ending behind it.
fn parts(name: &str) -> (&str, Option<&str>) {
    name.rsplit_once('.').map_or((name, None), |(stem, ending)| (stem, Some(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<String, FileNameError> {
        FileName::read(typed).map(|name| name.0)
    }

    #[test]
    fn path_parts_leading_dots_and_what_nobody_sees_are_stripped() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\agenda.docx", "agenda.docx"),
            ("..\\..\\x.pdf", "x.pdf"),
            (".htaccess", "htaccess"),
            ("  ...report.pdf. ", "report.pdf"),
            ("x#123", "x#123"),
            ("%2e%2e%2f", "%2e%2e%2f"),
            ("Pru\u{308}fung.pdf", "Prüfung.pdf"),
            ("a\0b\r\nSet-Cookie: x.pdf", "ab Set-Cookie: x.pdf"),
            ("\u{200e}scan.pdf\u{200f}", "scan.pdf"),
            ("گزارش\u{200c}ها.pdf", "گزارش\u{200c}ها.pdf"),
        ] {
            assert_eq!(read(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn names_that_turn_round_are_too_long_or_say_nothing_are_refused() {
        for name in ["invoice\u{202e}fdp.exe", "\u{2066}a.pdf"] {
            assert_eq!(read(name), Err(FileNameError::Turned));
        }
        for name in ["", "..", "dir/", " . ", "\u{3164}.pdf", "\u{2800}", "\u{200b}"] {
            assert_eq!(read(name), Err(FileNameError::Empty), "{name:?}");
        }
        assert_eq!(read(&"ä".repeat(201)), Err(FileNameError::TooLong));
        assert_eq!(read(&"ä".repeat(200)).map(|name| name.chars().count()), Ok(200));
    }

    #[test]
    fn an_ending_is_corrected_and_a_name_that_is_taken_gets_a_number() {
        let fitting = |name: &str| {
            let name = FileName::read(name).expect("a name");
            name.fitting(&["jpg", "jpeg"], |ending| matches!(ending, "heic" | "png")).0
        };
        for (name, kept) in [
            ("IMG_1.HEIC", "IMG_1.jpg"),
            ("a.JPEG", "a.JPEG"),
            ("a.png", "a.jpg"),
            ("scan v1.2", "scan v1.2.jpg"),
            ("scan", "scan"),
        ] {
            assert_eq!(fitting(name), kept);
        }
        let beside = |name: &str, others: &[&str]| FileName::read(name).expect("a name").beside(others).0;
        assert_eq!(beside("image.jpg", &[]), "image.jpg");
        assert_eq!(beside("image.jpg", &["Image.JPG"]), "image (2).jpg");
        assert_eq!(beside("image.jpg", &["image.jpg", "image (2).jpg", "image (3).png"]), "image (3).jpg");
        assert_eq!(beside("scan", &["scan"]), "scan (2)");
    }
}
