//! The picture for Mermaid, as a `stateDiagram-v2`.

use super::Picture;
use crate::workflow::definition::StateKind;

impl Picture {
    /// The picture as Mermaid text.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut lines = vec![format!("---\ntitle: {}\n---\nstateDiagram-v2", quoted(&self.title))];
        for place in &self.places {
            let id = id(&place.id);
            lines.push(format!("    state {} as {id}", quoted(&place.label)));
            for review in &place.reviews {
                let said = format!("{}: {}, {} of {}", review.name, review.role, review.quorum, review.seats);
                lines.push(format!("    {id} : {}", plain(&said)));
            }
        }
        for start in self.places.iter().filter(|place| place.kind == StateKind::Start) {
            lines.push(format!("    [*] --> {}", id(&start.id)));
        }
        for (from, to, passage) in self.passages() {
            let said = plain(&format!("{} ({})", passage.label, passage.cause));
            lines.push(format!("    {} --> {} : {said}", id(from), id(to)));
        }
        for end in self.places.iter().filter(|place| place.kind == StateKind::End) {
            lines.push(format!("    {} --> [*]", id(&end.id)));
        }
        lines.join("\n") + "\n"
    }
}

/// Prefixed, because a few words, as `end`, mean something to Mermaid.
fn id(id: &str) -> String {
    format!("s_{}", id.replace('-', "_"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text))
}

/// Without the characters that end a text for Mermaid.
fn plain(text: &str) -> String {
    let marks = |letter: char| match letter {
        '"' => '\'',
        ':' | ';' | '#' | '%' => ',',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars().map(marks).collect()
}
