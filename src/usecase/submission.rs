//! Submissions: beginning, filling in, deciding, reading.

mod act;
mod answer;
mod begin;
mod blind;
mod candidates;
mod decided;
mod history;
mod list;
mod read;
mod settle;
mod step;
mod tick;

pub use act::{Acted, act, act_twice};
pub use answer::{Changes, answer};
pub use begin::begin;
pub use candidates::{Candidate, candidates};
pub use decided::Decided;
pub(super) use decided::decided;
pub use history::{History, history};
pub use list::{count, mine, queue, turn};
pub use read::{Dossier, read};
pub(super) use settle::settle;
pub use step::{Step, StepKind, step};
pub use tick::{due, tick, tick_failed};
