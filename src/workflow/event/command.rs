//! What can be asked of an item.

use super::{ChangeAsked, Resolution};
use crate::{
    domain::{Answers, PersonId},
    workflow::Verdict,
};

/// Something somebody, or the clock, wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take a transition.
    Fire {
        /// Which.
        transition: String,
        /// The reason.
        note: Option<String>,
        /// Answers to what the transition asks.
        asked: Answers,
        /// Changes asked of the author.
        requests: Vec<ChangeAsked>,
    },
    /// Take a seat, having declared that there is no conflict of interest.
    Claim {
        /// Of which track.
        track: String,
    },
    /// Declare no conflict for a seat one was assigned to.
    Declare {
        /// Of which track.
        track: String,
    },
    /// Give a seat back; a coordinator may give back somebody else's.
    Release {
        /// Of which track.
        track: String,
        /// Whose seat.
        person: PersonId,
        /// Why.
        reason: Option<String>,
    },
    /// Give a seat to somebody.
    Assign {
        /// Of which track.
        track: String,
        /// To whom.
        person: PersonId,
    },
    /// Judge.
    Judge {
        /// In which track.
        track: String,
        /// How.
        verdict: Verdict,
        /// Answers to the rubric.
        rubric: Answers,
        /// For the author and the office.
        note: Option<String>,
        /// Changes asked of the author; at least one with [`Verdict::Revise`].
        requests: Vec<ChangeAsked>,
    },
    /// A conflict of interest of `person` became known: access ends, seats are given back, verdicts are voided.
    Recuse {
        /// Whose.
        person: PersonId,
        /// What it is.
        reason: String,
    },
    /// The author answers a change request.
    Resolve {
        /// Its number.
        request: u32,
        /// How.
        resolution: Resolution,
    },
    /// The office reminds those whose turn it is.
    Remind,
    /// Time has passed: fire whatever is due.
    Tick,
}
