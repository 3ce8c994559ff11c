//! Where a version of a workflow stands.

use std::collections::BTreeSet;

use serde::Serialize;
use strum::VariantArray;

use crate::model::{Activation, StoredDefinition};

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is sound and can be activated.
    Checked,
    /// New submissions follow it.
    Active,
    /// It was active, and submissions that were sent then still follow it.
    Replaced,
    /// It was active, and nothing open follows it any more.
    Retired,
}

/// Where a version stands, by the active one, all activations of its workflow and the versions that open submissions follow.
pub(super) fn status(
    stored: &StoredDefinition,
    active: Option<&str>,
    activations: &[Activation],
    used: &BTreeSet<String>,
) -> Status {
    let was_active = activations.iter().any(|activation| activation.hash == stored.hash);
    match (active == Some(stored.hash.as_str()), was_active) {
        (true, _) => Status::Active,
        (false, true) if used.contains(&stored.hash) => Status::Replaced,
        (false, true) => Status::Retired,
        (false, false) => Status::Checked,
    }
}
