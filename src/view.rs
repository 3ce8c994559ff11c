//! Pages and letters: what they carry, and how they are rendered.
//!
//! A view is a plain struct of strings and numbers with one template. All wording that depends on who
//! reads is decided before; templates only lay out. They know a few addresses by themselves: `/`, `/sign-in`,
//! `/sign-out`, `/queue`, `/people`, the public `/catalogue`, `/api` and `/api/openapi.json`, and in the demo `/demo/…`
//! and `/outbox`. All others come in the view.
//!
//! | who | pages |
//! |---|---|
//! | everybody | [`SignIn`], [`Home`], [`ErrorPage`], [`History`], [`DocumentView`], [`Form`] for any act |
//! | author | [`Status`] (one address from draft to end), [`FormSection`], [`CheckAnswers`], [`Ledger`] |
//! | reviewer | [`Review`] |
//! | chair, screener, coordinator, auditor | [`Dossier`], [`Queue`], [`Assign`] |
//! | administrator | [`People`], [`Groups`], [`Form`] to invite, edit and set up, [`ErasurePage`] |
//! | those who keep the rules | [`Workflows`], [`DefinitionPage`], [`Editor`], [`MigrationPage`], [`ReplayPage`] |
//! | the public | [`Catalogue`], [`Activity`], [`ApiReference`] |
//! | demo | [`Outbox`], [`ShownLetter`] |
//!
//! A view is rendered in a [`Layout`] by [`Views::page`], a letter by [`Views::letter`].

mod account;
mod activity;
mod answer;
mod api_reference;
mod credit;
mod document;
mod erasure;
mod error;
mod field;
mod form;
mod home;
mod layout;
mod letter;
mod outbox;
mod part;
mod person;
mod queue;
mod render;
mod review;
mod submission;
mod when;
mod workflow;

use serde::Serialize;

pub use self::{
    account::*,
    activity::*,
    answer::*,
    api_reference::*,
    credit::*,
    document::*,
    erasure::*,
    error::*,
    field::*,
    form::*,
    home::*,
    layout::*,
    letter::*,
    outbox::*,
    part::*,
    person::*,
    queue::*,
    render::{Views, Written},
    review::*,
    submission::*,
    when::*,
    workflow::*,
};

/// The content of a page: one struct, one template.
pub trait View: Serialize {
    /// Its template, from `templates/`.
    const TEMPLATE: &'static str;
}

#[cfg(test)]
mod tests;
