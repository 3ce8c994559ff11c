//! What people read: pages and letters, each said once.
//!
//! A page or letter is a struct of strings and numbers with one template, made by its `of` from what a use case returned
//! and who reads. All wording is decided here, what several say in [`words`]; templates only lay out. Addresses of pages
//! are made in [`path`]; templates know a few by themselves: `/`, `/sign-in`, `/sign-out`, `/queue`, `/people`, the public
//! `/catalogue`, `/api` and `/api/openapi.json`, and in the demo `/demo/…` and `/outbox`.
//!
//! A page is rendered in a [`Layout`](layout::Layout) by [`Views::page`], a letter by [`Views::letter`].

pub mod absence;
pub mod account;
pub mod admin;
mod agenda;
pub mod api_reference;
pub mod arithmetic;
pub mod catalogue;
pub mod credit;
pub(crate) mod done;
pub mod envelope;
pub mod error;
pub mod file;
pub mod form;
pub mod head;
pub mod home;
pub mod layout;
pub mod letter;
pub mod outbox;
pub mod part;
pub mod path;
pub mod queue;
mod render;
pub mod setup;
pub mod submission;
pub mod unsent;
pub mod words;
pub mod workflow;

use serde::Serialize;

pub use render::{Views, Written};

/// The content of a page: one struct, one template.
pub trait View: Serialize {
    /// Its template, from `templates/`.
    const TEMPLATE: &'static str;
}

/// What a letter says beside its envelope: one struct, two templates.
pub trait Letter: Serialize {
    /// Its templates without their ending: `mail/turn` for `mail/turn.txt` and `mail/turn.html`.
    const TEMPLATE: &'static str;
}

#[cfg(test)]
mod tests;
