//! A small office to act in.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::{Act, Actor, Facts, Offer, Turn, begin, decide, offers, turns};
use crate::{
    domain::{Answer, Answers, Calendar, DocumentId, Email, Named, PersonId, Row, WrittenCalendar},
    workflow::{
        Command, Definition, Event, EventKind, Item, Refusal,
        check::tests::credits,
        definition::Verdict,
        event::{About, ChangeAsked},
        load,
    },
};

pub(super) const AUTHOR: PersonId = person(1);
pub(super) const COORDINATOR: PersonId = person(2);
pub(super) const STRANGER: PersonId = person(3);
/// Members of groups: 10 … assessors and screeners, 20 … leads and reviewers, and so on.
pub(super) const fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// One item in one office.
#[derive(Clone)]
pub(super) struct Office {
    pub(super) definition: Definition,
    pub(super) item: Item,
    pub(super) history: Vec<Event>,
    pub(super) answers: Answers,
    pub(super) in_force: Answers,
    pub(super) records: BTreeMap<String, Decimal>,
    pub(super) groups: BTreeMap<String, BTreeSet<PersonId>>,
    pub(super) conflicted: BTreeSet<PersonId>,
    pub(super) disclosing: BTreeSet<Email>,
    pub(super) now: Timestamp,
    pub(super) calendar: Calendar,
}

pub(super) fn self_study() -> Office {
    Office::of(
        include_str!("../../../../workflows/self-study.yaml"),
        [("self-study-assessors", 10, 3), ("self-study-leads", 20, 2), ("audit", 30, 2)].as_slice(),
        study_answers(),
    )
}

pub(super) fn course() -> Office {
    let mut office = Office::of(
        include_str!("../../../../workflows/course-accreditation.yaml"),
        [
            ("accreditation-office", 10, 2),
            ("content-reviewers", 20, 5),
            ("integrity", 30, 2),
            ("committee", 40, 2),
            ("appeals", 50, 3),
        ]
        .as_slice(),
        course_answers(),
    );
    let committee = "committee: first Thursday at 09:00; papers 14 days before";
    let written = WrittenCalendar { meetings: vec![committee.to_owned()], ..WrittenCalendar::default() };
    office.calendar = written.read(office.calendar.zone().clone()).expect("sound");
    office
}

/// Reading a file takes longer than everything else in a test: each is read once.
pub(super) fn loaded(source: &'static str) -> Definition {
    static LOADED: Mutex<BTreeMap<&str, Definition>> = Mutex::new(BTreeMap::new());
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let read = || load(source, &credits()).unwrap_or_else(|faults| panic!("{faults:?}")).0;
    loaded.entry(source).or_insert_with(read).clone()
}

impl Office {
    pub(super) fn of(source: &'static str, groups: &[(&str, u128, u128)], answers: Answers) -> Self {
        let definition = loaded(source);
        let groups = groups
            .iter()
            .map(|(slug, first, count)| ((*slug).to_owned(), (*first..first + count).map(person).collect()))
            .collect();
        let mut office = Self {
            definition,
            item: Item::of(AUTHOR),
            history: Vec::new(),
            in_force: answers.clone(),
            answers,
            // Everybody has disclosed.
            records: BTreeMap::from([("undisclosed".to_owned(), Decimal::ZERO)]),
            groups,
            conflicted: BTreeSet::new(),
            disclosing: BTreeSet::new(),
            now: "2026-11-22T09:00:00Z".parse().expect("an instant"),
            calendar: Calendar::plain(TimeZone::get("America/Chicago").expect("bundled")),
        };
        let events = begin(&office.definition, AUTHOR, &office.facts(Actor::Person(AUTHOR)));
        office.fold(events);
        office
    }

    pub(super) fn facts(&self, actor: Actor) -> Facts<'_> {
        Facts {
            now: self.now,
            calendar: &self.calendar,
            actor,
            answers: &self.answers,
            in_force: &self.in_force,
            records: &self.records,
            groups: &self.groups,
            conflicted: &self.conflicted,
            absent: crate::workflow::engine::Absent::nobody(),
            disclosing: &self.disclosing,
            symbolic: None,
        }
    }

    pub(super) fn fold(&mut self, events: Vec<Event>) {
        self.item = events.iter().fold(self.item.clone(), Item::apply);
        self.history.extend(events);
    }

    pub(super) fn by(&mut self, actor: Actor, command: &Command) -> Result<Vec<EventKind>, Refusal> {
        let events = decide(&self.definition, &self.item, command, &self.facts(actor))?;
        self.fold(events.clone());
        Ok(events.into_iter().map(|event| event.what).collect())
    }

    pub(super) fn act(&mut self, who: PersonId, command: &Command) -> Result<Vec<EventKind>, Refusal> {
        self.by(Actor::Person(who), command)
    }

    pub(super) fn office(&mut self, command: &Command) -> Result<Vec<EventKind>, Refusal> {
        self.by(Actor::Coordinator(COORDINATOR), command)
    }

    #[track_caller]
    pub(super) fn fire(&mut self, who: PersonId, transition: &str) -> Vec<EventKind> {
        self.act(who, &fire(transition)).unwrap_or_else(|refusal| panic!("{transition}: {refusal} {refusal:?}"))
    }

    /// Takes a seat and gives a verdict.
    #[track_caller]
    pub(super) fn judged(&mut self, who: PersonId, track: &str, verdict: Verdict) -> Vec<EventKind> {
        self.act(who, &claim(track)).unwrap_or_else(|refusal| panic!("{refusal}"));
        self.act(who, &judge(track, verdict)).unwrap_or_else(|refusal| panic!("{refusal} {refusal:?}"))
    }

    pub(super) fn tick(&mut self) -> Vec<EventKind> {
        self.by(Actor::Clock, &Command::Tick).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    pub(super) fn days_later(&mut self, days: i64) -> Vec<EventKind> {
        self.now = self.now.checked_add((days * 24).hours()).expect("in range");
        self.tick()
    }

    pub(super) fn offers(&self, who: PersonId) -> Vec<Offer> {
        offers(&self.definition, &self.item, &self.facts(Actor::Person(who)))
    }

    /// What somebody may do right now.
    pub(super) fn open_to(&self, who: PersonId) -> Vec<Act> {
        self.offers(who).into_iter().filter(|offer| offer.refusal.is_none()).map(|offer| offer.act).collect()
    }

    pub(super) fn turns(&self) -> Vec<Turn> {
        turns(&self.definition, &self.item, &self.facts(Actor::Clock))
    }

    pub(super) fn state(&self) -> &str {
        &self.item.state
    }

    pub(super) fn answer(&mut self, question: &str, answer: Answer) {
        self.answers.0.insert(question.to_owned(), answer);
    }

    pub(super) fn group(&mut self, slug: &str, members: &[PersonId]) {
        self.groups.insert(slug.to_owned(), members.iter().copied().collect());
    }
}

pub(super) fn fire(transition: &str) -> Command {
    fire_with(transition, None, Vec::new())
}

pub(super) fn fire_with(transition: &str, note: Option<&str>, asked: Vec<(&str, Answer)>) -> Command {
    Command::Fire {
        transition: transition.to_owned(),
        note: note.map(str::to_owned),
        asked: answers(asked),
        requests: Vec::new(),
    }
}

pub(super) fn claim(track: &str) -> Command {
    Command::Claim { track: track.to_owned() }
}

/// A verdict with every rubric answer, and a change request where one is due.
pub(super) fn judge(track: &str, verdict: Verdict) -> Command {
    let rubric = match track {
        "assess" => {
            vec![("hours_plausible", Answer::Choice("fully".to_owned())), ("professional", Answer::YesNo(true))]
        }
        "content" => vec![
            ("gap_shown", Answer::Choice("fully".to_owned())),
            ("measurable", Answer::YesNo(true)),
            ("evidence", Answer::YesNo(true)),
            ("minutes", Answer::YesNo(true)),
        ],
        "interest" => vec![
            ("disclosed", Answer::YesNo(true)),
            ("excluded", Answer::YesNo(true)),
            ("mitigation", Answer::Choice("none".to_owned())),
        ],
        _ => Vec::new(),
    };
    let requests = if verdict == Verdict::Revise { vec![change("title")] } else { Vec::new() };
    Command::Judge { track: track.to_owned(), verdict, rubric: answers(rubric), note: None, requests }
}

pub(super) fn assign(track: &str, person: PersonId) -> Command {
    Command::Assign { track: track.to_owned(), person }
}

pub(super) fn recuse(person: PersonId) -> Command {
    Command::Recuse { person, reason: "We publish together.".to_owned() }
}

pub(super) fn change(question: &str) -> ChangeAsked {
    ChangeAsked { about: About::Question(question.to_owned()), text: "Please say more.".to_owned() }
}

pub(super) fn credits_approved(hundredths: i64) -> Command {
    fire_with("approve", None, vec![("credits", Answer::Decimal(Decimal::new(hundredths, 2)))])
}

pub(super) fn answers(pairs: Vec<(&str, Answer)>) -> Answers {
    Answers(pairs.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect())
}

fn text(text: &str) -> Answer {
    Answer::Text(text.repeat(10))
}

pub(super) fn date(text: &str) -> Answer {
    Answer::Date(text.parse::<Date>().expect("a date"))
}

fn choices(ids: &[&str]) -> Answer {
    Answer::Choices(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn study_answers() -> Answers {
    answers(vec![
        ("title", text("Sepsis ")),
        ("completed_on", date("2026-11-01")),
        ("hours", Answer::Decimal(Decimal::new(25, 1))),
        ("kind", Answer::Choice("reading".to_owned())),
        ("credit_type", Answer::Choice("ama-pra-2".to_owned())),
        ("reflection", text("I will measure lactate earlier than before. ")),
        ("evidence", Answer::Files(vec![DocumentId(Uuid::from_u128(900))])),
        ("attest", Answer::YesNo(true)),
    ])
}

pub(super) fn speaker(name: &str) -> Named {
    let email: Email = format!("{name}@example.org").parse().expect("an address");
    Named { name: name.to_owned(), email, part: "Speaker".to_owned(), disclosure: Some(String::new()) }
}

pub(super) fn session(presenter: &str, minutes: i64, first_time: bool) -> Row {
    let email = format!("{presenter}@example.org");
    [
        ("title", Answer::Text("Session".to_owned())),
        ("minutes", Answer::Integer(minutes)),
        ("credit_minutes", Answer::Integer(minutes)),
        ("presenter", Answer::Text(email)),
        ("first_time", Answer::YesNo(first_time)),
    ]
    .map(|(column, cell)| (column.to_owned(), cell))
    .into_iter()
    .collect()
}

fn course_answers() -> Answers {
    let objective: Row = [
        ("objective", Answer::Text("choose the first antibiotic".to_owned())),
        ("result", Answer::Choice("performance".to_owned())),
    ]
    .map(|(column, cell)| (column.to_owned(), cell))
    .into_iter()
    .collect();
    answers(vec![
        ("title", text("Sepsis ")),
        ("description", text("Early recognition. ")),
        ("format", Answer::Choice("live".to_owned())),
        ("starts_on", date("2027-03-01")),
        ("ends_on", date("2027-03-02")),
        ("audience", choices(&["physicians"])),
        ("gap", text("Antibiotics come late. ")),
        ("gap_sources", choices(&["guideline"])),
        ("gap_evidence", text("Audit of 2025. ")),
        ("need_types", choices(&["performance"])),
        ("objectives", Answer::Table(vec![objective])),
        ("format_reason", text("Practice. ")),
        ("faculty", Answer::People(vec![speaker("ada"), speaker("ben")])),
        ("agenda", Answer::Table(vec![session("ada", 50, true), session("ben", 35, true)])),
        ("supported", Answer::YesNo(false)),
        ("content_valid", Answer::YesNo(true)),
        ("evaluation", choices(&["test"])),
        ("materials", Answer::Files(vec![DocumentId(Uuid::from_u128(901))])),
        ("advance", Answer::YesNo(true)),
        ("truth", Answer::YesNo(true)),
    ])
}

/// A course that was reviewed and waits for the committee to meet.
pub(super) fn course_on_the_agenda() -> Office {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.judged(person(20), "content", Verdict::Approve);
    office.judged(person(21), "content", Verdict::Approve);
    office.judged(person(30), "interest", Verdict::Approve);
    assert_eq!(office.state(), "docket");
    office
}

/// A course before the committee.
pub(super) fn course_in_decision() -> Office {
    let mut office = course_on_the_agenda();
    taken_between_meetings(&mut office);
    office
}

/// The chair takes it from the agenda.
pub(super) fn taken_between_meetings(office: &mut Office) {
    office.act(person(40), &fire_with("between", Some("Voted in writing."), Vec::new())).expect("the chair may");
    assert_eq!(office.state(), "decision");
}

/// A course that was rejected, by `person(40)`.
pub(super) fn course_rejected() -> Office {
    let mut office = course_in_decision();
    office.act(person(40), &fire_with("reject", Some("No gap."), Vec::new())).expect("rejected");
    office
}
