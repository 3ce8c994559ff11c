//! Samples of a ledger.

use super::{
    super::{CreditEntry, CreditTotal, EntryStanding, Ledger, Pager},
    at, day, link, text,
};

pub(in super::super) fn ledger() -> Vec<Ledger> {
    let total = |credit: &str, system: &str, amount: &str, detail: &str| CreditTotal {
        credit: text(credit),
        system: text(system),
        amount: text(amount),
        detail: text(detail),
    };
    vec![
        Ledger {
            person: None,
            totals: vec![
                total("AAFP Elective", "American Academy of Family Physicians", "14.50", "from 3 entries"),
                total("AMA PRA Category 1", "American Medical Association", "6.00", "from 1 entry"),
            ],
            entries: entries(),
            pager: Pager { text: text("5 entries"), previous: None, next: None },
        },
        Ledger {
            person: Some(text("Dr Peter Brandt")),
            totals: Vec::new(),
            entries: Vec::new(),
            pager: Pager::default(),
        },
    ]
}

fn entries() -> Vec<CreditEntry> {
    let entry = |month, date, title: &str, reference: &str, credit: &str, amount: &str, standing| CreditEntry {
        earned: day(month, date),
        recorded: at(month, date, 10, 2),
        title: text(title),
        source: Some(link(reference, "/submissions/x")),
        credit: text(credit),
        amount: text(amount),
        standing,
    };
    vec![
        entry(
            11,
            8,
            "Type 2 diabetes: what the 2026 guideline changes in family practice",
            "SS-2026-0042",
            "AAFP Elective",
            "6.50",
            EntryStanding::Stands,
        ),
        entry(
            10,
            30,
            "Reversal: hours counted twice",
            "SS-2026-0029",
            "AAFP Elective",
            "−2.00",
            EntryStanding::Reversal,
        ),
        entry(
            10,
            2,
            "Statins in people over 75: a structured reading",
            "SS-2026-0031",
            "AAFP Elective",
            "4.50",
            EntryStanding::Stands,
        ),
        entry(
            9,
            12,
            "Statins in people over 75 (first version)",
            "SS-2026-0029",
            "AAFP Elective",
            "2.00",
            EntryStanding::Reversed,
        ),
        entry(
            6,
            20,
            "Taught: Spirometry, three hours presented for the first time",
            "CA-2026-0002",
            "AMA PRA Category 1",
            "6.00",
            EntryStanding::Stands,
        ),
    ]
}
