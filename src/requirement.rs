//! What a practitioner owes, as data, and what their credit comes to for it.
//!
//! A file of `workflows/requirements/` is read and checked ([`load`]); [`evaluate`] reads a person's credits against it,
//! without a clock and without asking anybody. A rule is never code, every number names where it was read, and a fact that
//! nobody told is unknown, never no. The format is documented in `workflows/README.md`.

mod book;
mod case;
mod catalogue;
mod check;
mod credit;
pub mod definition;
mod evaluate;
mod explain;
mod fact;
mod known;
mod measure;
mod read;
mod standing;
#[cfg(test)]
mod tests;

pub use book::Book;
pub use case::{Case, cases};
pub use catalogue::Catalogue;
pub use check::{load, together};
pub use credit::{Credential, Credit, Earned, Provenance, Topics};
pub use definition::Requirement;
pub use evaluate::{Evaluation, evaluate};
pub use explain::why;
pub use fact::{Fact, FactCatalogue, FactError, FactKind, FactOf, Facts};
pub use measure::Measure;
pub use standing::{Counted, Overall, RuleStanding, Standing, Status, Use, UseReason};
