//! The condition language: a strict, typed subset of CEL.
//!
//! A condition is parsed ([`Condition::parse`]) and type-checked against the names of its definition
//! ([`Condition::check`]) when a file is loaded, and evaluated with exact decimals afterwards. Evaluating needs no
//! definition and always comes to an end: there are no loops, at most [`MOST_BYTES`] bytes and [`MOST_LEVELS`] levels.
//!
//! What nobody answered: a comparison with it is false, whichever way it compares; a `yes-no` counts as no;
//! `size` of it is 0; a cell left empty adds nothing to a `sum`.

mod evaluate;
mod export_form;
mod names;
#[cfg(test)]
mod oracle;
mod source;
mod symbolic_answers;
mod syntax;
mod typing;
mod value;

use serde::{Serialize, Serializer};

pub use evaluate::{RowScope, Scope};
pub(in crate::workflow) use export_form::{ExportForm, Term};
pub use symbolic_answers::SymbolicAnswers;
pub(in crate::workflow) use symbolic_answers::{Domain, OPEN, Range, Variable};
pub(in crate::workflow) use syntax::RESERVED;
pub(crate) use syntax::{Expr, Node, Operator};
pub use typing::{Type, Vocabulary};
pub use value::{Missing, Value};

/// Longest condition, in bytes.
pub const MOST_BYTES: usize = 400;

/// Deepest nesting of parentheses.
pub const MOST_LEVELS: usize = 16;

/// A parsed expression; type-checked once [`Condition::check`] found nothing.
#[derive(Clone, Debug)]
pub struct Condition {
    source: String,
    pub(crate) root: Node,
}

/// What is wrong with a condition, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFault {
    /// Byte offset in the condition.
    pub at: usize,
    /// One sentence.
    pub message: String,
}

impl Condition {
    /// Reads a condition; names are not looked up yet.
    pub fn parse(source: &str) -> Result<Self, ConditionFault> {
        syntax::parse(source).map(|root| Self { source: source.to_owned(), root })
    }

    /// Looks every name up and settles every type; the type of the whole, or all that is wrong.
    pub fn check(&mut self, vocabulary: &Vocabulary) -> Result<Type, Vec<ConditionFault>> {
        typing::check(&mut self.root, vocabulary)
    }

    /// As the file writes it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}
