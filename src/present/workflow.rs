//! Workflows and their versions: listed, told in words, drawn, edited, put into force.

pub mod countersign;
pub mod definition;
pub mod editor;
pub mod list;
pub mod migration;
pub mod preview;
pub mod replay;
pub mod rules;

use super::{
    part::{Tag, Tone},
    path,
};
use crate::{
    domain::PersonId,
    usecase::definition::{Proposal, Proposed, Status, Workflow},
};

/// Of a version that this program's checker has not looked at.
const NOT_YET: &str = "It is not proved by this version of the program yet.";

/// Of a version that this program's checker does not prove.
const FOUND_WRONG: &str = "This version of the program found something wrong with it.";

/// A version as people tell it from others: the first 12 digits of its identity.
pub(crate) fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// Where a second administrator looks at what was proposed.
pub(crate) fn proposal(proposal: &Proposal) -> String {
    let workflow = path::encoded(&proposal.workflow);
    match &proposal.what {
        Proposed::Version(hash) => format!("/workflows/{workflow}/versions/{}", path::encoded(hash)),
        Proposed::Migration(plan) => format!("/workflows/{workflow}/migrations/{plan}"),
    }
}

/// Somebody who worked on a workflow, by name.
fn name(workflow: &Workflow, person: PersonId) -> String {
    workflow.people.get(&person).map_or_else(|| "an administrator".to_owned(), |found| found.name.clone())
}

fn status(status: Status) -> Tag {
    let (label, tone) = match status {
        Status::Checked => ("Proposed", Tone::Turn),
        Status::Active => ("In force", Tone::Good),
        Status::Replaced => ("Replaced, still followed", Tone::Moving),
        Status::Retired => ("Retired", Tone::Quiet),
    };
    Tag::new(label, tone)
}
