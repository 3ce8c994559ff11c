//! What use cases return, turned into views: all wording that depends on who reads is decided here.
//!
//! Pure functions from domain values to view structs. Addresses of pages are made in [`path`] and nowhere else.

pub(super) mod account;
pub(super) mod act;
pub(super) mod answer;
pub(super) mod api;
pub(super) mod arithmetic;
pub(super) mod assign;
pub(super) mod calendar;
pub(super) mod catalogue;
pub(super) mod change;
pub(super) mod clock;
pub(super) mod credit;
pub(super) mod document;
pub(super) mod done;
pub(super) mod dossier;
pub(super) mod erasure;
pub(super) mod error;
pub(super) mod fault;
pub(super) mod field;
pub(super) mod form;
pub(super) mod head;
pub(super) mod history;
pub(super) mod home;
pub(super) mod layout;
pub(super) mod meeting;
pub(super) mod office;
pub(super) mod organisation;
pub(super) mod outbox;
pub(super) mod path;
pub(super) mod queue;
pub(super) mod request;
pub(super) mod review;
pub(super) mod status;
pub(super) mod step;
pub(super) mod turn;
pub(super) mod word;
pub(super) mod workflow;
