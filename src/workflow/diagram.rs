//! A definition as a picture: boxes for states, lines for the ways between them.
//!
//! [`Picture`] says in plain words what there is to draw and knows no coordinates; [`Picture::svg`] draws it, and
//! [`Picture::mermaid`] and [`Picture::dot`] write it for other programs. Whatever a picture leaves out stands in the
//! definition's table.

mod dot;
mod layout;
mod measure;
mod mermaid;
mod picture;
mod svg;
#[cfg(test)]
mod tests;
mod trail;
mod words;

pub use picture::{Exit, Line, Passage, Picture, Place, Review};
pub use svg::Sheet;
pub use trail::Trail;
