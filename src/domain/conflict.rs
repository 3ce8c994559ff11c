//! Why somebody cannot judge a submission, or look after it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Why a submission does not exist for somebody, the reason that says most first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Conflict {
    /// It is their own.
    Author,
    /// They are named in it, or were in a version that was sent.
    Named,
    /// They work where its author works.
    Colleague,
    /// They said themselves that they have one, the office did, or it was found out.
    Recused,
}
