//! Where an item can be, and what happens on the way in: reviews, awards, designations.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Serialize;
use strum::VariantArray;

use super::{Length, Since, Verdict, Wait, in_words};
use crate::workflow::condition::Condition;

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
    /// Credit recorded before is reversed on entry, and the activity is no longer offered.
    pub stops_credit: bool,
    /// The activity is no longer offered; credit recorded before stands.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stops_offer: bool,
    /// What the author learns here of how it came so far, where the file says so: see [`super::Definition::release`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<Release>,
}

impl State {
    /// Whether it is the draft: its author's own, nobody else sees it.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.kind == StateKind::Start
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.kind == StateKind::End
    }

    /// Whether the office waits for the author there, so that its clock stands still.
    #[must_use]
    pub fn waits_for_author(&self) -> bool {
        self.clock == OfficeClock::Paused
    }

    /// Whether the author may change answers and files there.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        self.is_draft() || self.waits_for_author()
    }

    /// Whether it is on its way and the office has it: its clock runs.
    #[must_use]
    pub fn is_with_the_office(&self) -> bool {
        self.kind == StateKind::Middle && self.clock == OfficeClock::Running
    }

    /// Whether credit is recorded or an activity accredited on entry.
    #[must_use]
    pub fn accredits(&self) -> bool {
        self.award.is_some() || self.designate.is_some()
    }
}

/// Where a state stands in the life of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
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
    /// What people call it, where the file says so. Not in the canonical form otherwise: older files keep their identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
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

impl Track {
    /// What people call it; `name` is its name in the file.
    #[must_use]
    pub fn title(&self, name: &str) -> String {
        self.label.clone().unwrap_or_else(|| in_words(name))
    }
}

/// What the author learns once an item is in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// How it was decided, with the reasons of whoever took the step.
    Decision,
    /// That, and what the reviewers wrote for the author.
    Verdicts,
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
///
/// Without `person` every row counts for the author.
#[derive(Clone, Debug, Serialize)]
pub struct PerHour {
    /// Credits for 60 minutes.
    pub per_hour: Decimal,
    /// The table.
    pub table: String,
    /// Its column with minutes.
    pub minutes: String,
    /// Its column that names the person.
    pub person: Option<String>,
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

impl Earned {
    /// As the file writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Now => "now",
            Self::Answer(name) => name,
        }
    }
}

/// An approved course becomes an activity that others can complete.
#[derive(Clone, Debug, Serialize)]
pub struct Designate {
    /// The credit type.
    pub credit: String,
    /// The most credit a participant can claim: a numeric expression, in credits.
    pub maximum: Condition,
    /// How long it may be offered.
    pub valid: Length,
    /// What that counts from.
    #[serde(skip_serializing_if = "Since::is_entry")]
    pub since: Since,
}
