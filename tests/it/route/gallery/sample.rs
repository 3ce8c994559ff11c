//! Made by hand: what only a server in trouble answers and writes.

use imprimatur::present::{
    Letter, Views, Written,
    account::second_factor::{Drawing, RecoveryCodes, SetUp},
    admin::{
        link::{LinkRow, Links},
        outbox::{GivenUpRow, OutboxPage, TriedLine, UnsentRow},
    },
    envelope::{Attention, Envelope},
    error::{ErrorPage, Kept},
    form::field::{Control, Field, Input},
    layout::Layout,
    letter::{
        About,
        absence::BackLetter,
        address::AddressLetter,
        alarm::{DisprovedLetter, FaultyLetter, ProposedLetter, ShortageLetter, StuckLetter},
        news::AlarmLetter,
        reset::ResetLetter,
        second_factor::SecondFactorLetter,
        trial::TrialLetter,
    },
    part::{Fact, Link, Pager},
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
        again: Some(Kept { action: "/s/SS-2026-0042/form/study".to_owned(), fields: fields.into(), kept_as: None }),
        ..error(503, "This does not work for the moment")
    };
    let shown = |what: &'static str, page: ErrorPage| {
        let (status, title) = (page.status, page.heading.clone());
        let html = views.page(Layout { title, error: true, ..Layout::default() }, page).unwrap();
        (what, Page::new(NOBODY, "/", status, html))
    };
    let titled = |what: &'static str, title: &str, html: &dyn Fn(Layout) -> String| {
        let layout = Layout { title: title.to_owned(), ..Layout::default() };
        (what, Page::new(NOBODY, "/", 200, html(layout)))
    };
    vec![
        shown("a fault of ours", fault),
        shown("a busy server", busy),
        titled("the outbox of a house", "Outbox", &|layout| views.page(layout, outbox()).unwrap()),
        titled("links to hand over", "2 links", &|layout| views.page(layout, links()).unwrap()),
        titled("a second factor to turn on", "Second factor", &|layout| views.page(layout, set_up()).unwrap()),
        titled("recovery codes", "Recovery codes", &|layout| views.page(layout, recovery_codes()).unwrap()),
    ]
}

/// A mail server that refused a letter, one that was kept, one that was given up.
fn outbox() -> OutboxPage {
    let at = When::date(date(2027, 3, 9), date(2027, 3, 9));
    let answer = "550 5.1.1 no such mailbox".to_owned();
    OutboxPage {
        faults: Vec::new(),
        way: "Mail is on.".to_owned(),
        tries: true,
        tried: Some(TriedLine {
            text: "The mail server did not take a letter to office@psa.example:".to_owned(),
            answer: answer.clone(),
            at: at.clone(),
            taken: false,
        }),
        kept: Some("3 letters were kept while mail was off, the first on 9 March 2027, 08:00.".to_owned()),
        given_up: vec![GivenUpRow {
            what: "Letter to amara@psa.example: SS-2026-0042".to_owned(),
            error: answer,
            retry: "/outbox/0193f2c4/retry".to_owned(),
            dismiss: "/outbox/0193f2c4/dismiss".to_owned(),
            id: "reason-0193f2c4".to_owned(),
        }],
        letters: vec![UnsentRow {
            to: Some("amara@psa.example".to_owned()),
            subject: "SS-2026-0042: Sepsis 2026".to_owned(),
            at,
            standing: "kept",
        }],
        pager: Pager { text: "1 letter".to_owned(), ..Pager::default() },
    }
}

/// Nobody has a password in the demo, so nobody turns one on there.
fn set_up() -> SetUp {
    let code = Control::Text { value: String::new(), input: Input::Text, autocomplete: "one-time-code" };
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    SetUp {
        back: Some(Link::new("Your account", "/account")),
        heading: "Turn on a second factor".to_owned(),
        lead: "Your password alone lets in now.".to_owned(),
        faults: Vec::new(),
        groups: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned(),
        address: format!("otpauth://totp/PSA:amara%40psa.example?secret={secret}&issuer=PSA"),
        drawing: Some(Drawing { size: 45, path: "M4 4h1v1h-1z".to_owned() }),
        secret: secret.to_owned(),
        code: Field::new("one-time/code", "The code that the app shows", code),
        action: "/account/second-factor".to_owned(),
    }
}

fn recovery_codes() -> RecoveryCodes {
    let codes = ["mfrg-gzdf-mztw-q2lk", "nnwg-23to-obyx-e43u"].map(str::to_owned).into();
    RecoveryCodes { codes, next: Link::new("I have kept them", "/account") }
}

fn links() -> Links {
    let row = |name: &str, email: &str| LinkRow {
        name: name.to_owned(),
        email: email.to_owned(),
        url: "https://imprimatur.example/welcome/W3HeiYGO6Ncunz9IIl9YXgcWoMaO60bERSDqkHpkibY".to_owned(),
    };
    Links {
        heading: "2 links".to_owned(),
        lead: "No letters are sent from here. Copy and hand over; with it one chooses a password.".to_owned(),
        rows: vec![row("Ana Ruiz", "ana@psa.example"), row("Sam Oduya", "sam@psa.example")],
        back: Link::new("People", "/people"),
    }
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
        written(views, &envelope, &SecondFactorLetter {}),
        written(
            views,
            &envelope,
            &AddressLetter {
                paragraphs: vec!["Was it you? Confirm it.".to_owned(), "Was it not you?".to_owned()],
                link: "Confirm the address".to_owned(),
            },
        ),
        written(views, &envelope, &BackLetter { waiting: "2 submissions".to_owned() }),
        written(views, &envelope, &TrialLetter {}),
        written(
            views,
            &envelope,
            &ProposedLetter {
                by: "Ruth Lindqvist".to_owned(),
                what: "a version of the workflow “Self-study”".to_owned(),
            },
        ),
    ]
}

fn written<L: Letter>(views: &Views, envelope: &Envelope, letter: &L) -> (&'static str, Written) {
    (L::TEMPLATE, views.letter(envelope, letter).unwrap())
}
