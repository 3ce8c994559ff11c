//! Samples of the first page.

use super::{
    super::{Card, Count, Home, Start, Tone, TurnRow},
    day, steps, tag, text,
};

pub(in super::super) fn home() -> Vec<Home> {
    vec![author(), office(), nothing()]
}

fn count(number: &str, label: &str, href: &str, tone: Tone) -> Count {
    Count { number: text(number), label: text(label), href: text(href), tone }
}

fn starts() -> Vec<Start> {
    vec![
        Start {
            label: text("Start a self-study"),
            lead: text(
                "For something you studied on your own: an article, a guideline, a recorded lecture. You need notes or a certificate, and the hours.",
            ),
            action: text("/submissions?workflow=self-study"),
        },
        Start {
            label: text("Start a course"),
            lead: text(
                "For an activity you produce yourself and others attend. It must be accredited before it takes place; allow eight weeks.",
            ),
            action: text("/submissions?workflow=course-accreditation"),
        },
    ]
}

fn author() -> Home {
    let study = ["Draft", "Being assessed", "Recognised"];
    let course = ["Draft", "Office", "Review", "Committee", "Accredited"];
    Home {
        name: text("Dr Fischer"),
        turns: vec![TurnRow {
            act: text("Answer 3 requested changes"),
            reference: text("SS-2026-0042"),
            title: text("Type 2 diabetes: what the 2026 guideline changes in family practice"),
            author: None,
            href: text("/submissions/SS-2026-0042#requests"),
            since: day(11, 17),
            by: Some(super::next_year(1, 1)),
            late: false,
        }],
        more: None,
        submissions: vec![
            Card {
                reference: text("CA-2026-0011"),
                title: text("Spirometry in family practice: doing it and reading it"),
                workflow: text("Self-produced course"),
                href: text("/submissions/CA-2026-0011"),
                state: tag("With the reviewers", Tone::Moving),
                steps: steps(&course, 2),
                sentence: text(
                    "With the content reviewers since 9 November. Nothing for you to do; you hear by 30 November.",
                ),
            },
            Card {
                reference: text("SS-2026-0042"),
                title: text("Type 2 diabetes: what the 2026 guideline changes in family practice"),
                workflow: text("Self-study"),
                href: text("/submissions/SS-2026-0042"),
                state: tag("Your turn", Tone::Turn),
                steps: steps(&study, 1),
                sentence: text("Your assessor asked for three changes on 17 November. Answer them by 1 January."),
            },
            Card {
                reference: text("SS-2026-0031"),
                title: text("Statins in people over 75: a structured reading"),
                workflow: text("Self-study"),
                href: text("/submissions/SS-2026-0031"),
                state: tag("Recognised", Tone::Good),
                steps: steps(&study, 3),
                sentence: text("Recognised on 2 October with 4.50 AAFP Elective credits."),
            },
        ],
        starts: starts(),
        queue: Vec::new(),
        credits: vec![
            count("14.50", "AAFP Elective", "/credits", Tone::Quiet),
            count("6.00", "AMA PRA Category 1", "/credits", Tone::Quiet),
        ],
    }
}

fn office() -> Home {
    let turn = |act: &str, reference: &str, title: &str, author: &str, since, by, late| TurnRow {
        act: text(act),
        reference: text(reference),
        title: text(title),
        author: Some(text(author)),
        href: format!("/submissions/{reference}"),
        since,
        by,
        late,
    };
    Home {
        name: text("Priya"),
        turns: vec![
            turn(
                "Replace a silent reviewer",
                "CA-2026-0005",
                "Opioid stewardship after surgery",
                "Dr Samuel Osei",
                day(10, 30),
                Some(day(11, 20)),
                true,
            ),
            turn(
                "Assign two content reviewers",
                "CA-2026-0007",
                "Point-of-care ultrasound for rural clinicians",
                "Dr Miriam Adeyemi",
                day(11, 16),
                Some(day(11, 25)),
                false,
            ),
            turn(
                "Check for completeness",
                "CA-2026-0012",
                "Depression in pregnancy: screening that leads to care",
                "Dr Ines Carvalho",
                day(11, 20),
                Some(day(12, 4)),
                false,
            ),
        ],
        more: Some(text("/queue?turn=mine")),
        submissions: Vec::new(),
        starts: Vec::new(),
        queue: vec![
            count("28", "open", "/queue", Tone::Quiet),
            count("3", "late", "/queue?overdue=yes", Tone::Bad),
            count("4", "without a reviewer", "/queue?unassigned=yes", Tone::Turn),
            count("6", "waiting for the author", "/queue?holder=author", Tone::Quiet),
        ],
        credits: Vec::new(),
    }
}

fn nothing() -> Home {
    Home {
        name: text("Dr Brandt"),
        turns: Vec::new(),
        more: None,
        submissions: Vec::new(),
        starts: starts(),
        queue: Vec::new(),
        credits: Vec::new(),
    }
}
