//! Why a command was refused: data, with the values that failed it.

use serde::Serialize;
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

use super::form::FieldFault;
use crate::domain::phrase::{day, either, plain};

/// Why not. `code()` is stable for programs; `Display` tells a person what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, IntoStaticStr, EnumDiscriminants)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[strum_discriminants(
    name(RefusalCode),
    doc = "What a refusal is called by programs.",
    derive(Serialize, VariantArray),
    serde(rename_all = "kebab-case")
)]
pub enum Refusal {
    /// The item is over.
    #[error("this is closed ({state}); nothing more can be done with it")]
    Closed {
        /// The end state's label.
        state: String,
    },
    /// The definition knows no such transition.
    #[error("there is no step called '{transition}' in this workflow")]
    UnknownTransition {
        /// As asked.
        transition: String,
    },
    /// The transition does not start in the state the item is in.
    #[error("'{transition}' is not possible while this is '{state}'")]
    NotHere {
        /// The transition's label.
        transition: String,
        /// The state's label.
        state: String,
    },
    /// The transition's `when` is false, or nobody sets it off.
    #[error("'{transition}' is not offered now: {reason}")]
    NotOffered {
        /// The transition's label.
        transition: String,
        /// The same condition as people read it.
        reason: String,
        /// The condition that is false.
        condition: String,
    },
    /// One of its `requires` is false.
    #[error("{reason}")]
    Unmet {
        /// What to do, or the condition as people read it.
        reason: String,
        /// The condition that is false.
        condition: String,
        /// What it read.
        values: std::collections::BTreeMap<String, String>,
    },
    /// The actor is in none of the roles that may.
    #[error("this takes somebody who acts as {}", either(&roles.iter().map(|role| plain(role)).collect::<Vec<_>>()))]
    WrongRole {
        /// The roles.
        roles: Vec<String>,
    },
    /// The actor did something on this item that closes this role to them.
    #[error("you acted as {} on this, so you cannot act as {}: nobody may do both", plain(acted), plain(role))]
    Separated {
        /// The role refused.
        role: String,
        /// The role already taken.
        acted: String,
    },
    /// Nobody decides on their own work.
    #[error("nobody decides on their own work")]
    OwnWork,
    /// The person is away, and takes no part until they are back.
    #[error("away until {}; who is back earlier ends the absence first", day(*until))]
    Away {
        /// The last day of it.
        until: jiff::civil::Date,
    },
    /// The person has a conflict of interest.
    #[error("a conflict of interest stands in the way")]
    Conflicted,
    /// The office has to decide first what follows from a conflict of interest.
    #[error("the office first decides what follows from a conflict of interest")]
    ConflictOpen,
    /// The track is not open in this state.
    #[error("there is no open review called '{track}' now")]
    NoTrack {
        /// As asked.
        track: String,
    },
    /// Enough verdicts are in.
    #[error("the review '{track}' is complete; no further verdict is taken")]
    TrackComplete {
        /// What the track is called.
        track: String,
    },
    /// All seats are taken.
    #[error("all {seats} places in the review '{track}' are taken")]
    NoSeat {
        /// What the track is called.
        track: String,
        /// How many there are.
        seats: u32,
    },
    /// The person already sits in the track.
    #[error("this person already reviews '{track}'")]
    AlreadySeated {
        /// What the track is called.
        track: String,
    },
    /// The person has no seat in the track.
    #[error("take a place in the review '{track}' first")]
    NotSeated {
        /// What the track is called.
        track: String,
    },
    /// The seat's holder has not declared that there is no conflict.
    #[error("declare first that you have no conflict of interest")]
    Undeclared,
    /// A verdict cannot be taken back by giving up the seat.
    #[error("a verdict was given; it stays")]
    AlreadyJudged,
    /// The track only takes claims, or only assignments.
    #[error("places in '{track}' are not taken this way")]
    WrongWay {
        /// What the track is called.
        track: String,
    },
    /// The track does not take this verdict.
    #[error("'{verdict}' is not a verdict of the review '{track}'")]
    UnknownVerdict {
        /// What the track is called.
        track: String,
        /// As given.
        verdict: String,
    },
    /// A reason must be given.
    #[error("give a reason")]
    NoteMissing,
    /// Asking for changes takes at least one change request.
    #[error("say what is to change: name at least one question or file")]
    NothingAsked,
    /// A change request is about something the form does not have.
    #[error("there is no question or file '{about}'")]
    UnknownSubject {
        /// As asked.
        about: String,
    },
    /// Change requests are still unanswered.
    #[error("answer the {open} open change request(s) first")]
    RequestsOpen {
        /// How many.
        open: usize,
    },
    /// There is no such open change request.
    #[error("there is no open change request {request}")]
    UnknownRequest {
        /// As given.
        request: u32,
    },
    /// Answers are missing or wrong.
    #[error("{} answer(s) need attention", faults.len())]
    Fields {
        /// Which, and why.
        faults: Vec<FieldFault>,
    },
    /// Nobody's turn: there is nobody to remind.
    #[error("nobody is to be reminded now")]
    NobodysTurn,
    /// The automatic transitions would not come to rest.
    #[error("the workflow does not come to rest; its definition is broken")]
    Unsettled,
}

impl Refusal {
    /// A stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Whether it is a rule that reads the answer to a question.
    #[must_use]
    pub fn reads(&self, question: &str) -> bool {
        let Self::Unmet { values, .. } = self else { return false };
        let among = [format!("({question})"), format!("({question}.")];
        values.keys().any(|read| read == question || among.iter().any(|part| read.contains(part.as_str())))
    }
}
