//! A person's credit.

use serde::Serialize;

use super::Pager;
use crate::present::{View, words::when::When};

/// The ledger of one person.
#[derive(Clone, Debug, Serialize)]
pub struct Ledger {
    /// Whose; nothing if it is the reader's own.
    pub person: Option<String>,
    /// What stands, by credit type.
    pub totals: Vec<CreditTotal>,
    /// Newest first.
    pub entries: Vec<CreditEntry>,
    /// The way through them.
    pub pager: Pager,
}

/// What stands of one credit type.
#[derive(Clone, Debug, Serialize)]
pub struct CreditTotal {
    /// `AMA PRA Category 2 Credit`.
    pub credit: String,
    /// Who grants it.
    pub system: String,
    /// `14.50`.
    pub amount: String,
    /// `from 5 entries`.
    pub detail: String,
}

/// One entry of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct CreditEntry {
    /// Day it was earned.
    pub earned: When,
    /// When it was recorded.
    pub recorded: When,
    /// What for.
    pub title: String,
    /// The submission's reference and page.
    pub source: Option<super::Link>,
    /// Credit type.
    pub credit: String,
    /// `6.50`, `−6.50`.
    pub amount: String,
    /// What it is.
    pub standing: EntryStanding,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryStanding {
    /// Counts.
    Stands,
    /// Was taken back by a later entry.
    Reversed,
    /// Takes an earlier entry back.
    Reversal,
}

impl View for Ledger {
    const TEMPLATE: &'static str = "page/credit_list.html";
}
