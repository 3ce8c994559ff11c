//! A version tried on past submissions.

use serde::Serialize;

use super::short;
use crate::{
    present::{
        View,
        part::Link,
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::definition::Replayed,
};

/// A version over past submissions.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayPage {
    pub back: Link,
    /// `The draft` or `Version 3f2a90c1b7de`, and the workflow's title.
    pub lead: String,
    /// `4 of 215 finished submissions would have gone another way.`
    pub outcome: String,
    /// What was left out, if anything.
    pub remark: Option<String>,
    pub rows: Vec<OtherwiseRow>,
}

/// A submission that would have gone another way.
#[derive(Clone, Debug, Serialize)]
pub struct OtherwiseRow {
    pub reference: String,
    /// Where the reader may open it.
    pub href: Option<String>,
    pub at: When,
    pub act: String,
    pub then: String,
    /// What would come of it.
    pub now: String,
}

impl View for ReplayPage {
    const TEMPLATE: &'static str = "page/workflow_replay.html";
}

/// What a version would have made of the past; the draft where no version is named.
pub(crate) fn of(id: &str, version: Option<&str>, replayed: &Replayed, calendar: &Calendar) -> ReplayPage {
    let base = format!("/workflows/{}", path::encoded(id));
    let back = match version {
        Some(hash) => Link::new(format!("Version {}", short(hash)), format!("{base}/versions/{hash}")),
        None => Link::new("The draft", format!("{base}/edit")),
    };
    let all = words::many(usize::try_from(replayed.looked_at).unwrap_or(usize::MAX), "finished submission");
    let named = u64::try_from(replayed.named.len()).unwrap_or(u64::MAX);
    let remark = match (replayed.complete, named < replayed.otherwise) {
        (true, false) => None,
        (true, true) => Some(format!("The first {named} are listed, the last sent first.")),
        (false, _) => Some(format!("Only the last {all} were looked at; {named} are listed.")),
    };
    ReplayPage {
        lead: "What people and the clock did then is done again under this version. Nothing changes.".to_owned(),
        outcome: match replayed.otherwise {
            _ if replayed.looked_at == 0 => "No submission of this workflow is finished yet.".to_owned(),
            0 => format!("All of {all} would have gone the same way."),
            otherwise => format!("{otherwise} of {all} would have gone another way."),
        },
        back,
        remark,
        rows: replayed
            .named
            .iter()
            .map(|found| OtherwiseRow {
                reference: found.reference.clone(),
                href: found.open.then(|| path::submission(&found.reference)),
                at: calendar.day(found.divergence.at),
                act: words::capital(&found.divergence.act),
                then: found.divergence.then.clone(),
                now: found.divergence.now.clone(),
            })
            .collect(),
    }
}
