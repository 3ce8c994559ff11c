//! The workflow that an accreditor writes itself: definition, conditions, checks and the engine.
//!
//! Everything here is pure. [`engine::decide`] turns a command into events, [`Item::apply`] folds events into
//! the state of an item; nothing else moves an item. The format is documented in `workflows/README.md`.

pub mod check;
mod claim;
pub mod condition;
pub mod definition;
mod describe;
pub mod diagram;
mod difference;
pub mod engine;
mod event;
mod explore;
pub mod export;
mod form;
mod item;
mod migration;
pub(crate) mod nearest;
mod redact;
mod refusal;
mod replay;
mod right;
mod service;
mod shipped;
mod taken_in;
mod verdict;

pub use check::{Checked, Fault, Severity, load, load_stored, prove, schema::schema};
pub use condition::Condition;
pub use definition::Definition;
pub use describe::{Statement, Topic, describe};
pub use difference::{Difference, Part, difference};
pub use engine::{Absent, Act, Actor, Facts, Holder, Offer, Turn, begin, decide, due, offers, review, turns};
pub use event::{
    About, Audience, CarriedTrack, ChangeAsked, Command, Event, EventKind, EventName, Matter, Meta, Origin, Recipient,
    Resolution, Ruling, Timer, TurnChange,
};
pub use explore::{CHECKER, Limits, Proven};
pub use form::FieldFault;
pub use item::{ChangeRequest, CoAuthor, Item, Progress, RedactedPart, Seat, Succession};
pub use migration::{Mapping, Migration};
pub use refusal::{Refusal, RefusalCode};
pub use replay::{Divergence, Record, Sent, replay};
pub use right::Right;
pub use service::Service;
pub use shipped::is_shipped;
pub use verdict::Verdict;
