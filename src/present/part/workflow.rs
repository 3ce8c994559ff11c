//! Workflows: the list, one version of one, the editor, and what is done with versions.

mod definition;
mod editor;
mod list;
mod version;

pub use definition::{DefinitionPage, Rules, ShownVersion};
pub use editor::{Editor, Found, NumberedLine, Preview};
pub use list::{FileFault, Workflow, Workflows};
pub use version::{Countersigning, FateRow, MigrationPage, OtherwiseRow, ReplayPage};

use serde::Serialize;

use super::Field;

/// A definition drawn. What it says stands in words beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    /// SVG that the server made, without styles and scripts; it is put into the page as it is.
    pub svg: String,
    /// `Drawing of Recognition of documented self-study`: the name of the part of the page that scrolls.
    pub name: String,
}

/// A state with the ways out of it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownState {
    /// As the office reads it.
    pub label: String,
    /// `Assessment by the assessor: 1 verdict`, `Records credit`, `The office's clock stands still`.
    pub notes: Vec<String>,
    /// The ways out, in the order of the file; none for an end.
    pub ways: Vec<Way>,
}

/// A way out of a state.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// What the button says, or what happens.
    pub what: String,
    /// `Author`, `After 30 days`, `By itself: assess complete`.
    pub cause: String,
    /// The state it leads to.
    pub to: String,
}

/// A section of the form, as its author will see it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSection {
    /// Its heading.
    pub title: String,
    /// Its questions; nothing can be entered.
    pub fields: Vec<Field>,
}
