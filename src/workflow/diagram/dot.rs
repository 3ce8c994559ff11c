//! The picture for Graphviz.

use super::{Picture, picture::Place};
use crate::workflow::definition::StateKind;

impl Picture {
    /// The picture as a DOT graph.
    #[must_use]
    pub fn dot(&self) -> String {
        let mut text = format!("digraph {} {{\n", quoted(&self.workflow));
        text.push_str(&format!("    label={}; labelloc=t;\n", quoted(&self.title)));
        text.push_str("    node [shape=box, style=rounded, fontname=sans]; edge [fontname=sans, fontsize=10];\n");
        for place in &self.places {
            let shape = match place.kind {
                StateKind::Start => "shape=oval",
                StateKind::Middle => "shape=box",
                StateKind::End => "shape=box, peripheries=2",
            };
            text.push_str(&format!("    {} [label={}, {shape}];\n", quoted(&place.id), quoted(&label(place))));
        }
        for (from, to, passage) in self.passages() {
            let said = quoted(&format!("{}\n{}", passage.label, passage.cause));
            text.push_str(&format!("    {} -> {} [label={said}];\n", quoted(from), quoted(to)));
        }
        text.push_str("}\n");
        text
    }
}

fn label(place: &Place) -> String {
    let reviews = place.reviews.iter().map(|review| {
        format!("\n{}: {}, {} of {}", review.name, review.role, review.quorum, review.seats)
    });
    std::iter::once(place.label.clone()).chain(reviews).collect()
}

fn quoted(text: &str) -> String {
    let marked = |letter: char| match letter {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        letter => letter.to_string(),
    };
    format!("\"{}\"", text.chars().map(marked).collect::<String>())
}
