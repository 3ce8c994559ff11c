//! The workflows of the house, and files that were refused.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{FOUND_WRONG, NOT_YET, name, short};
use crate::{
    access::Caller,
    model::Count,
    present::{
        View,
        form::{
            Entered,
            data::FormData,
            fault::Faults,
            field::{Control, Field},
            place,
        },
        part::{self, Fact, Link, Tag, Tone},
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::{
        Refused,
        admin::{Shortage, administers},
        definition::{Proved, Status, Workflow},
    },
    workflow::{Definition, Fault},
};

#[derive(Clone, Debug, Serialize)]
pub struct Workflows {
    pub workflows: Vec<WorkflowRow>,
    /// What a new workflow is called, for those who may begin one.
    pub begin: Vec<Field>,
    /// What is wrong with what was just posted.
    pub faults: Vec<part::Fault>,
}

#[derive(Clone, Debug, Serialize)]
pub struct WorkflowRow {
    pub id: String,
    pub title: String,
    /// Its page; nothing where no version is there yet.
    pub href: Option<String>,
    /// First 12 digits of the version in force; empty if none ever was.
    pub version: String,
    /// Since when it is in force.
    pub since: Option<When>,
    /// `17 open submissions`, with those on earlier versions.
    pub usage: String,
    /// `Being assessed`: `12`.
    pub open: Vec<Fact>,
    /// `3 claims proved over all paths`.
    pub proofs: String,
    /// Whether the groups have the people it counts on.
    pub staffing: Option<Tag>,
    /// `Auditor: 0 of 1 in the group “Audit sample”`.
    pub lacking: Vec<String>,
    /// `Edited by Hannah Brandt, yesterday`, with the way to the draft.
    pub draft: Option<Link>,
    /// Versions that wait for an administrator to put them into force.
    pub proposed: Vec<Link>,
    /// Where it is edited, for those who may and where no draft is there.
    pub edit: Option<Link>,
    /// What the organisation's calendar lacks for a version that waits; nothing where it lacks nothing.
    pub meetings: Vec<String>,
    /// What is wrong with a newer file, which therefore is not in force.
    pub faults: Vec<FileFault>,
}

impl WorkflowRow {
    /// One of which there is nothing yet but its id and what it is called.
    #[must_use]
    pub fn unknown(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            href: None,
            version: String::new(),
            since: None,
            usage: String::new(),
            open: Vec::new(),
            proofs: String::new(),
            staffing: None,
            lacking: Vec::new(),
            draft: None,
            proposed: Vec::new(),
            edit: None,
            meetings: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// One fault in a file.
#[derive(Clone, Debug, Serialize)]
pub struct FileFault {
    /// `workflows/self-study.yaml:41:7`.
    pub place: String,
    pub rule: String,
    pub message: String,
}

impl View for Workflows {
    const TEMPLATE: &'static str = "page/workflow_list.html";
}

/// What there is to tell beside the workflows themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// Since when each active version is active, by its hash.
    pub(crate) since: &'a BTreeMap<String, Timestamp>,
    pub(crate) refused: &'a [Refused],
    pub(crate) short: &'a [Shortage],
    pub(crate) calendar: &'a Calendar,
}

/// The page of workflows.
pub(crate) fn of(found: &[Workflow], known: &Known<'_>, caller: &Caller, entered: &Entered) -> Workflows {
    let Entered { fields: typed, faults } = entered;
    let manages = administers(caller).is_ok();
    let mut shown: Vec<WorkflowRow> = found.iter().map(|found| row(found, known, manages)).collect();
    for file in known.refused {
        let faults = file.faults.iter().map(|fault| self::fault(&file.file, fault)).collect();
        let id = file.file.trim_end_matches(".yaml").trim_end_matches(".yml");
        match shown.iter_mut().find(|workflow| workflow.id == id) {
            Some(workflow) => workflow.faults = faults,
            None => shown.push(WorkflowRow { faults, ..WorkflowRow::unknown(id, &file.file) }),
        }
    }
    let begin = if manages { begin(typed, faults) } else { Vec::new() };
    Workflows { workflows: shown, faults: faults.list(&place::places(&begin)), begin }
}

/// What a new workflow is called.
fn begin(typed: &FormData, faults: &Faults) -> Vec<Field> {
    let id = Field::new("id", "Its id", Control::text(typed.text("id"))).hint(
        "Small letters, digits and hyphens, as in course-accreditation. It stays for good; the title can change.",
    );
    vec![Field { fault: faults.on("id"), ..id }]
}

fn row(found: &Workflow, known: &Known<'_>, manages: bool) -> WorkflowRow {
    let active = found.active.as_deref();
    let address = format!("/workflows/{}", path::encoded(&found.id));
    let lacking: Vec<String> = known.short.iter().filter(|short| short.workflow == found.id).map(lacking).collect();
    let staffing = match lacking.as_slice() {
        [] => Tag::new("Enough people", Tone::Good),
        _ => Tag::new("Too few people", Tone::Bad),
    };
    let proposed = found.versions.iter().filter(|version| version.status == Status::Checked).map(|version| {
        let from = match version.stored.proposed_by {
            Some(by) => format!("was proposed by {}", name(found, by)),
            None => "came with a file".to_owned(),
        };
        let label = format!("Version {} {from} and waits to be put into force", short(&version.stored.hash));
        Link::new(label, format!("{address}/versions/{}", version.stored.hash))
    });
    let draft = found.draft.as_ref().map(|draft| {
        let at = known.calendar.day(draft.edited_at).relative;
        Link::new(format!("A draft was saved by {}, {at}", name(found, draft.edited_by)), format!("{address}/edit"))
    });
    let edit = (manages && draft.is_none()).then(|| Link::new("Edit", format!("{address}/edit")));
    let proposed = proposed.collect();
    let lacking_meetings = found.versions.iter().flat_map(|version| &version.lacking);
    let meetings = lacking_meetings.map(|lacking| words::sentence(&lacking.message)).collect();
    let href = (!found.versions.is_empty()).then(|| address.clone());
    let Some(active) = active else {
        let title = words::words(&found.id);
        return WorkflowRow { href, draft, proposed, edit, meetings, ..WorkflowRow::unknown(&found.id, title) };
    };
    WorkflowRow {
        href,
        version: short(&active.hash),
        since: known.since.get(&active.hash).map(|at| known.calendar.day(*at)),
        usage: usage(found),
        open: open(found),
        proofs: proofs(found, active),
        staffing: Some(staffing),
        lacking,
        draft,
        proposed,
        meetings,
        edit,
        ..WorkflowRow::unknown(&found.id, &active.title)
    }
}

fn usage(found: &Workflow) -> String {
    let active = found.active.as_ref().map(|active| active.hash.as_str());
    let total: u64 = found.open.iter().map(|count| count.open).sum();
    let earlier = found.open.iter().filter(|count| Some(count.definition.as_str()) != active);
    let all = match total {
        0 => return "Nothing open follows it.".to_owned(),
        1 => "1 open submission".to_owned(),
        total => format!("{} open submissions", words::capital(&words::count(Count::of(total)))),
    };
    match earlier.map(|count| count.open).sum::<u64>() {
        0 => format!("{all}."),
        earlier => format!("{all}, {} on an earlier version.", words::count(Count::of(earlier))),
    }
}

/// How many are open in each state, all versions together, in the order of the version in force.
fn open(found: &Workflow) -> Vec<Fact> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for count in &found.open {
        *counts.entry(&count.state).or_default() += count.open;
    }
    let told = |count| words::count(Count::of(count));
    let states = found.active.iter().flat_map(|active| &active.states);
    let mut facts: Vec<Fact> = states
        .filter_map(|(id, state)| counts.remove(id.as_str()).map(|count| Fact::new(&state.label, told(count))))
        .collect();
    facts.extend(counts.into_iter().map(|(id, count)| Fact::new(words::words(id), told(count))));
    facts
}

fn proofs(found: &Workflow, active: &Definition) -> String {
    let version = found.versions.iter().find(|version| version.stored.hash == active.hash);
    match version.map(|version| &version.proved) {
        Some(Proved::NotYet) => return NOT_YET.to_owned(),
        Some(Proved::No(_)) => return FOUND_WRONG.to_owned(),
        Some(Proved::Yes(_)) | None => {}
    }
    match active.prove.len() {
        0 => "It claims nothing that had to be proved.".to_owned(),
        count => format!("{} proved over all paths.", words::many(count, "claim")),
    }
}

fn lacking(short: &Shortage) -> String {
    let Shortage { role, group, members, needed, .. } = short;
    format!("{}: {members} of {needed} in the group “{}”.", words::words(role), words::words(group))
}

fn fault(file: &str, fault: &Fault) -> FileFault {
    FileFault {
        place: format!("{file}:{}:{}", fault.line, fault.column),
        rule: fault.rule.clone(),
        message: fault.message.clone(),
    }
}
