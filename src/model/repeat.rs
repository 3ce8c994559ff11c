//! Something that was handed in before.

use crate::domain::DocumentId;

/// Something that was handed in before, in another submission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repeat {
    /// The other submission.
    pub reference: String,
    /// Whether the same author handed it in.
    pub same_author: bool,
    /// Whether it was never sent, so that nobody but its author may know of it.
    pub unsent: bool,
    /// The file here that has the same bytes as one there; nothing where title and day are the same.
    pub file: Option<DocumentId>,
}
