//! Reading and checking a definition.
//!
//! A file is read into a tree that knows where everything stands ([`tree`]); the tree into a [`Definition`]
//! ([`shape`], [`form`]); then names, conditions and the graph are checked. Every step adds to one list of faults, so
//! that whoever edits the file sees all of them at once.

mod bounds;
mod calendar;
mod canonical;
mod conditions;
pub(crate) mod fields;
mod form;
mod graph;
mod names;
mod requirement;
pub mod schema;
mod sets;
mod shape;
#[cfg(test)]
pub(crate) mod tests;
mod texts;
pub(crate) mod tree;
mod vocabulary;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

pub use calendar::meetings;
use tree::{Place, Tree};

use super::{
    Definition,
    explore::{self, Disproof, Limits, Proven},
};
use crate::credit::{CreditType, CreditTypes};

/// One thing wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The check's id, as in `workflows/README.md`.
    pub rule: String,
    /// Whether it refuses activation.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// One sentence.
    pub message: String,
    /// For a failed proof: how it comes about, step by step, the shortest way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counterexample: Vec<String>,
}

/// Whether a fault refuses activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

impl Fault {
    pub(crate) fn error(rule: &str, place: Place, message: String) -> Self {
        Self {
            rule: rule.to_owned(),
            severity: Severity::Error,
            line: place.line,
            column: place.column,
            message,
            counterexample: Vec::new(),
        }
    }

    pub(crate) fn warning(rule: &str, place: Place, message: String) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, place, message) }
    }
}

/// Reads a file of `workflows/`: the definition with its warnings, or everything that is wrong with it.
///
/// Nothing is explored: for what was proved before, and for whoever only needs to read it.
pub fn load(source: &str, credits: &CreditTypes) -> Result<(Definition, Vec<Fault>), Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    read(&tree, credits)
}

/// Reads a version that was sound when it was kept under this hash. Items were promised it: only what this program cannot
/// understand refuses it, and no check that came later. Its identity is the one that it was kept under.
pub fn load_stored(source: &str, hash: &str, credits: &CreditTypes) -> Result<Definition, Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let (mut definition, mut sets, mut faults) = shape::read(&tree);
    // Types of conditions are settled here; the steps of credit types were looked at when it was kept.
    conditions::check(&mut definition, &mut sets, &CreditTypes::default(), &tree, &mut faults);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(faults);
    }
    definition.credits = known_credits(&definition, credits);
    hash.clone_into(&mut definition.hash);
    Ok(definition)
}

/// A definition that was proved.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the file says.
    pub definition: Definition,
    /// Warnings.
    pub faults: Vec<Fault>,
    /// What the exploration found out.
    pub proven: Proven,
}

/// [`load`], and every check and proof over all paths an item can go.
pub fn prove(source: &str, credits: &CreditTypes, limits: Limits) -> Result<Checked, Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let (definition, mut faults) = read(&tree, credits)?;
    match explore::prove(&definition, limits) {
        Ok(proven) => Ok(Checked { definition, faults, proven }),
        Err(disproofs) => {
            faults.extend(disproofs.into_iter().map(|disproof| disproved(&tree, disproof)));
            faults.sort_by_key(|fault| (fault.line, fault.column));
            Err(faults)
        }
    }
}

fn disproved(tree: &Tree<'_>, disproof: Disproof) -> Fault {
    let path: Vec<&str> = disproof.path.iter().map(String::as_str).collect();
    let fault = Fault::error(disproof.rule, tree.place(&path), disproof.message);
    Fault { counterexample: disproof.counterexample, ..fault }
}

fn read(tree: &Tree<'_>, credits: &CreditTypes) -> Result<(Definition, Vec<Fault>), Vec<Fault>> {
    let (mut definition, mut sets, mut faults) = shape::read(tree);
    texts::check(tree, &mut faults);
    names::check(&definition, credits, tree, &mut faults);
    sets::check(&definition, &sets, tree, &mut faults);
    conditions::check(&mut definition, &mut sets, credits, tree, &mut faults);
    graph::check(&definition, tree, &mut faults);
    bounds::check(&definition, tree, &mut faults);
    faults.sort_by(|one, other| (one.line, one.column, &one.message).cmp(&(other.line, other.column, &other.message)));
    // What is wrong in a named set is found at each use and told once.
    faults.dedup();
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(faults);
    }
    definition.credits = known_credits(&definition, credits);
    definition.hash = canonical::hash(&definition).map_err(|error| {
        vec![Fault::error("format", tree.place(&[]), format!("this has no canonical form: {error}"))]
    })?;
    Ok((definition, faults))
}

fn known_credits(definition: &Definition, credits: &CreditTypes) -> BTreeMap<String, CreditType> {
    let named = names::credits_of(definition).into_iter();
    named.filter_map(|id| credits.get(&id).cloned().map(|credit| (id, credit))).collect()
}
