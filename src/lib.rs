//! Imprimatur: an accreditation submission workflow server.
//!
//! Practitioners and authors submit; reviewers and committees decide along a workflow that the
//! accreditor writes itself; what is approved becomes credit in a ledger.
//!
//! # Layout, outside in
//!
//! Arrows point down only, without circles inside a folder; a test reads every path and enforces it.
//!
//! ```text
//! main → app → {http, jobs} → present → usecase → {store, blob, token, mail} → model → {access, requirement} → workflow → credit → domain
//! ```

pub mod cli;

pub mod app;
pub mod demo;

pub mod http;
pub mod jobs;

pub mod present;

pub mod usecase;

pub mod backup;
pub mod blob;
pub mod clock;
pub mod config;
pub mod log;
pub mod mail;
pub mod numbers;
pub mod password;
pub mod scan;
pub mod secret;
pub mod store;
pub mod token;

pub mod model;

pub mod access;
pub mod credit;
pub mod requirement;
pub mod workflow;

pub mod domain;
