//! Samples of what can go wrong.

use super::{
    super::{Again, Changed, ErrorPage, Filled},
    fact, link, text, texts,
};

fn page(status: u16, heading: &str, lead: &str, advice: &[&str]) -> ErrorPage {
    ErrorPage {
        status,
        heading: text(heading),
        lead: text(lead),
        advice: texts(advice),
        typed: Vec::new(),
        again: None,
        changed: Vec::new(),
        id: None,
        links: vec![link("Your turn", "/")],
    }
}

fn again() -> Again {
    let fields = vec![Filled { name: text("title"), value: text("Sepsis 2026") }];
    Again { action: text("/s/SS-2026-0042/form/study"), fields }
}

pub(in super::super) fn error() -> Vec<ErrorPage> {
    vec![
        page(
            403,
            "This is not yours to do",
            "You can see this submission, and this step belongs to somebody else.",
            &["If you think it should be yours, ask the coordinator to assign it to you."],
        ),
        page(
            404,
            "There is nothing here",
            "The address is wrong, or what was here is not for you to see.",
            &[
                "Check the reference, for example SS-2026-0042.",
                "If a letter brought you here, sign in as the person it was written to.",
            ],
        ),
        ErrorPage {
            typed: vec![fact(
                "What you learned and will change",
                "I will start SGLT2 inhibitors earlier in patients with albuminuria.",
            )],
            changed: vec![Changed { label: text("Hours claimed"), yours: text("6.50"), now: text("7.00") }],
            links: vec![link("Open what stands now", "/submissions/SS-2026-0042/form/study")],
            ..page(
                409,
                "This changed while you were typing",
                "Another tab, or somebody else, saved it at 14:05. Nothing of yours was saved over it.",
                &["Look at what changed, then enter yours again where you still want it."],
            )
        },
        page(
            413,
            "The file is too large",
            "This file has more than 50 MB, which is the most this question takes.",
            &["Export it with smaller pictures, or split it and upload the parts."],
        ),
        page(
            422,
            "This cannot be done now",
            "The course begins on 20 November 2026. A live course cannot be accredited after it began.",
            &["Return it to the author, who can choose a later date."],
        ),
        page(
            429,
            "Too many attempts",
            "Somebody tried to sign in to this account too often.",
            &["Wait 15 minutes, then try again.", "If it was not you, tell the office."],
        ),
        ErrorPage {
            id: Some(text("0193f2c4-7a1e")),
            ..page(
                500,
                "This is our fault",
                "Something went wrong on the server. Nothing was saved half.",
                &["Try again in a minute."],
            )
        },
        ErrorPage {
            typed: vec![fact("Title", "Sepsis 2026")],
            again: Some(again()),
            ..page(
                503,
                "Back in a moment",
                "The server is starting or stopping.",
                &["Try again in a minute; nothing you had saved is lost."],
            )
        },
    ]
}
