//! Made by hand: what only a server in trouble answers and writes.

use imprimatur::present::{
    Letter, Views, Written,
    envelope::{Attention, Envelope},
    error::{ErrorPage, Kept},
    layout::Layout,
    letter::{
        About,
        alarm::{DisprovedLetter, FaultyLetter, ShortageLetter, StuckLetter},
        news::AlarmLetter,
        reset::ResetLetter,
    },
    part::{Fact, Link},
    words::when::When,
};
use jiff::civil::date;

use super::{demo::NOBODY, page::Page};

fn error(status: u16, heading: &str) -> ErrorPage {
    ErrorPage {
        status,
        heading: heading.to_owned(),
        lead: "Something went wrong on the server. Nothing was saved half.".to_owned(),
        advice: vec!["Try again in a minute.".to_owned()],
        typed: Vec::new(),
        again: None,
        changed: Vec::new(),
        id: None,
        links: vec![Link::new("Home", "/")],
    }
}

/// A fault of ours, and a server that is busy and gives back what was typed.
pub(super) fn pages(views: &Views) -> Vec<(&'static str, Page)> {
    let fields = [("version", "7"), ("title", "Sepsis 2026")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fault = ErrorPage { id: Some("0193f2c4-7a1e".to_owned()), ..error(500, "Something went wrong on our side") };
    let busy = ErrorPage {
        typed: vec![Fact::new("Title", "Sepsis 2026")],
        again: Some(Kept { action: "/s/SS-2026-0042/form/study".to_owned(), fields: fields.into() }),
        ..error(503, "This does not work for the moment")
    };
    let shown = |what: &'static str, page: ErrorPage| {
        let (status, title) = (page.status, page.heading.clone());
        let html = views.page(Layout { title, error: true, ..Layout::default() }, page).unwrap();
        (what, Page::new(NOBODY, "/", status, html))
    };
    vec![shown("a fault of ours", fault), shown("a busy server", busy)]
}

/// Letters of alarm, and to somebody who forgot their password, as nobody does in the demo.
pub(super) fn letters(views: &Views) -> Vec<(&'static str, Written)> {
    let envelope = Envelope {
        subject: "SS-2026-0042".to_owned(),
        name: "Ruth Lindqvist".to_owned(),
        organisation: "Prairie States Academy".to_owned(),
        attention: Attention::Yours { by: None },
        href: "https://imprimatur.example/s/SS-2026-0042".to_owned(),
    };
    let about = || About {
        reference: "SS-2026-0042".to_owned(),
        title: "Type 2 diabetes & kidneys: what <6.5 % means".to_owned(),
    };
    let alarm = "The group Integrity has no active member.".to_owned();
    let shortage = ShortageLetter {
        workflow: "Recognition of documented self-study".to_owned(),
        role: "assessor".to_owned(),
        group: "self-study-assessors".to_owned(),
        members: 1,
        needed: 2,
    };
    let disproved = DisprovedLetter {
        workflow: "self-study".to_owned(),
        version: "71a5cd0b7356".to_owned(),
        findings: vec!["Line 84: the state 'overdue' can wait for ever, as nobody may act in it.".to_owned()],
    };
    let faulty = FaultyLetter {
        documents: vec!["“certificate.pdf” of SS-2026-0042 has other bytes than were uploaded".to_owned()],
        count: 21,
    };
    let until = When::date(date(2027, 3, 9), date(2027, 3, 9));
    vec![
        written(views, &envelope, &AlarmLetter { about: about(), alarm }),
        written(
            views,
            &envelope,
            &StuckLetter {
                about: about(),
                attempts: 12,
                remedy: "Once that is set right, it is tried anew.".to_owned(),
            },
        ),
        written(views, &envelope, &shortage),
        written(views, &envelope, &disproved),
        written(views, &envelope, &faulty),
        written(views, &envelope, &ResetLetter { until }),
    ]
}

fn written<L: Letter>(views: &Views, envelope: &Envelope, letter: &L) -> (&'static str, Written) {
    (L::TEMPLATE, views.letter(envelope, letter).unwrap())
}
