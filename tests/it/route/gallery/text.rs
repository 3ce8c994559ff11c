//! What a page says to whoever reads it, line by line, with what differs from run to run taken out.

use super::{
    demo::{AUTHOR, PRACTITIONER},
    html::Piece,
    page::Page,
};

/// Lines of a page that are kept; the longest have their words compared elsewhere too.
const MOST: usize = 150;

/// Text between these goes on in the same line.
const INLINE: [&str; 13] =
    ["a", "b", "code", "span", "small", "time", "em", "strong", "i", "svg", "abbr", "label", "button"];

/// The content.
pub(super) fn main(page: &Page) -> String {
    within(page, "main")
}

/// The ways on top, and who one is.
pub(super) fn header(page: &Page) -> String {
    within(page, "header")
}

/// The first element of a name.
fn within(page: &Page, name: &str) -> String {
    let start = page.pieces.iter().position(|piece| matches!(piece, Piece::Open(tag) if tag.name == name));
    lines(&page.pieces[start.unwrap_or_default()..], name)
}

fn lines(pieces: &[Piece], end: &str) -> String {
    let mut text = String::new();
    let mut left_out: Option<&str> = None;
    for piece in pieces {
        match (piece, left_out) {
            (Piece::Close(name), _) if name == end => break,
            (Piece::Close(name), Some(open)) if name == open => left_out = None,
            (_, Some(_)) => {}
            (Piece::Open(tag), None) if ["svg", "pre", "textarea", "script"].contains(&tag.name.as_str()) => {
                left_out = Some(&tag.name);
            }
            (Piece::Open(tag), None) if tag.name == "input" => {
                let value = tag.get("value").unwrap_or_default();
                let shown = match tag.get("type") {
                    Some("hidden") => String::new(),
                    Some("radio" | "checkbox") => if tag.get("checked").is_some() { "(x) " } else { "( ) " }.to_owned(),
                    _ => format!("\n[{value}]\n"),
                };
                text += &shown;
            }
            (Piece::Open(tag), None) if tag.name == "option" && tag.get("selected").is_some() => text += "\n* ",
            (Piece::Open(tag), None) if !INLINE.contains(&tag.name.as_str()) => text.push('\n'),
            (Piece::Close(name), None) if !INLINE.contains(&name.as_str()) => text.push('\n'),
            (Piece::Open(_) | Piece::Close(_), None) => text.push(' '),
            (Piece::Text(words), None) => text += words,
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().map(steady).collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let more = lines.len().saturating_sub(MOST);
    let mut kept = lines[..lines.len() - more].join("\n");
    if more > 0 {
        kept.push_str("\n… ");
        kept.push_str(&more.to_string());
        kept.push_str(" more lines");
    }
    kept
}

/// A word without what is made up anew in each run: identifiers.
fn steady(word: &str) -> &str {
    let letters = |wanted: fn(char) -> bool| word.chars().filter(|letter| wanted(*letter)).count();
    let hexadecimal = letters(|letter| letter.is_ascii_hexdigit()) + letters(|letter| letter == '-') == word.len();
    match word.len() {
        36 if hexadecimal => "{id}",
        12.. if word.contains("/welcome/") || word.contains("/decline/") => "{link}",
        12 | 64 if hexadecimal && letters(|letter| letter == '-') == 0 => "{version}",
        _ => word,
    }
}

/// Whether a page can be told apart by more than its address: by the state that authors read, by the act.
pub(super) fn shape(page: &Page) -> String {
    let last = page.path.split(['/', '?']).rfind(|part| !part.contains('=')).unwrap_or_default();
    match page.route() {
        Some("/s/{reference}") if [AUTHOR, PRACTITIONER].contains(&page.reader) => page.state().to_owned(),
        Some("/s/{reference}/act/{transition}") => last.to_owned(),
        _ => String::new(),
    }
}
