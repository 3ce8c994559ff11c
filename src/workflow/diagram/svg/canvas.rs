//! Writing SVG: tags, attributes, text, everything escaped.

use super::{
    super::{
        layout::Area,
        measure::{Block, Style},
    },
    Ink,
};

/// A start tag in the making.
pub(super) struct Tag {
    name: &'static str,
    attributes: Vec<String>,
}

impl Tag {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new() }
    }

    /// A rectangle.
    pub(super) fn area(area: Area) -> Self {
        Self::new("rect")
            .number("x", area.left())
            .number("y", area.top())
            .number("width", area.size.width)
            .number("height", area.size.height)
    }

    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.attributes.push(format!(" {name}=\"{}\"", escaped(value)));
        self
    }

    pub(super) fn number(self, name: &str, value: f64) -> Self {
        self.text(name, &short(value))
    }
}

/// What is written so far.
#[derive(Default)]
pub(super) struct Canvas {
    lines: Vec<String>,
}

impl Canvas {
    /// The document.
    pub(super) fn text(self) -> String {
        self.lines.join("\n") + "\n"
    }

    pub(super) fn open(&mut self, tag: &Tag) {
        self.lines.push(format!("<{}{}>", tag.name, tag.attributes.concat()));
    }

    pub(super) fn close(&mut self, name: &str) {
        self.lines.push(format!("</{name}>"));
    }

    /// An element with nothing in it.
    pub(super) fn draw(&mut self, tag: &Tag) {
        self.lines.push(format!("<{}{}/>", tag.name, tag.attributes.concat()));
    }

    /// An element with text in it.
    pub(super) fn words(&mut self, tag: &Tag, words: &str) {
        self.lines.push(format!("<{0}{1}>{2}</{0}>", tag.name, tag.attributes.concat(), escaped(words)));
    }

    /// Lines of text, centred on `x`, from `top` down.
    pub(super) fn block(&mut self, block: &Block, x: f64, top: f64, ink: Ink) {
        let mut y = top;
        for line in &block.lines {
            let baseline = y + line.style.size() * 0.95;
            let mut tag = Tag::new("text")
                .number("x", x)
                .number("y", baseline)
                .number("font-size", line.style.size())
                .text("text-anchor", "middle");
            tag = match line.style {
                Style::Title => tag.text("font-weight", "700").text("fill", ink.words()),
                Style::Name => tag.text("font-weight", "500").text("fill", ink.words()),
                Style::Remark => tag.text("fill", "var(--faint, GrayText)"),
            };
            self.words(&tag, &line.text);
            y += line.style.leading();
        }
    }
}

/// A tenth of a pixel is fine enough.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, letter| {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML knows no other control characters.
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
        escaped
    })
}
