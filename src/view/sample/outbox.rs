//! Samples of the demo's outbox.

use super::{
    super::{LetterRow, Outbox, Pager, ShownLetter},
    at, link, text,
};

pub(in super::super) fn outbox() -> Vec<Outbox> {
    let row = |to: &str, subject: &str, first_line: &str, at| LetterRow {
        href: text("/outbox/1"),
        to: text(to),
        subject: text(subject),
        first_line: text(first_line),
        at,
    };
    vec![
        Outbox {
            rows: vec![
                row(
                    "Dr Lena Fischer",
                    "SS-2026-0042: Type 2 diabetes: what the 2026 guideline changes",
                    "Your attention is needed, by Friday 1 January 2027.",
                    at(11, 17, 16, 20),
                ),
                row(
                    "Dr Tomás Rivera",
                    "CA-2026-0007: Point-of-care ultrasound for rural clinicians",
                    "Your attention is needed, by Monday 30 November 2026.",
                    at(11, 16, 9, 0),
                ),
                row(
                    "Dr Miriam Adeyemi",
                    "CA-2026-0007: Point-of-care ultrasound for rural clinicians",
                    "Nothing for you to do.",
                    at(11, 9, 10, 58),
                ),
            ],
            pager: Pager { text: text("3 letters"), previous: None, next: None },
        },
        Outbox { rows: Vec::new(), pager: Pager::default() },
    ]
}

pub(in super::super) fn letter() -> Vec<ShownLetter> {
    vec![ShownLetter {
        to: text("Dr Lena Fischer <l.fischer@example.org>"),
        from: text("Prairie States Academy of Family Medicine <office@psafm.example>"),
        subject: text("SS-2026-0042: Type 2 diabetes: what the 2026 guideline changes in family practice"),
        at: at(11, 17, 16, 20),
        text: text(
            "Your attention is needed, by Friday 1 January 2027.\n\nDr Lena Fischer,\n\nChanges are asked before it can go on.\n\n1. What you learned and will change\n   Say how you will know that the change reached your patients.\n\nhttps://imprimatur.example/submissions/SS-2026-0042",
        ),
        links: vec![link("Open SS-2026-0042", "/submissions/SS-2026-0042")],
    }]
}
