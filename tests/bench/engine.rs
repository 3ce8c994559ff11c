//! How many decisions the engine takes in a second, on one core.

use std::{
    collections::{BTreeMap, BTreeSet},
    hint::black_box,
    time::Instant,
};

use imprimatur::{
    app::{credit_types, definitions},
    clock::{Clock, new_id},
    domain::{Answer, Answers, Calendar, DocumentId, PersonId},
    workflow::{Actor, Command, Facts, Item, begin, decide, load, offers},
};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::{line, span};

pub(crate) fn run() {
    let credits = credit_types(None).expect("credit types");
    let sources = definitions(None).expect("definitions");
    let (_, source) = sources.iter().find(|(name, _)| name == "self-study.yaml").expect("the self-study");
    let (definition, _) = load(source, &credits).expect("a sound definition");
    let author = PersonId(new_id());
    let groups: BTreeMap<String, BTreeSet<PersonId>> = ["self-study-assessors", "self-study-leads", "audit"]
        .map(|group| (group.to_owned(), (0..5).map(|_| PersonId(new_id())).collect()))
        .into();
    let answers = answers();
    let conflicted = BTreeSet::new();
    let facts = Facts {
        now: Clock::system().now(),
        calendar: &Calendar::plain(TimeZone::UTC),
        actor: Actor::Person(author),
        answers: &answers,
        in_force: &answers,
        records: &BTreeMap::new(),
        groups: &groups,
        conflicted: &conflicted,
        absent: imprimatur::workflow::engine::Absent::nobody(),
        disclosing: &std::collections::BTreeSet::new(),
        symbolic: None,
    };
    let draft = Item::replay(author, &begin(&definition, author, &facts));
    let send = send();
    decide(&definition, &draft, &send, &facts).expect("a complete draft can be sent");
    line(
        "engine: decide (send a self-study, with its timers)",
        rate(|| {
            let _ = black_box(decide(&definition, black_box(&draft), &send, &facts));
        }),
        "/s",
    );
    line(
        "engine: offers (everything an author may do and why not)",
        rate(|| {
            black_box(offers(&definition, black_box(&draft), &facts));
        }),
        "/s",
    );
    line(
        "engine: load and check a definition of 90 lines",
        rate(|| {
            let _ = black_box(load(black_box(source), &credits));
        }),
        "/s",
    );
}

/// How often something can be done in a second.
fn rate(mut work: impl FnMut()) -> f64 {
    let (start, mut done) = (Instant::now(), 0u32);
    while start.elapsed() < span() {
        for _ in 0..64 {
            work();
        }
        done += 64;
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

/// What an author does with a complete draft.
pub(crate) fn send() -> Command {
    Command::Fire { transition: "submit".to_owned(), note: None, asked: Answers::default(), requests: Vec::new() }
}

/// A complete form.
pub(crate) fn answers() -> Answers {
    let text = |text: &str| Answer::Text(text.to_owned());
    Answers(
        [
            ("title", text("Standards of Care in Diabetes 2026")),
            ("completed_on", Answer::Date(jiff::civil::date(2026, 10, 1))),
            ("hours", Answer::Decimal(Decimal::new(650, 2))),
            ("kind", Answer::Choice("reading".to_owned())),
            ("credit_type", Answer::Choice("aafp-elective".to_owned())),
            ("reflection", text(&"I will screen for neuropathy once a year. ".repeat(4))),
            ("evidence", Answer::Files(vec![DocumentId(new_id())])),
            ("attest", Answer::YesNo(true)),
        ]
        .map(|(id, answer)| (id.to_owned(), answer))
        .into(),
    )
}
