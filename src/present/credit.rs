//! A person's ledger.

use std::collections::BTreeSet;

use super::{
    part::{self, CreditEntry, CreditTotal, EntryStanding, Link, Pager},
    path,
    words::{self, calendar::Calendar},
};
use crate::{credit::CreditTypes, domain::EntryId, store::Entry, usecase::credit::Ledger};

/// The reader's own ledger.
pub(crate) fn ledger(ledger: &Ledger, types: &CreditTypes, calendar: &Calendar) -> part::Ledger {
    let reversed: BTreeSet<EntryId> = ledger.entries.rows.iter().filter_map(|entry| entry.reverses).collect();
    part::Ledger {
        person: None,
        totals: ledger
            .totals
            .iter()
            .map(|(id, amount)| {
                let credit = types.get(id);
                CreditTotal {
                    credit: name(types, id),
                    system: credit.map(|credit| credit.owner.clone()).unwrap_or_default(),
                    amount: amount.to_string(),
                    detail: "recorded here so far".to_owned(),
                }
            })
            .collect(),
        entries: ledger.entries.rows.iter().map(|found| entry(ledger, types, (found, &reversed), calendar)).collect(),
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
    (entry, reversed): (&Entry, &BTreeSet<EntryId>),
    calendar: &Calendar,
) -> CreditEntry {
    let reference = entry.submission.and_then(|submission| ledger.sources.get(&submission));
    CreditEntry {
        earned: calendar.date(entry.earned),
        recorded: calendar.day(entry.recorded_at),
        title: entry.title.clone(),
        source: reference.map(|reference| Link { label: reference.clone(), href: path::submission(reference) }),
        credit: name(types, &entry.credit),
        amount: entry.amount.to_string().replace('-', "\u{2212}"),
        standing: match (entry.reverses, reversed.contains(&entry.id)) {
            (Some(_), _) => EntryStanding::Reversal,
            (None, true) => EntryStanding::Reversed,
            (None, false) => EntryStanding::Stands,
        },
    }
}

fn name(types: &CreditTypes, id: &str) -> String {
    types.get(id).map_or_else(|| words::words(id), |credit| credit.name.clone())
}
