//! Samples of what is done with versions.

use super::{
    super::{FateRow, Fault, MigrationPage, OtherwiseRow, Pager, ReplayPage},
    day,
    definition::countersign,
    fact, link, text, texts,
};

pub(in super::super) fn migrations() -> Vec<MigrationPage> {
    let fate = |reference: &str, from: &str, to: Option<&str>, notes: &[&str]| FateRow {
        reference: text(reference),
        href: format!("/s/{reference}"),
        title: text("Type 2 diabetes: what the 2026 guideline changes in family practice"),
        from: text(from),
        to: to.map(text),
        notes: texts(notes),
    };
    vec![MigrationPage {
        back: link("Recognition of documented self-study", "/workflows/self-study"),
        lead: text("All of them go over, or none does. Nothing has happened yet."),
        facts: vec![
            fact("From version", "0b7714e2c9aa"),
            fact("To version", "3f2a90c1b7de"),
            fact("Planned", "by Hannah Brandt, Sunday 22 November 2026"),
            fact("State “more info”", "becomes “evidence asked”"),
        ],
        faults: vec![Fault::new("#reason", "SS-2026-0044: the new version has no state for “overdue”.")],
        rows: vec![
            fate("SS-2026-0042", "Being assessed", Some("Being assessed"), &[]),
            fate("SS-2026-0044", "Overdue", None, &["The new version has no state for “overdue”."]),
        ],
        pager: Pager { text: text("Showing 2 submissions"), previous: None, next: Some(text("?cursor=x")) },
        run: Some(countersign("Take them over", "/workflows/self-study/migrations/1")),
    }]
}

pub(in super::super) fn replays() -> Vec<ReplayPage> {
    let back = link("Version 91c2aa04f1d0", "/workflows/self-study/versions/91c2");
    let lead = text("What people and the clock did then is done again under this version. Nothing changes.");
    let found = ReplayPage {
        back: back.clone(),
        lead: lead.clone(),
        outcome: text("1 of 215 finished submissions would have gone another way."),
        remark: Some(text("Only the last 215 finished submissions were looked at; 1 is listed.")),
        rows: vec![OtherwiseRow {
            reference: text("SS-2026-0017"),
            href: text("/s/SS-2026-0017"),
            at: day(10, 2),
            act: text("Verdict in assess"),
            then: text("recognised"),
            now: text("sampled"),
        }],
    };
    let outcome = text("All of 215 finished submissions would have gone the same way.");
    vec![found, ReplayPage { back, lead, outcome, remark: None, rows: Vec::new() }]
}
