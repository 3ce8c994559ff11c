//! A person's ledger.

use std::collections::BTreeSet;

use super::{calendar::Calendar, path, word};
use crate::{
    credit::{CreditTypes, ledger::Entry},
    domain::EntryId,
    usecase::credit::Ledger,
    view::{self, CreditEntry, CreditTotal, EntryStanding, Link, Pager},
};

/// The reader's own ledger.
pub(in crate::http) fn ledger(ledger: &Ledger, types: &CreditTypes, calendar: &Calendar) -> view::Ledger {
    let reversed: BTreeSet<EntryId> = ledger.entries.rows.iter().filter_map(|entry| entry.reverses).collect();
    view::Ledger {
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
            text: word::many(ledger.entries.rows.len(), "line"),
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
    types.get(id).map_or_else(|| word::words(id), |credit| credit.name.clone())
}
