//! Samples of one submission, and the answers that other samples show.

use super::{
    super::{
        Act, Decision, Dossier, History, HistoryEntry, Pager, Request, Requests, Sent, ShownSeat, ShownTrack, Status,
        Tag, Task, Tone, Turn,
    },
    answer, arithmetic, at, button, course, day, fact, link, next_year, steps, study, tag, text, texts, turn,
    workflow::drawing,
};

fn act(label: &str, href: &str, tone: Tone) -> Act {
    Act { label: text(label), href: text(href), tone, refusal: None }
}

fn refused(label: &str, refusal: &str) -> Act {
    Act { refusal: Some(text(refusal)), ..act(label, "#", Tone::Quiet) }
}

pub(super) fn requests() -> Vec<Request> {
    let request = |number, about: &str, asked: &str| Request {
        number,
        about: text(about),
        text: text(asked),
        by: text("Your assessor"),
        at: at(11, 17, 16, 20),
        change: Some(text("/submissions/SS-2026-0042/form/study#reflection")),
        resolution: None,
        resolve: Some(text("/submissions/SS-2026-0042/requests/1")),
        fault: None,
        note: String::new(),
    };
    vec![
        Request {
            resolution: Some(text("Changed: corrected to 6.50; the log now shows the hours day by day.")),
            resolve: None,
            change: None,
            ..request(1, "Hours claimed", "The log adds up to 6.5 hours, the form says 7. Which is right?")
        },
        request(2, "What you learned and will change", "Say how you will know that the change reached your patients."),
        Request {
            fault: Some(text("Say why you leave it as it is")),
            ..request(3, "notes-page-3.jpg", "The lower half is out of focus. Please photograph it again, or scan it.")
        },
    ]
}

/// The way of a self-study.
const STUDY: [&str; 3] = ["Draft", "Being assessed", "Recognised"];

pub(in super::super) fn status() -> Vec<Status> {
    vec![draft(), sent(), asked(), recognised(), rejected()]
}

fn task(title: &str, state: Tag) -> Task {
    Task { title: text(title), href: text("/submissions/SS-2026-0042/form/study"), state }
}

fn sent() -> Status {
    Status {
        head: study(tag("With an assessor", Tone::Moving)),
        sent: Some(Sent {
            heading: text("Sent for assessment"),
            next: texts(&[
                "An assessor reads it, usually within 30 days.",
                "If something is missing, you are asked for it here and by letter.",
                "When it is recognised, the credit stands on your credit page at once.",
            ]),
            contact: Some(text("Questions? office@psafm.example, with your reference.")),
        }),
        sentence: text("With an assessor. Nothing for you to do."),
        turn: Some(turn(
            "The self-study assessors",
            day(11, 22),
            Some(day(12, 22)),
            "They recognise it, ask you for more, or say why not.",
        )),
        steps: steps(&STUDY, 1),
        tasks: Vec::new(),
        check: None,
        requests: None,
        decision: None,
        acts: vec![act("Withdraw", "/submissions/SS-2026-0042/transitions/withdraw", Tone::Bad)],
        sections: answer::study(),
        arithmetic: None,
        history: link("History of this submission", "/submissions/SS-2026-0042/history"),
        drawing: drawing(),
    }
}

fn draft() -> Status {
    Status {
        head: study(tag("Draft", Tone::Turn)),
        sent: None,
        sentence: text("A draft. Only you can see it. Fill it in over as many days as you like."),
        turn: Some(turn("You", day(11, 10), None, "Fill in what is open, check your answers, send it.")),
        steps: steps(&STUDY, 0),
        tasks: vec![
            task("What you studied", tag("Completed", Tone::Quiet)),
            task("Evidence", tag("Incomplete", Tone::Turn)),
        ],
        check: Some(act("Check your answers", "/submissions/SS-2026-0042/check", Tone::Good)),
        sections: Vec::new(),
        ..sent()
    }
}

fn asked() -> Status {
    Status {
        head: study(tag("Your turn", Tone::Turn)),
        sent: None,
        sentence: text("Your assessor asked for three changes. Answer each of them, then send it again."),
        turn: Some(turn(
            "You",
            day(11, 17),
            Some(next_year(1, 1)),
            "When you have sent it again, the same assessor reads what changed. Without an answer by that day it lapses.",
        )),
        tasks: vec![
            task("What you studied", tag("1 change asked", Tone::Turn)),
            task("Evidence", tag("1 change asked", Tone::Turn)),
        ],
        check: Some(refused(
            "Send again",
            "Two requested changes have no answer yet. Answer them above, then send it again.",
        )),
        requests: Some(Requests { answered: 1, requests: requests(), version: 12 }),
        sections: Vec::new(),
        ..sent()
    }
}

fn recognised() -> Status {
    Status {
        head: study(tag("Recognised", Tone::Good)),
        sent: None,
        sentence: text("Recognised. Nothing more for you to do."),
        turn: None,
        steps: steps(&STUDY, 3),
        decision: Some(Decision {
            outcome: text("Recognised"),
            tone: Tone::Good,
            at: at(11, 21, 10, 2),
            reason: Some(text("A clear reading log, and a change that can be measured.")),
            facts: vec![fact("Credit", "6.50 AAFP Elective"), fact("Earned on", "8 November 2026")],
            links: vec![link("Your credit", "/credits")],
        }),
        acts: Vec::new(),
        ..sent()
    }
}

fn rejected() -> Status {
    Status {
        head: super::super::Head { author: None, ..course(tag("Not accredited", Tone::Bad)) },
        sent: None,
        sentence: text("Not accredited. You can appeal by 22 December."),
        turn: Some(turn(
            "You",
            day(11, 20),
            Some(day(12, 20)),
            "You can appeal once; three people who have not seen it decide. Without an appeal the decision is final.",
        )),
        steps: steps(&["Draft", "Office", "Review", "Committee", "Accredited"], 3),
        decision: Some(Decision {
            outcome: text("Not accredited"),
            tone: Tone::Bad,
            at: at(11, 20, 14, 30),
            reason: Some(text(
                "The hands-on part uses one manufacturer's device throughout, and the speaker's relationship with it was not mitigated before the role began.\nThe practice gap is well argued; with a second device and a new speaker the committee would gladly see it again.",
            )),
            facts: Vec::new(),
            links: Vec::new(),
        }),
        acts: vec![act("Appeal", "/submissions/CA-2026-0007/transitions/appeal", Tone::Good)],
        sections: answer::course(),
        arithmetic: Some(arithmetic()),
        ..sent()
    }
}

fn seats() -> Vec<ShownTrack> {
    let seat = |name: &str, state, note: Option<&str>| ShownSeat {
        name: text(name),
        since: day(11, 9),
        state,
        note: note.map(text),
        rubric: if note.is_some() {
            vec![fact("The gap is shown by data", "Yes"), fact("Objectives can be measured", "Fully")]
        } else {
            Vec::new()
        },
        replace: note.is_none().then(|| link("Replace", "/submissions/CA-2026-0007/tracks/content/assign?replaces=4")),
    };
    vec![
        ShownTrack {
            title: text("Content review"),
            progress: text("1 of 2 verdicts"),
            sealed: Some(text("The reviewers do not see each other's verdicts until both are in.")),
            seats: vec![
                seat(
                    "Dr Amara Okafor",
                    tag("Approve", Tone::Good),
                    Some("Strong gap, honest objectives. I would trim the physics."),
                ),
                seat("Dr Tomás Rivera", tag("Reading", Tone::Moving), None),
            ],
            assign: Some(link("Assign a third reviewer", "/submissions/CA-2026-0007/tracks/content/assign")),
        },
        ShownTrack {
            title: text("Conflicts of interest"),
            progress: text("no verdict yet"),
            sealed: None,
            seats: Vec::new(),
            assign: Some(link("Assign an officer", "/submissions/CA-2026-0007/tracks/interest/assign")),
        },
    ]
}

pub(in super::super) fn dossier() -> Vec<Dossier> {
    let coordinator = Dossier {
        head: course(tag("Peer and conflict-of-interest review", Tone::Moving)),
        turn: Some(Turn {
            late: true,
            ..turn(
                "Dr Tomás Rivera and nobody in Integrity",
                day(10, 30),
                Some(day(11, 20)),
                "When both reviews are complete it goes to the committee by itself.",
            )
        }),
        facts: vec![
            fact("Sent", "28 October 2026"),
            fact("Days here", "23 of 21"),
            fact("Round", "1 of 2"),
            fact("Institution", "Prairie General Hospital"),
            fact("Takes place", "20 February 2027"),
        ],
        alarms: vec![text(
            "The group Integrity has no active member who may review this. It waits until there is one; nothing is skipped. Add somebody under Groups.",
        )],
        acts: Vec::new(),
        buttons: vec![button("Remind Dr Tomás Rivera", "/submissions/CA-2026-0007/remind", Tone::Quiet)],
        tracks: seats(),
        requests: Vec::new(),
        sections: answer::course(),
        arithmetic: Some(arithmetic()),
        history: Some(link("Full history", "/submissions/CA-2026-0007/history")),
        drawing: drawing(),
        faults: Vec::new(),
    };
    let chair = Dossier {
        head: course(tag("Committee decision", Tone::Turn)),
        turn: Some(turn(
            "You",
            day(11, 18),
            Some(next_year(1, 17)),
            "You decide for the committee; the author hears at once.",
        )),
        alarms: Vec::new(),
        acts: vec![
            act("Accredit", "/submissions/CA-2026-0007/transitions/approve", Tone::Good),
            act("Ask for changes", "/submissions/CA-2026-0007/transitions/ask-changes", Tone::Quiet),
            act("Do not accredit", "/submissions/CA-2026-0007/transitions/reject", Tone::Bad),
            refused("Send back as incomplete", "It has been sent back twice, which is the most the rules allow."),
        ],
        buttons: Vec::new(),
        ..coordinator.clone()
    };
    vec![coordinator, chair]
}

pub(in super::super) fn history() -> Vec<History> {
    let entry = |sequence, at, who: &str, what: &str, note: Option<&str>, tone| HistoryEntry {
        sequence,
        at,
        who: text(who),
        what: text(what),
        note: note.map(text),
        tone,
    };
    vec![History {
        head: course(tag("Peer and conflict-of-interest review", Tone::Moving)),
        entries: vec![
            entry(
                12,
                at(11, 21, 9, 0),
                "The clock",
                "reminded those whose turn it is: Dr Tomás Rivera",
                None,
                Tone::Quiet,
            ),
            entry(
                11,
                at(11, 19, 20, 41),
                "Dr Amara Okafor",
                "approved it in the content review",
                Some("Strong gap, honest objectives. I would trim the physics."),
                Tone::Good,
            ),
            entry(
                10,
                at(11, 10, 8, 15),
                "Dr Colin Mbeki",
                "declared a conflict of interest and is out: teaches with the author",
                None,
                Tone::Bad,
            ),
            entry(
                9,
                at(11, 9, 11, 2),
                "Priya Raman",
                "assigned Dr Tomás Rivera to the content review",
                None,
                Tone::Moving,
            ),
            entry(6, at(11, 9, 10, 58), "Priya Raman", "found it complete and sent it to review", None, Tone::Moving),
            entry(3, at(11, 2, 17, 33), "Dr Miriam Adeyemi", "sent it again", None, Tone::Moving),
            entry(
                2,
                at(10, 30, 9, 12),
                "Priya Raman",
                "returned it as incomplete",
                Some("The disclosure of Dr Lindqvist is missing."),
                Tone::Turn,
            ),
            entry(1, at(10, 28, 21, 5), "Dr Miriam Adeyemi", "sent it to the office", None, Tone::Moving),
        ],
        pager: Pager { text: text("12 entries"), previous: None, next: None },
    }]
}
