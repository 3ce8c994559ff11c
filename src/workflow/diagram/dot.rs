//! The picture for Graphviz.

use super::{Picture, picture::Place};
use crate::workflow::definition::StateKind;

impl Picture {
    /// The picture as a DOT graph.
    #[must_use]
    pub fn dot(&self) -> String {
        let mut lines = vec![format!("digraph {} {{", quoted(&self.workflow))];
        lines.push(format!("    label={}; labelloc=t;", quoted(&self.title)));
        lines.push("    node [shape=box, style=rounded, fontname=sans]; edge [fontname=sans, fontsize=10];".to_owned());
        for place in &self.places {
            let shape = match place.kind {
                StateKind::Start => "shape=oval",
                StateKind::Middle => "shape=box",
                StateKind::End => "shape=box, peripheries=2",
            };
            lines.push(format!("    {} [label={}, {shape}];", quoted(&place.id), quoted(&label(place))));
        }
        for (from, to, passage) in self.passages() {
            let said = quoted(&format!("{}\n{}", passage.label, passage.cause));
            lines.push(format!("    {} -> {} [label={said}];", quoted(from), quoted(to)));
        }
        lines.push("}\n".to_owned());
        lines.join("\n")
    }
}

fn label(place: &Place) -> String {
    let reviews = place
        .reviews
        .iter()
        .map(|review| format!("\n{}: {}, {} of {}", review.name, review.role, review.quorum, review.seats));
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
