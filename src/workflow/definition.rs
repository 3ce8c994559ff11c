//! A checked definition: what a YAML file of `workflows/` says, every name resolved.

mod bound;
mod form;
mod meeting;
mod proof;
mod record;
mod release;
mod requirement;
mod state;
mod transition;
mod wait;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

pub use bound::DateBound;
pub use form::{Accept, Kind, KindName, Question, Section};
pub use meeting::{Ahead, Road};
pub use proof::{Approvals, Bound, Claim, NeverActs, Proof};
pub use record::{Record, RecordOf, Within};
pub use requirement::Requirement;
pub use state::{
    Award, AwardAmount, Beneficiary, Blind, CreditChoice, Designate, Earned, OfficeClock, PerHour, Release, State,
    StateKind, Take, Track,
};
pub use transition::{Note, Restore, Since, Transition, Trigger};
pub use wait::{Length, Wait};

pub use super::verdict::Verdict;
use crate::credit::{self, CreditType};

/// One workflow, sound as far as [`super::check`] proves.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    /// Version of the file format; 1.
    pub format: u32,
    /// Its id, as in `course-accreditation`.
    pub workflow: String,
    /// What people call it.
    pub title: String,
    /// For whom it is and what it leads to, in a sentence, where people choose what to start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// What an approval records.
    pub subject: Subject,
    /// Prefix of the references of its items, as `SS` in `SS-2026-0042`.
    pub reference: String,
    /// The task list of the author, in order.
    pub form: Vec<Section>,
    /// Who may act.
    pub roles: IndexMap<String, Role>,
    /// What one person may not do both of.
    pub separation: Vec<Separation>,
    /// Bounds of the counters.
    pub limits: IndexMap<String, u32>,
    /// What conditions read of the house's other records, as `record.NAME`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub records: IndexMap<String, Record>,
    /// What a reviewer fills in beside the evidence.
    pub rubrics: IndexMap<String, Vec<Question>>,
    /// The states, in the order of the file.
    pub states: IndexMap<String, State>,
    /// The ways between states, in the order of the file.
    pub transitions: IndexMap<String, Transition>,
    /// What the explorer must prove.
    pub prove: Vec<Proof>,
    /// The credit types it names, as they were when it was loaded; not part of its identity.
    #[serde(skip)]
    pub credits: BTreeMap<String, CreditType>,
    /// SHA-256 of the canonical JSON, in hex: the identity of this version.
    #[serde(skip)]
    pub hash: String,
}

impl Definition {
    /// The draft's id.
    #[must_use]
    pub fn start(&self) -> Option<&str> {
        self.states.iter().find(|(_, state)| state.is_draft()).map(|(id, _)| id.as_str())
    }

    /// The track with this name; names of tracks are unique in a definition.
    #[must_use]
    pub fn track(&self, name: &str) -> Option<&Track> {
        self.states.values().find_map(|state| state.tracks.get(name))
    }

    /// What people call a state; with its id in words where another is called the same.
    #[must_use]
    pub fn state_called(&self, id: &str) -> String {
        let Some(state) = self.states.get(id) else { return in_words(id) };
        let alone = self.states.values().filter(|other| other.label == state.label).count() == 1;
        if alone { state.label.clone() } else { format!("{} ({})", state.label, in_words(id).to_lowercase()) }
    }

    /// What people call a credit type.
    #[must_use]
    pub fn credit_called(&self, id: &str) -> String {
        credit::called(self.credits.get(id), id)
    }

    /// What people call a transition, in quotation marks; with where it leaves from where another is called the same.
    #[must_use]
    pub fn step_called(&self, id: &str) -> String {
        let Some(step) = self.transitions.get(id) else { return format!("“{}”", in_words(id)) };
        let alone = self.transitions.values().filter(|other| other.label == step.label).count() == 1;
        let from: Vec<String> = step.from.iter().map(|from| format!("“{}”", self.state_called(from))).collect();
        if alone { format!("“{}”", step.label) } else { format!("“{}” in {}", step.label, from.join(" or ")) }
    }

    /// When its credit is earned, each way that its awards say it.
    pub fn earned(&self) -> impl Iterator<Item = &Earned> {
        self.states.values().filter_map(|state| state.award.as_ref()).map(|award| &award.earned)
    }

    /// Whether a step of the author's takes a complete form, and an answer to every change asked: any but giving up, the
    /// whole or a change.
    #[must_use]
    pub fn wants_whole_form(&self, step: &Transition) -> bool {
        let Trigger::By(roles) = &step.trigger else { return false };
        let authors = roles.iter().any(|role| self.roles.get(role) == Some(&Role::Submitter));
        let ends = self.states.get(&step.to).is_some_and(State::ends);
        authors && !ends && step.restore != Restore::Answers
    }

    /// The group whose members fill a role; none for the submitter's.
    #[must_use]
    pub fn group(&self, role: &str) -> Option<&str> {
        match self.roles.get(role)? {
            Role::Group { group, .. } => Some(group),
            Role::Submitter => None,
        }
    }
}

/// What people read where a file gives no label: `send-back` as `Send back`.
pub(in crate::workflow) fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What an approval records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// An activity that others attend.
    Course,
    /// Documented learning of one's own.
    SelfStudy,
    /// Teaching.
    Teaching,
    /// Having completed something.
    Completion,
    /// A statement about oneself that other submissions rely on; no credit comes of it.
    Statement,
}

impl Subject {
    /// Within a sentence.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::SelfStudy => "self-study",
            Self::Teaching => "teaching record",
            Self::Completion => "completion",
            Self::Statement => "statement",
        }
    }
}

/// Who fills a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Whoever submitted the item.
    Submitter,
    /// The members of a group.
    Group {
        /// Its id within the organisation.
        group: String,
        /// Fewest members the workflow needs.
        at_least: u32,
    },
}

/// A person who acted as `person` never acts as one of `never_acts_as` on the same item, nor the other way round.
#[derive(Clone, Debug, Serialize)]
pub struct Separation {
    /// A role.
    pub person: String,
    /// Roles closed to that person.
    pub never_acts_as: Vec<String>,
}
