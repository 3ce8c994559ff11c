//! Samples of letters.

use super::{
    super::{
        About, AlarmLetter, Attention, DecisionLetter, DisprovedLetter, Envelope, FaultyLetter, InvitationLetter,
        PasswordLetter, ProgressLetter, ReminderLetter, ReturnedLetter, ShortageLetter, StuckLetter, TurnLetter, When,
    },
    day, fact, next_year, text, texts,
};

fn envelope(attention: Attention) -> Envelope {
    Envelope {
        name: text("Dr Lena Fischer"),
        organisation: text("Prairie States Academy of Family Medicine"),
        attention,
        href: text("https://imprimatur.example/submissions/SS-2026-0042"),
    }
}

fn yours(by: Option<When>) -> Envelope {
    envelope(Attention::Yours { by })
}

fn about() -> About {
    About { reference: text("SS-2026-0042"), title: text("Type 2 diabetes & kidneys: what <6.5 % means") }
}

pub(in super::super) fn turn() -> Vec<TurnLetter> {
    [Some(day(12, 22)), None]
        .map(|by| TurnLetter { envelope: yours(by), about: about(), act: text("assess this self-study") })
        .into()
}

pub(in super::super) fn reminder() -> Vec<ReminderLetter> {
    [false, true]
        .map(|late| ReminderLetter {
            envelope: yours(Some(day(11, 24))),
            about: about(),
            act: text("assess this self-study"),
            since: day(10, 23),
            late,
        })
        .into()
}

pub(in super::super) fn progress() -> Vec<ProgressLetter> {
    vec![ProgressLetter {
        envelope: envelope(Attention::Nobody),
        about: about(),
        sentence: text("With an assessor. Nothing for you to do."),
    }]
}

pub(in super::super) fn decision() -> Vec<DecisionLetter> {
    vec![
        DecisionLetter {
            envelope: envelope(Attention::Nobody),
            about: about(),
            outcome: text("Recognised"),
            reason: Some(text("A clear reading log, and a change that can be measured.")),
            facts: vec![fact("Credit", "6.50 AAFP Elective"), fact("Earned on", "8 November 2026")],
        },
        DecisionLetter {
            envelope: yours(Some(day(12, 20))),
            about: about(),
            outcome: text("Not recognised"),
            reason: None,
            facts: Vec::new(),
        },
    ]
}

pub(in super::super) fn returned() -> Vec<ReturnedLetter> {
    vec![ReturnedLetter {
        envelope: yours(Some(next_year(1, 1))),
        about: about(),
        reason: Some(text("Nearly there.")),
        requests: vec![
            fact("Hours claimed", "The log adds up to 6.5 hours, the form says 7. Which is right?"),
            fact("notes-page-3.jpg", "The lower half is out of focus."),
        ],
    }]
}

pub(in super::super) fn alarm() -> Vec<AlarmLetter> {
    vec![AlarmLetter {
        envelope: yours(None),
        about: about(),
        alarm: text("The group Integrity has no active member."),
    }]
}

pub(in super::super) fn shortage() -> Vec<ShortageLetter> {
    vec![ShortageLetter {
        envelope: yours(None),
        workflow: text("Recognition of documented self-study"),
        role: text("assessor"),
        group: text("self-study-assessors"),
        members: 1,
        needed: 2,
    }]
}

pub(in super::super) fn disproved() -> Vec<DisprovedLetter> {
    vec![DisprovedLetter {
        envelope: yours(None),
        workflow: text("self-study"),
        version: text("71a5cd0b7356"),
        findings: texts(&["Line 84: the state 'overdue' can wait for ever, as nobody may act in it."]),
    }]
}

pub(in super::super) fn faulty() -> Vec<FaultyLetter> {
    [1, 21]
        .map(|count| FaultyLetter {
            envelope: yours(None),
            documents: texts(&["“certificate.pdf” of SS-2026-0042 has other bytes than were uploaded"]),
            count,
        })
        .into()
}

pub(in super::super) fn stuck() -> Vec<StuckLetter> {
    vec![StuckLetter { envelope: yours(None), about: about(), attempts: 12 }]
}

pub(in super::super) fn invitation() -> Vec<InvitationLetter> {
    [&["Content reviewers"][..], &[]]
        .map(|parts| InvitationLetter {
            envelope: yours(Some(day(11, 29))),
            inviter: text("Grace Oyelaran"),
            parts: texts(parts),
            until: day(11, 29),
        })
        .into()
}

pub(in super::super) fn password() -> Vec<PasswordLetter> {
    vec![PasswordLetter { envelope: yours(Some(day(11, 29))), until: day(11, 29) }]
}
