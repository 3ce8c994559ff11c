//! A checked definition: what a YAML file of `workflows/` says, every name resolved.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use jiff::SignedDuration;
use rust_decimal::Decimal;
use serde::Serialize;

use super::condition::Condition;
use crate::credit::CreditType;

/// One workflow, sound as far as [`super::check`] proves.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    /// Version of the file format; 1.
    pub format: u32,
    /// Its id, as in `course-accreditation`.
    pub workflow: String,
    /// What people call it.
    pub title: String,
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
}

/// One task on the author's task list.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its id.
    pub section: String,
    /// Its heading.
    pub title: String,
    /// What it asks.
    pub questions: Vec<Question>,
}

/// One question of a form, a rubric or a decision.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Its id; conditions name it.
    pub id: String,
    /// As people read it.
    pub label: String,
    /// Help below the label.
    pub hint: Option<String>,
    /// May stay unanswered.
    pub optional: bool,
    /// What an answer looks like.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What an answer looks like, with its bounds.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// One line; lengths in characters.
    Text {
        /// Fewest characters.
        min: Option<u32>,
        /// Most characters; 200 where the file is silent.
        max: u32,
    },
    /// Several lines; lengths in characters.
    LongText {
        /// Fewest characters.
        min: Option<u32>,
        /// Most characters; 5,000 where the file is silent.
        max: u32,
    },
    /// A whole number.
    Integer {
        /// Smallest.
        min: Option<i64>,
        /// Largest.
        max: Option<i64>,
    },
    /// An exact decimal number.
    Decimal {
        /// Smallest.
        min: Option<Decimal>,
        /// Largest.
        max: Option<Decimal>,
        /// Only multiples of this.
        step: Option<Decimal>,
    },
    /// A date.
    Date,
    /// Yes or no.
    YesNo {
        /// Must be answered with yes: an attestation.
        must: bool,
    },
    /// One of several options: id and label.
    Choice {
        /// Id and label.
        options: IndexMap<String, String>,
    },
    /// Any number of several options.
    Choices {
        /// Id and label.
        options: IndexMap<String, String>,
        /// Fewest.
        min: Option<u32>,
        /// Most.
        max: Option<u32>,
    },
    /// Rows of further questions.
    Table {
        /// Questions of simple types: neither table, people nor files.
        columns: Vec<Question>,
        /// Fewest rows.
        min: Option<u32>,
        /// Most rows; 100 where the file is silent.
        max: u32,
    },
    /// Within a table: one of the persons named in the `people` question `of`, by e-mail.
    Person {
        /// The question that names them.
        of: String,
    },
    /// People with name, e-mail and the part they play.
    People {
        /// Fewest.
        min: Option<u32>,
        /// Most; 50 where the file is silent.
        max: u32,
        /// Each owes a disclosure of financial relationships.
        disclosure: bool,
    },
    /// Uploaded files.
    Files {
        /// Fewest.
        min: Option<u32>,
        /// Most; 20 where the file is silent.
        max: u32,
        /// What they may be.
        accept: BTreeSet<Accept>,
        /// Largest size of one file in bytes; 50 MB where the file is silent.
        max_size: u64,
    },
}

/// A family of file types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    /// PDF.
    Pdf,
    /// PNG, JPEG, WebP, GIF, TIFF, HEIC.
    Image,
    /// Word, Excel, PowerPoint and their open counterparts.
    Office,
    /// Plain text, CSV.
    Text,
    /// Slides and recordings: MP4, WebM, MP3.
    Media,
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

/// A state of an item.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Where it stands in the life of an item.
    pub kind: StateKind,
    /// As the office reads it.
    pub label: String,
    /// As the author reads it, where that differs.
    pub author_label: Option<String>,
    /// Reviews that run side by side inside this state.
    pub tracks: IndexMap<String, Track>,
    /// When those whose turn it is are reminded, counted from entry.
    pub remind: Vec<Wait>,
    /// Whether the office's service clock runs.
    pub clock: OfficeClock,
    /// Credit recorded on entry.
    pub award: Option<Award>,
    /// The approved course becomes an activity on entry.
    pub designate: Option<Designate>,
    /// Credit recorded before is reversed on entry.
    pub stops_credit: bool,
}

/// Where a state stands in the life of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateKind {
    /// The draft.
    Start,
    /// On the way.
    Middle,
    /// Over.
    End,
}

/// The office's service clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeClock {
    /// Counts against the office.
    Running,
    /// Stands still: the wait is not the office's.
    Paused,
}

/// A review inside a state.
#[derive(Clone, Debug, Serialize)]
pub struct Track {
    /// Who reviews.
    pub role: String,
    /// Most persons reviewing at a time.
    pub seats: u32,
    /// Verdicts that complete the track.
    pub quorum: u32,
    /// Verdicts that may be given.
    pub verdicts: Vec<Verdict>,
    /// The rubric filled in with a verdict.
    pub rubric: Option<String>,
    /// How a person comes to a seat.
    pub take: Take,
    /// No reviewer sees another's verdict before the track is complete.
    pub sealed: bool,
    /// Who is hidden from whom.
    pub blind: Option<Blind>,
}

/// A reviewer's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Good as it is.
    Approve,
    /// Changes asked.
    Revise,
    /// Not good, and changes would not help.
    Reject,
}

/// How a person comes to a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// By taking it.
    Claim,
    /// By being assigned.
    Assign,
    /// Either way.
    Either,
}

/// Who is hidden from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blind {
    /// The author does not learn who reviews.
    Single,
    /// Nor do reviewers learn who the author is.
    Double,
}

/// Credit recorded when a state is entered.
#[derive(Clone, Debug, Serialize)]
pub struct Award {
    /// A credit type, or the question whose answer names one.
    pub credit: CreditChoice,
    /// How much.
    pub amount: AwardAmount,
    /// To whom.
    pub to: Beneficiary,
    /// When it was earned.
    pub earned: Earned,
}

/// Which credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditChoice {
    /// Always this type.
    Fixed(String),
    /// The answer to this choice question names the type.
    Asked(String),
}

/// How much credit.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwardAmount {
    /// The value of a numeric expression, in credits.
    Value(Condition),
    /// So many credits an hour over the rows of a table that name the beneficiary.
    PerHour(PerHour),
}

/// Credit by the hour: `per_hour: 2, minutes: agenda.minutes, person: agenda.presenter, only: agenda.first_time`.
#[derive(Clone, Debug, Serialize)]
pub struct PerHour {
    /// Credits for 60 minutes.
    pub per_hour: Decimal,
    /// The table.
    pub table: String,
    /// Its column with minutes.
    pub minutes: String,
    /// Its column that names the person.
    pub person: String,
    /// Its yes-no column; rows with no are left out.
    pub only: Option<String>,
}

/// Who receives an award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beneficiary {
    /// The submitter.
    Author,
    /// Everybody named in a `people` question.
    People(String),
}

/// When credit was earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Earned {
    /// On the day of the award, in the organisation's calendar.
    Now,
    /// On the date answered to a question of the form, or `decided.X`.
    Answer(String),
}

/// An approved course becomes an activity that others can complete.
#[derive(Clone, Debug, Serialize)]
pub struct Designate {
    /// The credit type.
    pub credit: String,
    /// The most credit a participant can claim: a numeric expression, in credits.
    pub maximum: Condition,
    /// How long it may be offered.
    pub valid: Wait,
}

/// A way from one state to another.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    /// Where it is offered.
    pub from: Vec<String>,
    /// Where it leads.
    pub to: String,
    /// What sets it off.
    pub trigger: Trigger,
    /// What the button says; the transition's id in words where the file is silent.
    pub label: String,
    /// Not offered while false.
    pub when: Option<Condition>,
    /// Offered, but refused while false, with the reason.
    pub requires: Vec<Requirement>,
    /// Questions the actor must answer; read later as `decided.X`.
    pub asks: Vec<Question>,
    /// Reason text kept for ever.
    pub note: Note,
    /// The counter raised by one.
    pub counts: Option<String>,
    /// A cycle through it needs no counter: somebody in the office decides each time.
    pub unbounded: bool,
    /// Tracks are kept on re-entry.
    pub keep_verdicts: bool,
    /// Roles told by mail beyond those whose turn it becomes.
    pub notify: Vec<String>,
}

/// A condition with the sentence that people read while it is not met.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    /// The condition.
    pub condition: Condition,
    /// What to do about it; the condition's own text where the file is silent.
    pub reason: Option<String>,
}

/// What sets a transition off: exactly one of three.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Somebody in one of these roles.
    By(Vec<String>),
    /// Time since the state was entered.
    After(Wait),
    /// Its condition, as soon as it holds.
    Auto,
}

/// Whether a reason is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// No.
    None,
    /// It may be given.
    Optional,
    /// It must be given.
    Required,
}

/// A length of time as the file writes it, `P30D` or `PT12H`; years and months by the organisation's calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Wait(pub String);

impl Wait {
    /// As a fixed length, a month taken as 30 days and a year as 365; for comparing, never for deadlines.
    #[must_use]
    pub fn roughly(&self) -> SignedDuration {
        let days = |span: jiff::Span| {
            i64::from(span.get_years()) * 365
                + i64::from(span.get_months()) * 30
                + i64::from(span.get_weeks()) * 7
                + i64::from(span.get_days())
        };
        self.0.parse::<jiff::Span>().map_or(SignedDuration::ZERO, |span| {
            SignedDuration::from_hours(days(span) * 24 + i64::from(span.get_hours()))
                + SignedDuration::from_mins(span.get_minutes())
        })
    }
}

/// Something the explorer must prove over all paths.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// As people read it.
    pub name: String,
    /// What.
    #[serde(flatten)]
    pub claim: Claim,
}

/// What is to be proved.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Claim {
    /// Approvals of a track stand before a state is entered.
    Approvals {
        /// The state.
        before: String,
        /// How many of which track.
        approvals: Approvals,
    },
    /// Approvals by different persons stand before a state is entered.
    DistinctApprovals {
        /// The state.
        before: String,
        /// How many of which track.
        distinct_approvals: Approvals,
    },
    /// Somebody who acts in one role never acts in another.
    Never {
        /// The pair.
        never: NeverActs,
    },
    /// From anywhere an end can be reached.
    ReachEnd {
        /// `reach_end`.
        from_any: String,
    },
    /// A transition fires at most so often.
    Bound {
        /// Which and how often.
        bound: Bound,
    },
}

/// So many approvals of a track.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// The track.
    pub track: String,
    /// Fewest.
    pub at_least: u32,
    /// Roles whose holders do not count.
    #[serde(default)]
    pub excluding: Vec<String>,
}

/// Roles closed to the holder of another.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeverActs {
    /// The role.
    pub person: String,
    /// Closed to it.
    pub acts_as: Vec<String>,
}

/// A bound on a transition.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The transition.
    pub transition: String,
    /// Most.
    pub at_most: u32,
}
