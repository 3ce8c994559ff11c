//! What is done with versions: put into force, open submissions taken over, past ones gone over again.

use serde::Serialize;

use crate::present::{
    View,
    part::{Fact, Fault, Field, Link, Pager},
    words::when::When,
};

/// What a second administrator does with what a first one proposed.
#[derive(Clone, Debug, Serialize)]
pub struct Countersigning {
    /// Who proposed it, and what follows from that.
    pub lead: String,
    /// The reason.
    pub fields: Vec<Field>,
    /// The version in force now, posted as `replaces`, where one is replaced.
    pub replaces: Option<String>,
    /// What the button says.
    pub send: String,
    /// Where it posts to.
    pub action: String,
}

/// A plan to take open submissions over.
#[derive(Clone, Debug, Serialize)]
pub struct MigrationPage {
    /// The way back.
    pub back: Link,
    /// What goes over, and whether it did.
    pub lead: String,
    /// Versions, who planned it, what becomes of what.
    pub facts: Vec<Fact>,
    /// What is wrong with what was just posted, submissions in the way too.
    pub faults: Vec<Fault>,
    /// What would happen to each submission now.
    pub rows: Vec<FateRow>,
    /// The way through them.
    pub pager: Pager,
    /// How it is carried out, for those who may and while it was not.
    pub run: Option<Countersigning>,
}

/// What a migration means for one submission.
#[derive(Clone, Debug, Serialize)]
pub struct FateRow {
    /// `SS-2026-0042`.
    pub reference: String,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The state it is in.
    pub from: String,
    /// The state it would be in; nothing where it cannot go over.
    pub to: Option<String>,
    /// What is in the way, or else what happens besides.
    pub notes: Vec<String>,
}

/// A version over past submissions.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayPage {
    /// The way back.
    pub back: Link,
    /// `The draft` or `Version 3f2a90c1b7de`, and the workflow's title.
    pub lead: String,
    /// `4 of 215 finished submissions would have gone another way.`
    pub outcome: String,
    /// What was left out, if anything.
    pub remark: Option<String>,
    /// Which, and where first.
    pub rows: Vec<OtherwiseRow>,
}

/// A submission that would have gone another way.
#[derive(Clone, Debug, Serialize)]
pub struct OtherwiseRow {
    /// `SS-2026-0042`.
    pub reference: String,
    /// Its page.
    pub href: String,
    /// When the ways part.
    pub at: When,
    /// What was done.
    pub act: String,
    /// What came of it.
    pub then: String,
    /// What would come of it.
    pub now: String,
}

impl View for MigrationPage {
    const TEMPLATE: &'static str = "page/workflow_migrate.html";
}

impl View for ReplayPage {
    const TEMPLATE: &'static str = "page/workflow_replay.html";
}
