//! Erasing a person: what goes, what stays and why, before and after.

use serde::Serialize;

use super::{Fact, Fault, Field, Link};
use crate::present::View;

/// What erasing somebody does, or did. The form posts to where the page is.
#[derive(Clone, Debug, Serialize)]
pub struct ErasurePage {
    /// The way back: the person.
    pub back: Link,
    /// What is being done, or was.
    pub heading: String,
    /// What it means, in a sentence or two.
    pub lead: String,
    /// What is wrong with what was sent.
    pub faults: Vec<Fault>,
    /// What has to be done first.
    pub obstacles: Vec<String>,
    /// When, by whom and why; nothing before.
    pub facts: Vec<Fact>,
    /// What goes, or went.
    pub erased: Vec<ErasureRow>,
    /// What stays, and why.
    pub kept: Vec<ErasureRow>,
    /// How long the name stays, and backups.
    pub notes: Vec<String>,
    /// Where a copy of everything is, for the person.
    pub copy: String,
    /// The questions; none where there is nothing to send.
    pub fields: Vec<Field>,
    /// Where it posts to.
    pub action: String,
}

/// Something that goes or stays.
#[derive(Clone, Debug, Serialize)]
pub struct ErasureRow {
    /// What.
    pub what: String,
    /// How much; nothing where that is not counted.
    pub count: Option<u64>,
    /// Why it stays.
    pub why: Option<String>,
}

impl View for ErasurePage {
    const TEMPLATE: &'static str = "page/person_erase.html";
}
