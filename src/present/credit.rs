//! A person's ledger.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    View,
    part::{Link, Pager},
    path,
    words::{self, calendar::Calendar, when::When},
};
use crate::{
    credit::{CreditTypes, ledger::Entry},
    domain::EntryId,
    usecase::credit::Ledger,
};

/// The ledger of one person.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerPage {
    /// What stands, by credit type.
    pub totals: Vec<CreditTotal>,
    pub entries: Vec<CreditEntry>,
    pub pager: Pager,
}

/// What stands of one credit type.
#[derive(Clone, Debug, Serialize)]
pub struct CreditTotal {
    /// `AMA PRA Category 2 Credit`.
    pub credit: String,
    pub system: String,
    /// `14.50`.
    pub amount: String,
    /// `from 5 entries`.
    pub detail: String,
}

/// One entry of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct CreditEntry {
    pub earned: When,
    pub recorded: When,
    pub title: String,
    /// The submission's reference and page.
    pub source: Option<Link>,
    pub credit: String,
    /// `6.50`, `−6.50`.
    pub amount: String,
    pub standing: EntryStanding,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryStanding {
    Stands,
    /// Was taken back by a later entry.
    Reversed,
    /// Takes an earlier entry back.
    Reversal,
}

impl View for LedgerPage {
    const TEMPLATE: &'static str = "page/credit_list.html";
}

/// The reader's own ledger.
pub(crate) fn of(ledger: &Ledger, types: &CreditTypes, calendar: &Calendar) -> LedgerPage {
    let reversed: BTreeSet<EntryId> = ledger.entries.rows.iter().filter_map(|entry| entry.reverses).collect();
    LedgerPage {
        totals: ledger
            .totals
            .iter()
            .map(|(id, amount)| {
                let credit = types.get(id);
                CreditTotal {
                    credit: types.called(id),
                    system: credit.map(|credit| credit.owner.clone()).unwrap_or_default(),
                    amount: amount.to_string(),
                    detail: "recorded here so far".to_owned(),
                }
            })
            .collect(),
        entries: ledger.entries.rows.iter().map(|found| entry(ledger, types, found, &reversed, calendar)).collect(),
        pager: Pager {
            text: words::many(ledger.entries.rows.len(), "line"),
            previous: None,
            next: ledger.entries.next.as_ref().map(|cursor| path::with("/credits", "cursor", cursor)),
        },
    }
}

fn entry(
    ledger: &Ledger,
    types: &CreditTypes,
    entry: &Entry,
    reversed: &BTreeSet<EntryId>,
    calendar: &Calendar,
) -> CreditEntry {
    let reference = entry.submission.and_then(|submission| ledger.sources.get(&submission));
    CreditEntry {
        earned: calendar.date(entry.earned),
        recorded: calendar.day(entry.recorded_at),
        title: entry.title.clone(),
        source: reference.map(|reference| Link { label: reference.clone(), href: path::submission(reference) }),
        credit: types.called(&entry.credit),
        amount: entry.amount.to_string().replace('-', "\u{2212}"),
        standing: match (entry.reverses, reversed.contains(&entry.id)) {
            (Some(_), _) => EntryStanding::Reversal,
            (None, true) => EntryStanding::Reversed,
            (None, false) => EntryStanding::Stands,
        },
    }
}
