//! The tables as rows: one file each, private to the store.

pub(super) mod activity;
pub(super) mod current_definition;
pub(super) mod definition;
pub(super) mod document;
pub(super) mod event;
pub(super) mod group;
pub(super) mod job;
pub(super) mod kept_answer;
pub(super) mod ledger_entry;
pub(super) mod link;
pub(super) mod log;
pub(super) mod mail;
pub(super) mod membership;
pub(super) mod organisation;
pub(super) mod person;
pub(super) mod recusal;
pub(super) mod reference_counter;
pub(super) mod revision;
pub(super) mod seat;
pub(super) mod session;
pub(super) mod setting;
pub(super) mod signing_key;
pub(super) mod submission;
pub(super) mod submission_content;
pub(super) mod throttle;
pub(super) mod turn;
