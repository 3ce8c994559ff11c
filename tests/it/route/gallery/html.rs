//! Just enough of HTML to hold a page of ours against rules: tags with their attributes, and the text between them.

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

/// A tag that opens.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// What an attribute says; empty text where it only stands there.
    pub(super) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A form and what is in it.
pub(super) struct Form<'a> {
    pub(super) tag: &'a Tag,
    pub(super) pieces: &'a [Piece],
}

impl Form<'_> {
    pub(super) fn action(&self) -> &str {
        self.tag.get("action").unwrap_or_default()
    }

    pub(super) fn posts(&self) -> bool {
        self.tag.get("method") == Some("post")
    }

    /// What a field says that nobody fills in.
    pub(super) fn value(&self, field: &str) -> Option<&str> {
        opened(self.pieces).find(|tag| tag.get("name") == Some(field)).and_then(|tag| tag.get("value"))
    }
}

/// Reads a page.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        if !text.is_empty() {
            pieces.push(Piece::Text(decoded(text)));
        }
        let end = end_of_tag(after);
        let (inside, ended) = after.split_at(end);
        rest = ended.strip_prefix('>').unwrap_or_default();
        if let Some(name) = inside.strip_prefix('/') {
            pieces.push(Piece::Close(name.trim().to_owned()));
        } else if !inside.starts_with('!') {
            pieces.push(Piece::Open(tag(inside.trim_end_matches('/'))));
        }
    }
    pieces.push(Piece::Text(decoded(rest)));
    pieces
}

/// Tags that open.
pub(super) fn opened(pieces: &[Piece]) -> impl Iterator<Item = &Tag> {
    pieces.iter().filter_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None })
}

/// All forms.
pub(super) fn forms(pieces: &[Piece]) -> Vec<Form<'_>> {
    let inside = |start: usize| {
        let rest = &pieces[start + 1..];
        let end = rest.iter().position(|piece| matches!(piece, Piece::Close(name) if name == "form"));
        &rest[..end.unwrap_or(rest.len())]
    };
    let begun = pieces.iter().enumerate().filter_map(|(start, piece)| match piece {
        Piece::Open(tag) if tag.name == "form" => Some(Form { tag, pieces: inside(start) }),
        _ => None,
    });
    begun.collect()
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { name: name.to_owned(), attributes };
        }
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a quote that ends"),
            None => ("", after),
        };
        assert!(!after.starts_with('='), "{attribute} has no quotes in <{inside}>");
        attributes.push((attribute.to_owned(), decoded(value)));
        rest = after;
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2F;", "/").replace("&nbsp;", "\u{a0}");
    text.replace("&amp;", "&")
}
