//! What can be asked of an item, and what then happened to it.

mod command;
mod matter;
mod meta;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

pub use command::Command;
pub use matter::{Matter, Ruling};
pub use meta::{Audience, Meta, Origin, TurnChange};

use super::{Verdict, right::Right};
use crate::domain::{Amount, Answers, Conflict, DocumentId, Email, PersonId};

/// A change asked of the author, bound to a question or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeAsked {
    /// What it is about.
    pub about: About,
    /// What is to change and why.
    pub text: String,
}

/// What a change request is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A question of the form.
    Question(String),
    /// An uploaded file.
    Document(DocumentId),
}

/// How the author answered a change request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// Done; with what was done.
    Done(Option<String>),
    /// Not done; with the reason.
    Declined(String),
}

/// Something that happened, for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number within the item, from 1, without gaps.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who; nobody for what time or a condition set off.
    pub by: Option<PersonId>,
    /// The role it was done in, where one was needed.
    pub role: Option<String>,
    /// What.
    #[serde(flatten)]
    pub what: EventKind,
}

/// What happened. Carries outcomes, so that replay never evaluates a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, IntoStaticStr, EnumDiscriminants)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[strum_discriminants(
    name(EventName),
    doc = "What an event is called, as it is stored and as programs read it.",
    derive(Serialize, VariantArray),
    serde(rename_all = "kebab-case")
)]
pub enum EventKind {
    /// A draft was begun.
    Begun {
        /// The start state.
        state: String,
    },
    /// The item went from one state to another.
    Moved {
        /// By which transition.
        transition: String,
        /// From.
        from: String,
        /// To.
        to: String,
        /// The reason given.
        note: Option<String>,
        /// What was answered at the decision.
        asked: Answers,
        /// Whether `to` ends the item.
        closed: bool,
    },
    /// A counter was raised.
    Counted {
        /// Which.
        counter: String,
        /// Its new value.
        value: u32,
    },
    /// A track opened with no verdicts.
    TrackOpened {
        /// Which.
        track: String,
        /// Verdicts that complete it.
        quorum: u32,
    },
    /// A seat was taken, with a declaration of no conflict.
    Claimed {
        /// Of which track.
        track: String,
        /// By whom.
        person: PersonId,
    },
    /// A seat was given to somebody.
    Assigned {
        /// Of which track.
        track: String,
        /// To whom.
        person: PersonId,
    },
    /// No conflict was declared for a seat.
    Declared {
        /// Of which track.
        track: String,
        /// By whom.
        person: PersonId,
    },
    /// A seat was given back.
    Released {
        /// Of which track.
        track: String,
        /// Whose it was.
        person: PersonId,
        /// Why.
        reason: Option<String>,
    },
    /// A verdict was given.
    VerdictRecorded {
        /// In which track.
        track: String,
        /// By whom.
        person: PersonId,
        /// Which.
        verdict: Verdict,
        /// Answers to the rubric.
        rubric: Answers,
        /// For the author and the office.
        note: Option<String>,
    },
    /// A verdict no longer counts; it is not erased.
    VerdictVoided {
        /// Of which track.
        track: String,
        /// Whose.
        person: PersonId,
    },
    /// Somebody is out because of a conflict of interest.
    Recused {
        /// Who.
        person: PersonId,
        /// Which conflict.
        reason: String,
    },
    /// A conflict of interest of somebody was found out: by who they are, or by what became known of them. It stays.
    ConflictFound {
        /// Who.
        person: PersonId,
        /// Which conflict.
        conflict: Conflict,
        /// How it was found out.
        reason: String,
    },
    /// The office lifted what stood against somebody.
    ConflictLifted {
        /// Who.
        person: PersonId,
        /// Which conflicts.
        conflicts: BTreeSet<Conflict>,
        /// Why.
        reason: String,
    },
    /// It went back to where something was done that does not count any more: who did it has a conflict of interest.
    SentBack {
        /// From.
        from: String,
        /// To.
        to: String,
    },
    /// The office has to decide something about a conflict of interest.
    OfficeAsked {
        /// Whose.
        person: PersonId,
        /// What.
        matter: Matter,
    },
    /// The office decided it.
    OfficeAnswered {
        /// Whose conflict it was.
        person: PersonId,
        /// What it decided.
        ruling: Ruling,
        /// Why.
        reason: String,
    },
    /// A change was asked of the author.
    ChangeRequested {
        /// Its number within the item, from 1.
        request: u32,
        /// By whom.
        person: PersonId,
        /// In which track, if any.
        track: Option<String>,
        /// What is to change.
        #[serde(flatten)]
        asked: ChangeAsked,
    },
    /// The author answered a change request.
    ChangeResolved {
        /// Its number.
        request: u32,
        /// How.
        resolution: Resolution,
    },
    /// A timer runs.
    TimerArmed {
        /// Which.
        timer: Timer,
        /// When it is due.
        due: Timestamp,
    },
    /// A timer was due.
    TimerFired {
        /// Which.
        timer: Timer,
    },
    /// A timer no longer runs.
    TimerCancelled {
        /// Which.
        timer: Timer,
    },
    /// The calendar has no day for a timer: it does not run, and somebody has to complete the calendar.
    TimerUndated {
        /// Which.
        timer: Timer,
        /// What the calendar lacks, in words.
        wants: String,
    },
    /// Those whose turn it is were reminded.
    Reminded,
    /// Credit is due.
    CreditAwarded {
        /// The state that awarded it: with submission and person the key of the ledger entry.
        rule: String,
        /// Credit type.
        credit: String,
        /// How much.
        amount: Amount,
        /// To whom.
        to: Recipient,
        /// When it was earned.
        earned: Date,
    },
    /// Credit awarded before no longer stands.
    CreditStopped {
        /// The state that had awarded it.
        rule: String,
    },
    /// The course became an activity that others can complete.
    Designated {
        /// Credit type.
        credit: String,
        /// The most a participant can claim.
        maximum: Amount,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// The activity is no longer offered.
    OfferStopped,
    /// The answers became again what they were when the activity was designated last.
    AnswersRestored,
    /// Too few people can take the next step: the item waits, nothing is skipped.
    Unstaffed {
        /// The role that lacks people.
        // `role` is the event's own: both stand in one JSON object.
        #[serde(rename = "lacking")]
        role: String,
    },
    /// There are enough again.
    Staffed {
        /// The role.
        // `role` is the event's own: both stand in one JSON object.
        #[serde(rename = "lacking")]
        role: String,
    },
    /// Somebody writes along, or may do something else from now on.
    CoAuthorNamed {
        /// Their address.
        email: Email,
        /// As printed.
        name: String,
        /// What they may do.
        right: Right,
    },
    /// Somebody does not write along any more.
    CoAuthorRemoved {
        /// Their address.
        email: Email,
        /// Whether they stay on record, because it was sent with them.
        kept: bool,
    },
    /// Owner and successor are asked whether it is handed over.
    HandOverProposed {
        /// The successor.
        person: PersonId,
    },
    /// One of them agrees.
    HandOverAgreed {
        /// Who.
        person: PersonId,
    },
    /// One of them does not.
    HandOverDeclined {
        /// Who.
        person: PersonId,
    },
    /// It has another owner.
    HandedOver {
        /// Whose it was.
        owner: PersonId,
        /// Whose it is.
        person: PersonId,
        /// Why, where nobody was asked.
        reason: Option<String>,
    },
    /// The office took out an answer or a file; its hash stays.
    Redacted {
        /// What.
        about: About,
        /// SHA-256 of what it was, in hex.
        sha256: String,
        /// Why.
        reason: String,
    },
    /// The author threw an empty draft away: nobody finds it any more.
    Discarded,
    /// The item went over to another version of its workflow.
    Migrated {
        /// The version it was on, by its hash.
        from: String,
        /// The version it is on.
        to: String,
        /// The state it is in, as the new version calls it.
        state: String,
        /// Roles that are called otherwise now, by their old names.
        roles: BTreeMap<String, String>,
        /// Reviews that stay, by their old names; others are no part of the item any more.
        tracks: BTreeMap<String, CarriedTrack>,
        /// Timers that run on and stay due when they were: as the old version calls them, and the new one.
        timers: Vec<(Timer, Timer)>,
    },
}

/// A review in another version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedTrack {
    /// Its name there.
    pub to: String,
    /// Verdicts that complete it.
    pub quorum: u32,
}

/// Who receives credit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// Somebody with an account.
    Person(PersonId),
    /// Somebody named in a form.
    Named {
        /// As printed.
        name: String,
        /// Who it is.
        email: Email,
    },
}

/// A timer of the state an item is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timer {
    /// Fires the transition.
    Transition(String),
    /// Sends the n-th reminder, from 0.
    Reminder(u32),
}
