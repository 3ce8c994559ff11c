//! One version of a workflow, whole.

use serde::Serialize;

use super::{
    FOUND_WRONG, NOT_YET,
    countersign::{Countersigning, countersign},
    name,
    preview::{self, Drawing, ShownSection, ShownState},
    rules::{self, Rules, proofs},
    short, status,
};
use crate::{
    access::Caller,
    model::{Activation, Count, MigrationPlan},
    present::{
        View,
        form::{Entered, place},
        part::{self, Act, Fact, Link, Tag, Tone},
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::{
        admin::administers,
        definition::{Checked, Compared, Proved, Status, Version, Workflow},
    },
    workflow::{Definition, Fault, Proven, Severity},
};

/// One version of a workflow.
#[derive(Clone, Debug, Serialize)]
pub struct DefinitionPage {
    pub back: Link,
    pub id: String,
    pub title: String,
    /// First 12 digits of its identity.
    pub version: String,
    pub status: Tag,
    /// What that means, in a sentence or two.
    pub standing: String,
    /// What is wrong with what was just posted.
    pub faults: Vec<part::Fault>,
    /// What can be done with it.
    pub acts: Vec<Act>,
    /// How it is put into force, where that can be done now.
    pub activate: Option<Countersigning>,
    /// Against which version it is compared; nothing where there is no other.
    pub against: Option<String>,
    /// What it changes, a sentence each.
    pub differences: Vec<String>,
    pub drawing: Drawing,
    /// The same as a table.
    pub states: Vec<ShownState>,
    /// The form as the author will see it.
    pub form: Vec<ShownSection>,
    pub rules: Vec<Rules>,
    /// What was checked, with its result.
    pub checks: Vec<Fact>,
    /// All versions, this one too, the last first.
    pub versions: Vec<ShownVersion>,
    /// Migrations of open submissions, planned or carried out.
    pub plans: Vec<Link>,
    /// The text and the drawing for other programs.
    pub downloads: Vec<Link>,
}

/// A version in the list of versions.
#[derive(Clone, Debug, Serialize)]
pub struct ShownVersion {
    /// First 12 digits of its identity.
    pub label: String,
    /// Its page; nothing where that is this one.
    pub href: Option<String>,
    pub status: Tag,
    pub since: When,
    /// `Proposed by Hannah Brandt`, `From a file`.
    pub by: String,
    /// `Activated by Peter Osei on 3 November 2026`, once for each time.
    pub activated: Vec<String>,
    /// Open submissions that follow it.
    pub open: String,
    /// Where those are taken over to the active version, for those who may plan it.
    pub migrate: Option<String>,
}

impl View for DefinitionPage {
    const TEMPLATE: &'static str = "page/workflow_read.html";
}

/// What a page about a version is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The workflow with all its versions.
    pub(crate) workflow: &'a Workflow,
    /// The version in force, or this one where none is, and this one.
    pub(crate) compared: &'a Compared,
    pub(crate) plans: &'a [MigrationPlan],
    /// What a check made just now found.
    pub(crate) checked: Option<&'a Checked>,
    pub(crate) calendar: &'a Calendar,
    pub(crate) caller: &'a Caller,
}

/// The page of a version.
pub(crate) fn of(asked: &Asked<'_>, entered: &Entered) -> DefinitionPage {
    let faults = &entered.faults;
    let Asked { workflow, compared, .. } = *asked;
    let definition = compared.to.as_ref();
    let other = (compared.from.hash != definition.hash).then(|| short(&compared.from.hash));
    let version = workflow.versions.iter().find(|version| version.stored.hash == definition.hash);
    let activate = version.and_then(|version| activate(asked, version, entered));
    let places = activate.as_ref().map(|form| place::places(&form.fields)).unwrap_or_default();
    DefinitionPage {
        back: Link::new("Workflows", "/workflows"),
        id: workflow.id.clone(),
        title: definition.title.clone(),
        version: short(&definition.hash),
        status: status(version.map_or(Status::Checked, |version| version.status)),
        standing: version.map(|version| standing(asked, version)).unwrap_or_default(),
        faults: faults.list(&places),
        acts: acts(asked, definition, version),
        activate,
        against: other.map(|other| format!("version {other}, which is in force")),
        differences: compared.differences.iter().map(|found| found.sentence.clone()).collect(),
        drawing: preview::drawing(definition),
        states: preview::states(definition),
        form: preview::form(definition),
        rules: rules::rules(definition),
        checks: checks(asked, definition, version),
        versions: workflow.versions.iter().map(|version| row(asked, version)).collect(),
        plans: asked.plans.iter().map(|plan| planned(asked, plan)).collect(),
        downloads: downloads(&workflow.id, &definition.hash),
    }
}

fn address(id: &str, hash: &str) -> String {
    format!("/workflows/{}/versions/{hash}", path::encoded(id))
}

fn standing(asked: &Asked<'_>, version: &Version) -> String {
    let by = version.stored.proposed_by.map(|by| name(asked.workflow, by));
    let standing = match (version.status, by) {
        (Status::Active, _) => "New submissions and drafts follow it.".to_owned(),
        (Status::Checked, _) if !version.lacking.is_empty() => {
            let lacking: Vec<String> =
                version.lacking.iter().map(|lacking| words::sentence(&lacking.message)).collect();
            format!("It cannot be put into force yet. {} Then come back here.", lacking.join(" "))
        }
        (Status::Checked, Some(by)) => format!("Proposed by {by}. Nothing follows it before it is put into force."),
        (Status::Checked, None) => "Nothing follows it before it is put into force.".to_owned(),
        (Status::Replaced, _) => "What was sent while it was in force still follows it.".to_owned(),
        (Status::Retired, _) => "It was in force once. Nothing open follows it.".to_owned(),
    };
    match &version.proved {
        Proved::Yes(_) => standing,
        Proved::NotYet => format!("{standing} {NOT_YET}"),
        Proved::No(_) => format!("{standing} {FOUND_WRONG}"),
    }
}

fn acts(asked: &Asked<'_>, definition: &Definition, version: Option<&Version>) -> Vec<Act> {
    let base = format!("/workflows/{}", path::encoded(&asked.workflow.id));
    let act = |label: &str, href: String| Act { label: label.to_owned(), href, tone: Tone::Quiet, refusal: None };
    let edit = administers(asked.caller).is_ok().then(|| {
        let label = if asked.workflow.draft.is_some() { "Edit the draft" } else { "Edit" };
        act(label, format!("{base}/edit"))
    });
    let enter = version
        .filter(|version| !version.lacking.is_empty())
        .map(|_| act("Enter the meeting", "/organisation#calendar/meetings".to_owned()));
    let replay = path::with(&format!("{base}/replay"), "version", &definition.hash);
    let again = format!("{}?check=again#checks", address(&asked.workflow.id, &definition.hash));
    enter
        .into_iter()
        .chain(edit)
        .chain([act("Try it on past submissions", replay), act("Check it again", again)])
        .collect()
}

/// Whoever may put a version into force sees how; one that was in force before can come back.
fn activate(asked: &Asked<'_>, version: &Version, entered: &Entered) -> Option<Countersigning> {
    if administers(asked.caller).is_err() || version.status == Status::Active || !version.lacking.is_empty() {
        return None;
    }
    let proposer = version.stored.proposed_by;
    let who = proposer.map(|by| name(asked.workflow, by));
    let own = proposer == Some(asked.caller.person);
    let mut form = countersign(who.as_deref(), own, entered);
    form.replaces = asked.workflow.active.as_ref().map(|active| active.hash.clone());
    form.action = format!("{}/activate", address(&asked.workflow.id, &version.stored.hash));
    "Put it into force".clone_into(&mut form.send);
    Some(form)
}

fn checks(asked: &Asked<'_>, definition: &Definition, version: Option<&Version>) -> Vec<Fact> {
    let about = |text: &str| Fact::new("Names, conditions, ways", text);
    let known = match version.map(|version| &version.proved) {
        Some(Proved::NotYet) => {
            vec![about("The server proves it by itself some time after its start. “Check it again” tells at once.")]
        }
        Some(Proved::No(faults)) => {
            std::iter::once(about("Not proved, because of what follows. What is open goes on."))
                .chain(faults.iter().map(found))
                .collect()
        }
        Some(Proved::Yes(_)) | None => {
            std::iter::once(about("Checked: there is no error.")).chain(proofs(definition)).collect()
        }
    };
    let again = asked.checked.map(|checked| match checked.faults.as_slice() {
        [] => vec![Fact::new("Just now", "Checked again: nothing was found.")],
        faults => faults.iter().map(found).collect(),
    });
    let explored = asked.checked.and_then(|checked| checked.proven.as_ref()).map(explored);
    known.into_iter().chain(again.into_iter().chain(explored).flatten()).collect()
}

fn found(fault: &Fault) -> Fact {
    let kind = if fault.severity == Severity::Error { "Error" } else { "Warning" };
    Fact::new(format!("{kind}, line {}", fault.line), format!("{} ({})", fault.message, fault.rule))
}

/// What the exploration found out, with everything that it had to take either way.
fn explored(proven: &Proven) -> Vec<Fact> {
    let Proven { configurations, edges, persons, conflicts, .. } = proven;
    let others = words::many(usize::try_from(*persons).unwrap_or(usize::MAX), "person");
    let conflicts = words::many(usize::from(*conflicts), "conflict");
    let all = format!(
        "{configurations} configurations and {edges} ways between them, with the author and {others} more, who are in every \
         group, and {conflicts} of interest that may become known at any moment. Business days and meetings come in any \
         order; what needs more persons or conflicts was not tried."
    );
    let staffing: Vec<String> =
        proven.staffing.iter().map(|(role, count)| format!("{} {count}", words::plain(role))).collect();
    let either = (!proven.either_way.is_empty())
        .then(|| Fact::new("Taken either way", format!("{}.", proven.either_way.join("; "))));
    let staffing = (!staffing.is_empty()).then(|| Fact::new("Fewest people", format!("{}.", words::list(&staffing))));
    [Some(Fact::new("Explored", all)), staffing, either].into_iter().flatten().collect()
}

fn row(asked: &Asked<'_>, version: &Version) -> ShownVersion {
    let Asked { workflow, compared, .. } = *asked;
    let hash = &version.stored.hash;
    let open: u64 = workflow.open.iter().filter(|count| count.definition == *hash).map(|count| count.open).sum();
    let base = format!("/workflows/{}", path::encoded(&workflow.id));
    let movable = open > 0 && workflow.active.as_ref().is_some_and(|active| active.hash != *hash);
    let activations = workflow.activations.iter().filter(|activation| activation.hash == *hash);
    ShownVersion {
        label: short(hash),
        href: (compared.to.hash != *hash).then(|| address(&workflow.id, hash)),
        status: status(version.status),
        since: asked.calendar.day(version.stored.loaded_at),
        by: version
            .stored
            .proposed_by
            .map_or_else(|| "From a file".to_owned(), |by| format!("Proposed by {}", name(workflow, by))),
        activated: activations.map(|activation| activated(asked, activation)).collect(),
        open: words::count(Count::of(open)),
        migrate: (movable && administers(asked.caller).is_ok())
            .then(|| path::with(&format!("{base}/migrate"), "from", hash)),
    }
}

fn activated(asked: &Asked<'_>, activation: &Activation) -> String {
    let day = asked.calendar.day(activation.at).text;
    let Some(by) = activation.activated_by else { return format!("In force from {day}, as the file said") };
    let alone = if activation.proposed_by == Some(by) { ", alone" } else { "" };
    let why = activation.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    format!("Put into force by {}{alone} on {day}{why}", name(asked.workflow, by))
}

fn planned(asked: &Asked<'_>, plan: &MigrationPlan) -> Link {
    let ways = format!("From {} to {}", short(&plan.from), short(&plan.to));
    let label = match &plan.run {
        None => format!("{ways}, planned {}", asked.calendar.day(plan.proposed_at).relative),
        Some(run) => {
            let items = words::many(usize::try_from(run.items).unwrap_or(0), "submission");
            format!("{ways}, carried out {}: {items} went over", asked.calendar.day(run.at).relative)
        }
    };
    Link::new(label, format!("/workflows/{}/migrations/{}", path::encoded(&asked.workflow.id), plan.id))
}

fn downloads(id: &str, hash: &str) -> Vec<Link> {
    let files = [
        ("Definition (YAML)", "definition.yaml"),
        ("Drawing (SVG)", "drawing.svg"),
        ("Mermaid", "drawing.mmd"),
        ("XState", "machine.json"),
        ("SCXML", "machine.scxml"),
    ];
    let base = address(id, hash);
    files.into_iter().map(|(label, file)| Link::new(label, format!("{base}/{file}"))).collect()
}
