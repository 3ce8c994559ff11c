//! Samples of people and groups.

use super::{
    super::{Choice, Filter, GroupRow, Groups, Pager, People, PersonRow, Tone},
    tag, text, texts,
};

pub(in super::super) fn people() -> Vec<People> {
    let row = |name: &str, email: &str, parts: &[&str], standing| PersonRow {
        href: text("/people/1"),
        name: text(name),
        email: text(email),
        parts: texts(parts),
        standing,
    };
    let standings = ["All", "Active", "Invited", "Suspended", "Named only"];
    let options = standings.iter().enumerate().map(|(index, label)| Choice {
        chosen: index == 0,
        ..Choice::new(if index == 0 { "" } else { *label }, *label)
    });
    let full = People {
        search: String::new(),
        filters: vec![Filter { name: text("standing"), label: text("Standing"), options: options.collect() }],
        rows: vec![
            row(
                "Dr Amara Okafor",
                "a.okafor@example.org",
                &["Content reviewers", "Self-study assessors"],
                tag("Active", Tone::Good),
            ),
            row(
                "Priya Raman",
                "p.raman@example.org",
                &["Coordinator", "Accreditation office"],
                tag("Active", Tone::Good),
            ),
            row("Dr Kwame Boateng", "k.boateng@example.org", &["Content reviewers"], tag("Invited", Tone::Turn)),
            row("Dr Lena Fischer", "l.fischer@example.org", &[], tag("Active", Tone::Good)),
            row("Dr Colin Mbeki", "c.mbeki@example.org", &["Content reviewers"], tag("Suspended", Tone::Bad)),
        ],
        pager: Pager { text: text("5 people"), previous: None, next: None },
        invite: Some(text("/people/invite")),
    };
    vec![full.clone(), People { search: text("zz"), rows: Vec::new(), invite: None, ..full }]
}

pub(in super::super) fn groups() -> Vec<Groups> {
    let row = |name: &str, slug: &str, members: &[&str], role: &str, alarm: Option<&str>| GroupRow {
        href: format!("/groups/{slug}"),
        name: text(name),
        slug: text(slug),
        members: texts(members),
        roles: vec![text(role)],
        alarm: alarm.map(text),
    };
    vec![Groups {
        rows: vec![
            row(
                "Accreditation office",
                "accreditation-office",
                &["Priya Raman", "Marcus Hale"],
                "Screener in Accreditation of a self-produced course",
                None,
            ),
            row(
                "Content reviewers",
                "content-reviewers",
                &["Dr Amara Okafor", "Dr Tomás Rivera", "Dr Helen Vance", "Dr Sofia Lund", "Dr Paul Nwosu"],
                "Reviewer in Accreditation of a self-produced course",
                None,
            ),
            row(
                "Integrity",
                "integrity",
                &[],
                "Conflict-of-interest officer in Accreditation of a self-produced course",
                Some("Has nobody, 2 are needed: 1 submission waits"),
            ),
        ],
        add: Some(text("/groups/add")),
    }]
}
