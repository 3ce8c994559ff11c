//! The ways between states.

use serde::Serialize;

use super::{Question, Requirement, Wait};
use crate::workflow::condition::Condition;

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
    /// Whether somebody is waited for because of it; not so for what may be taken and need not, as a revocation.
    pub awaited: bool,
    /// What the time of [`Trigger::After`] counts from.
    #[serde(skip_serializing_if = "Since::is_entry")]
    pub since: Since,
    /// What becomes again what it was when the activity was designated last.
    #[serde(skip_serializing_if = "Restore::is_nothing")]
    pub restore: Restore,
}

impl Transition {
    /// Whether a limit sets it off that somebody passed: no meeting, and no day that was to come anyhow.
    #[must_use]
    pub fn is_time_out(&self) -> bool {
        matches!(&self.trigger, Trigger::After(wait) if !matches!(wait, Wait::Meeting { .. }))
            && !matches!(self.since, Since::Date(_))
    }
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

/// What a length of time counts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// The entry into the state.
    #[default]
    Entry,
    /// The last time that one of these transitions was taken.
    Steps(Vec<String>),
    /// The beginning of the day answered to a date question of the form, or to `decided.X`.
    Date(String),
}

impl Since {
    /// Whether it counts from the entry into the state, as it does where the file is silent.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        *self == Self::Entry
    }

    /// Whether it counts from an answer of the form.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        matches!(self, Self::Date(name) if !name.starts_with("decided."))
    }
}

/// What goes back to how it was designated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restore {
    /// Nothing.
    #[default]
    Nothing,
    /// The answers of the form: a change was refused, or dropped.
    Answers,
}

impl Restore {
    /// Whether nothing goes back.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
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
