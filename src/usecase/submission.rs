//! Submissions: beginning, filling in, deciding, reading.

mod act;
mod answer;
mod begin;
mod blind;
mod candidates;
mod conceal;
mod decided;
mod history;
mod list;
mod persist_decision;
mod read;
mod step;
mod tick;
mod title;
mod vacate;
mod whole;

pub use act::{Acted, act, act_twice};
pub use answer::{Changes, answer};
pub use begin::begin;
pub use candidates::{Candidate, candidates};
pub use decided::Decided;
pub(super) use decided::decided;
pub use history::{History, history};
pub use list::{count, mine, queue, turn};
pub(super) use persist_decision::persist_decision;
pub(in crate::usecase) use read::is_open_in;
pub use read::{Dossier, is_open, read};
pub use step::{Step, StepKind, step};
pub use tick::{due, tick, tick_failed};
pub(super) use vacate::{vacate, vacate_beside};
