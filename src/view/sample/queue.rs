//! Samples of the queue and of assigning.

use super::{
    super::{Assign, Candidate, Choice, Fault, Filter, Pager, Queue, QueueRow, Replaced, Tone},
    course, day, tag, text,
};

fn filter(name: &str, label: &str, options: &[&str]) -> Filter {
    let options = options.iter().enumerate().map(|(index, label)| Choice {
        chosen: index == 0,
        ..Choice::new(if index == 0 { "" } else { *label }, *label)
    });
    Filter { name: text(name), label: text(label), options: options.collect() }
}

fn row(reference: &str, title: &str, author: &str, turn: &str, (days, limit): (u32, Option<u32>)) -> QueueRow {
    let course = reference.starts_with("CA");
    QueueRow {
        reference: text(reference),
        href: format!("/submissions/{reference}"),
        title: text(title),
        author: text(author),
        workflow: text(if course { "Self-produced course" } else { "Self-study" }),
        state: if limit.is_some() { tag("In review", Tone::Moving) } else { tag("With the author", Tone::Quiet) },
        turn: text(turn),
        since: day(11, 1),
        days,
        note: limit.is_none().then(|| text("the clock stands still while the author answers")),
        limit,
        late: limit.is_some_and(|limit| days > limit),
    }
}

pub(in super::super) fn queue() -> Vec<Queue> {
    let full = Queue {
        search: String::new(),
        filters: vec![
            filter("workflow", "Workflow", &["All", "Self-produced course", "Self-study"]),
            filter("state", "State", &["Open", "Office screening", "In review", "Committee decision", "Closed"]),
            filter("turn", "Whose turn", &["Anybody", "Mine", "Nobody yet", "The author"]),
            filter("sort", "Order", &["Due first", "Oldest", "Newest", "Title"]),
        ],
        summary: text("28 open submissions, 3 of them late"),
        clear: None,
        rows: vec![
            row("CA-2026-0005", "Opioid stewardship after surgery", "Dr Samuel Osei", "Dr Colin Mbeki", (23, Some(21))),
            row(
                "CA-2026-0007",
                "Point-of-care ultrasound for rural clinicians",
                "Dr Miriam Adeyemi",
                "Dr Tomás Rivera; nobody in Integrity",
                (13, Some(21)),
            ),
            row(
                "SS-2026-0042",
                "Type 2 diabetes: what the 2026 guideline changes in family practice",
                "Dr Lena Fischer",
                "Self-study assessors",
                (5, Some(30)),
            ),
            row(
                "CA-2026-0012",
                "Depression in pregnancy: screening that leads to care",
                "Dr Ines Carvalho",
                "Accreditation office",
                (2, Some(10)),
            ),
            row(
                "SS-2026-0039",
                "Anticoagulation after a first unprovoked clot",
                "Dr Peter Brandt",
                "The author",
                (31, None),
            ),
        ],
        pager: Pager { text: text("5 of 28"), previous: None, next: Some(text("/queue?after=x")) },
    };
    let nothing = Queue {
        search: text("ultrasond"),
        summary: text("Nothing found for “ultrasond”"),
        clear: Some(text("/queue")),
        rows: Vec::new(),
        ..full.clone()
    };
    vec![full, nothing]
}

pub(in super::super) fn assign() -> Vec<Assign> {
    let candidate = |id: &str, name: &str, load: u32, load_text: &str, conflict: Option<&str>| Candidate {
        id: text(id),
        name: text(name),
        institution: Some(text("Lakeside Health")),
        load,
        load_text: text(load_text),
        conflict: conflict.map(text),
    };
    let first = Assign {
        head: course(tag("In review", Tone::Moving)),
        track: text("Content review"),
        lead: text("1 of 3 seats is taken. Two verdicts complete the review."),
        replaces: None,
        candidates: vec![
            candidate("1", "Dr Helen Vance", 0, "no open review", None),
            candidate("2", "Dr Tomás Rivera", 1, "1 open review, for 4 days", None),
            candidate("3", "Dr Sofia Lund", 3, "3 open reviews, the oldest for 12 days", None),
            candidate("4", "Dr Amara Okafor", 2, "2 open reviews", Some("reviews it already")),
            candidate(
                "5",
                "Dr Paul Nwosu",
                0,
                "no open review",
                Some("works at the author's institution, Prairie General Hospital"),
            ),
        ],
        faults: Vec::new(),
        action: text("/submissions/CA-2026-0007/tracks/content/assign"),
        version: 9,
    };
    let replaced = Assign {
        replaces: Some(Replaced { id: text("6"), name: text("Dr Colin Mbeki"), since: day(10, 30) }),
        faults: vec![Fault { href: text("#person"), message: text("Choose a reviewer") }],
        ..first.clone()
    };
    vec![first, replaced]
}
