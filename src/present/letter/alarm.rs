//! What the office or its administrators have to see to.

use serde::Serialize;

use super::About;
use crate::{
    model::{Person, TimerFailure},
    present::{Letter, envelope::Envelope, path, words, workflow::short},
    usecase::{admin::Shortage, definition::Disproved, document::Faulty, letter::Alarm},
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
