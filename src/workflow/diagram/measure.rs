//! How much room text takes. The reader's font is not known here, so widths are a little generous.

/// How a line of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Name of a state.
    Title,
    /// What a line or a review is called.
    Name,
    /// Who, when, and remarks.
    Remark,
}

impl Style {
    /// Font size in pixels.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Title => 15.0,
            Self::Name => 13.0,
            Self::Remark => 12.0,
        }
    }

    /// From one line to the next, in pixels.
    pub(super) fn leading(self) -> f64 {
        self.size() + 4.0
    }
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) style: Style,
}

/// Lines of text below one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<Text>,
}

impl Block {
    /// Adds text, broken between words so that a line has about `most` pixels.
    pub(super) fn add(&mut self, text: &str, style: Style, most: f64) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && width(&longer, style) > most {
                self.lines.push(Text { text: std::mem::replace(&mut line, word.to_owned()), style });
            } else {
                line = longer;
            }
        }
        if !line.is_empty() {
            self.lines.push(Text { text: line, style });
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|line| width(&line.text, line.style)).fold(0.0, f64::max)
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.iter().map(|line| line.style.leading()).sum()
    }
}

/// Width of one line in pixels.
fn width(text: &str, style: Style) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '(' | ')' | '-' => 0.36,
            'm' | 'w' | 'M' | 'W' => 0.92,
            letter if letter.is_ascii_uppercase() => 0.72,
            letter if letter.is_ascii() => 0.58,
            // Letters of other scripts are up to a square wide.
            _ => 1.0,
        })
        .sum();
    let weight = if style == Style::Title { 1.16 } else { 1.0 };
    ems * style.size() * weight
}
