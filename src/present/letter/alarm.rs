//! What the office or its administrators have to see to.

use serde::Serialize;

use super::About;
use crate::{
    model::{Person, TimerFailure},
    present::{
        Letter,
        envelope::Envelope,
        path, words,
        workflow::{self, short},
    },
    usecase::{
        admin::Shortage,
        definition::{Disproved, Proposal, Proposed},
        document::Faulty,
        letter::Alarm,
    },
};

/// A group has become too small for a workflow.
#[derive(Clone, Debug, Serialize)]
pub struct ShortageLetter {
    pub workflow: String,
    pub role: String,
    pub group: String,
    pub members: usize,
    pub needed: u32,
}

/// A version of a workflow was found wrong that was not before.
#[derive(Clone, Debug, Serialize)]
pub struct DisprovedLetter {
    pub workflow: String,
    pub version: String,
    pub findings: Vec<String>,
}

/// Another administrator proposed something.
#[derive(Clone, Debug, Serialize)]
pub struct ProposedLetter {
    pub by: String,
    /// What, with its workflow: `a new version of “Self-study”`.
    pub what: String,
}

/// Files that are not as they were uploaded.
#[derive(Clone, Debug, Serialize)]
pub struct FaultyLetter {
    /// Some of them, each with what is wrong.
    pub documents: Vec<String>,
    pub count: u64,
}

/// A deadline could not be carried out.
#[derive(Clone, Debug, Serialize)]
pub struct StuckLetter {
    pub about: About,
    pub attempts: u32,
    pub remedy: String,
}

impl Letter for ShortageLetter {
    const TEMPLATE: &'static str = "mail/shortage";
}

impl Letter for DisprovedLetter {
    const TEMPLATE: &'static str = "mail/disproved";
}

impl Letter for ProposedLetter {
    const TEMPLATE: &'static str = "mail/proposed";
}

impl Letter for FaultyLetter {
    const TEMPLATE: &'static str = "mail/faulty";
}

impl Letter for StuckLetter {
    const TEMPLATE: &'static str = "mail/stuck";
}

pub(crate) fn shortage(alarm: &Alarm<Shortage>, person: &Person, site: &str) -> (Envelope, ShortageLetter) {
    let Shortage { title, role, group, members, needed, .. } = alarm.what.clone();
    let subject = format!("Too few people for {title}");
    let envelope = Envelope::to(person, &alarm.organisation, subject, format!("{site}/groups"));
    (envelope, ShortageLetter { workflow: title, role, group, members, needed })
}

pub(crate) fn disproved(alarm: &Alarm<Disproved>, person: &Person, site: &str) -> (Envelope, DisprovedLetter) {
    let Disproved { version, faults } = &alarm.what;
    let subject = format!("Something is wrong with the workflow {}", version.workflow);
    let href = format!("{site}/workflows/{}/versions/{}", version.workflow, version.hash);
    let letter = DisprovedLetter {
        workflow: version.workflow.clone(),
        version: short(&version.hash),
        findings: faults.iter().map(|fault| format!("Line {}: {}.", fault.line, fault.message)).collect(),
    };
    (Envelope::to(person, &alarm.organisation, subject, href), letter)
}

pub(crate) fn proposed(alarm: &Alarm<Proposal>, person: &Person, site: &str) -> (Envelope, ProposedLetter) {
    let Proposal { title, what, name, .. } = &alarm.what;
    let subject = format!("A proposal for {title} waits for you");
    let what = match what {
        Proposed::Version(_) => format!("a version of the workflow “{title}”"),
        Proposed::Migration(_) => format!("to take open submissions of “{title}” over to the version in force"),
    };
    let href = format!("{site}{}", workflow::proposal(&alarm.what));
    (Envelope::to(person, &alarm.organisation, subject, href), ProposedLetter { by: name.clone(), what })
}

pub(crate) fn faulty(alarm: &Alarm<Faulty>, person: &Person, site: &str) -> (Envelope, FaultyLetter) {
    let subject = format!("Damaged files in {}", alarm.organisation.name);
    let letter = FaultyLetter { documents: alarm.what.named.clone(), count: alarm.what.count };
    (Envelope::to(person, &alarm.organisation, subject, format!("{site}/queue")), letter)
}

pub(crate) fn stuck(alarm: &Alarm<TimerFailure>, person: &Person, site: &str) -> (Envelope, StuckLetter) {
    let TimerFailure { reference, title, attempts, .. } = &alarm.what;
    let about = About { reference: reference.clone(), title: title.clone() };
    let href = format!("{site}{}", path::submission(reference));
    (
        Envelope::to(person, &alarm.organisation, about.subject(), href),
        StuckLetter { about, attempts: *attempts, remedy: words::remedy(reference) },
    )
}
