//! Samples of reviewing.

use super::{
    super::{Choice, Control, Fault, Field, Judging, Opinion, Review, ReviewStage, Shown, Tone},
    answer, arithmetic, at, button, course, day, fact, link, study, submission, tag, text, turn,
};

pub(in super::super) fn review() -> Vec<Review> {
    vec![declare(), judge(), again(), given()]
}

fn empty() -> Review {
    Review {
        head: course(tag("Content review", Tone::Turn)),
        track: text("Content review"),
        turn: Some(turn(
            "You",
            day(11, 16),
            Some(day(12, 7)),
            "Your verdict and one more complete this review; then the committee decides.",
        )),
        sections: answer::course(),
        arithmetic: Some(arithmetic()),
        changes: Vec::new(),
        earlier: Vec::new(),
        requests: Vec::new(),
        stage: ReviewStage::Closed { reason: text("Enough verdicts are in. Thank you: nothing more for you to do.") },
        conflict: Some(link("I have a conflict of interest", "/submissions/CA-2026-0007/recuse")),
        release: Some(button("Give it back", "/submissions/CA-2026-0007/tracks/content/release", Tone::Quiet)),
        skip: Some(link("Skip to the next", "/s/SS-2026-0042/review/assess")),
    }
}

fn declare() -> Review {
    Review {
        stage: ReviewStage::Declare {
            statement: text(
                "I did not write, plan or pay for this. I do not work with the author or at the same institution, and neither I nor my family had a financial relationship in the last 24 months with a company whose products it is about.",
            ),
            facts: vec![
                fact("Title", "Point-of-care ultrasound for rural clinicians"),
                fact("Author", "Dr Miriam Adeyemi, Prairie General Hospital"),
                fact("Faculty", "Dr Miriam Adeyemi, Dr Jonas Lindqvist"),
                fact("Commercial support", "None"),
            ],
            button: button("No conflict: open it", "/submissions/CA-2026-0007/tracks/content/claim", Tone::Good),
        },
        sections: Vec::new(),
        arithmetic: None,
        ..empty()
    }
}

fn rubric() -> Vec<Field> {
    let options = || vec![Choice::new("fully", "Fully"), Choice::new("partly", "Partly"), Choice::new("no", "No")];
    vec![
        Field::new(
            "rubric/hours_plausible",
            "The evidence carries the hours claimed",
            Control::Choice { options: options() },
        ),
        Field::new("rubric/professional", "It serves professional practice", Control::YesNo { value: None }),
        Field::new(
            "rubric/remarks",
            "Remarks for the office only",
            Control::LongText { value: String::new(), rows: 3 },
        )
        .optional(),
    ]
}

fn judge_stage(faults: Vec<Fault>, verdict_fault: Option<&str>) -> ReviewStage {
    let about = |chosen: &str| {
        [
            ("", "Choose"),
            ("question:hours", "Hours claimed"),
            ("question:reflection", "What you learned and will change"),
            ("document:0193-a1", "notes-page-3.jpg"),
        ]
        .iter()
        .map(|(id, label)| Choice { chosen: *id == chosen, ..Choice::new(*id, *label) })
        .collect()
    };
    let row = vec![
        Field::new("requests/0/about", "About", Control::Select { options: about("question:reflection") }),
        Field::new(
            "requests/0/text",
            "What is to change, and why",
            Control::LongText { value: text("Say how you will know that the change reached your patients."), rows: 3 },
        ),
    ];
    let verdict = |id: &str, label: &str, hint: &str| Choice { hint: Some(text(hint)), ..Choice::new(id, label) };
    ReviewStage::Judge(Box::new(Judging {
        faults,
        rubric: rubric(),
        requests: Some(
            Field::new(
                "requests",
                "Changes you ask for",
                Control::Table { row: text("request"), rows: vec![row], more: true, sum: None },
            )
            .hint("The author answers each of them separately.")
            .optional(),
        ),
        verdicts: vec![
            verdict("approve", "Approve", "Good as it is."),
            verdict("revise", "Ask for changes", "The author answers the requests above and sends it again to you."),
            verdict("reject", "Reject", "Changes would not help. Say why in your note."),
        ],
        verdict_fault: verdict_fault.map(text),
        note: Field::new("note", "Your note to the author", Control::LongText { value: String::new(), rows: 4 })
            .optional(),
        action: text("/submissions/SS-2026-0042/tracks/assess/judge"),
        version: 12,
    }))
}

fn judge() -> Review {
    let message = "Choose a verdict";
    Review {
        head: super::super::Head { author: Some(text("Dr Lena Fischer")), ..study(tag("Being assessed", Tone::Turn)) },
        track: text("Assessment"),
        turn: Some(turn("You", day(11, 22), Some(day(12, 22)), "If you approve, the credit is recorded at once.")),
        sections: answer::study(),
        arithmetic: None,
        stage: judge_stage(vec![Fault { href: text("#verdict"), message: text(message) }], Some(message)),
        ..empty()
    }
}

fn again() -> Review {
    let mut sections = answer::study();
    for answer in sections.iter_mut().flat_map(|section| &mut section.answers) {
        match answer.question.as_str() {
            "hours" => answer.before = Some(text("7.00")),
            "evidence" => {
                if let Shown::Files { files } = &mut answer.value {
                    for file in files.iter_mut().skip(1) {
                        file.changed = Some(text("New since your review"));
                    }
                }
            }
            _ => {}
        }
    }
    Review {
        changes: vec![
            link("Hours claimed", "#answer-hours"),
            link("Certificate, log or notes: 1 new file", "#answer-evidence"),
        ],
        requests: submission::requests()
            .into_iter()
            .map(|request| super::super::Request { change: None, resolve: None, ..request })
            .collect(),
        earlier: vec![Opinion {
            verdict: tag("Ask for changes", Tone::Turn),
            at: at(11, 17, 16, 20),
            note: Some(text("Nearly there.")),
            rubric: vec![fact("The evidence carries the hours claimed", "Partly")],
        }],
        sections,
        stage: judge_stage(Vec::new(), None),
        ..judge()
    }
}

fn given() -> Review {
    Review {
        turn: Some(turn(
            "One more content reviewer",
            day(11, 16),
            Some(day(12, 7)),
            "With that verdict the review is complete.",
        )),
        stage: ReviewStage::Given {
            opinion: Opinion {
                verdict: tag("Approve", Tone::Good),
                at: at(11, 19, 20, 41),
                note: Some(text("Strong gap, honest objectives. I would trim the physics.")),
                rubric: vec![fact("The gap is shown by data", "Yes"), fact("Objectives can be measured", "Fully")],
            },
        },
        release: None,
        ..empty()
    }
}
