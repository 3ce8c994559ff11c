//! The demo's outbox: letters that would have been sent.

use serde::Serialize;

use super::Pager;
use crate::present::{View, words::when::When};

/// Letters, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct Outbox {
    /// One by one.
    pub rows: Vec<LetterRow>,
    /// The way through them.
    pub pager: Pager,
}

/// One letter in the list.
#[derive(Clone, Debug, Serialize)]
pub struct LetterRow {
    /// Its page.
    pub href: String,
    /// To whom.
    pub to: String,
    /// About what.
    pub subject: String,
    /// The first line: whose attention, by when.
    pub first_line: String,
    /// When.
    pub at: When,
}

/// One letter as it would have been read.
#[derive(Clone, Debug, Serialize)]
pub struct ShownLetter {
    /// To whom.
    pub to: String,
    /// From whom.
    pub from: String,
    /// About what.
    pub subject: String,
    /// When.
    pub at: When,
    /// The plain text.
    pub text: String,
    /// Addresses in the text, from `/`, so that the demo can follow them.
    pub links: Vec<super::Link>,
}

impl View for Outbox {
    const TEMPLATE: &'static str = "page/outbox_list.html";
}

impl View for ShownLetter {
    const TEMPLATE: &'static str = "page/letter_read.html";
}
