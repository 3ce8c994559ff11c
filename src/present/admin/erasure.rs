//! Erasing a person, told: what goes, what stays and why, before and after.

use serde::Serialize;

use crate::{
    domain::Depth,
    model::Person,
    present::{
        View,
        form::{
            Entered,
            data::FormData,
            fault::Faults,
            field::{Control, Field},
            place,
        },
        part::{Fact, Fault, Link},
        words::{self, calendar::Calendar},
    },
    usecase::erasure::{Statement, Told},
};

/// What erasing somebody does, or did. The form posts to where the page is.
#[derive(Clone, Debug, Serialize)]
pub struct ErasurePage {
    /// The way back: the person.
    pub back: Link,
    /// What is being done, or was.
    pub heading: String,
    /// What it means, in a sentence or two.
    pub lead: String,
    /// What is wrong with what was sent.
    pub faults: Vec<Fault>,
    /// What has to be done first.
    pub obstacles: Vec<String>,
    /// When, by whom and why; nothing before.
    pub facts: Vec<Fact>,
    pub erased: Vec<ErasureRow>,
    pub kept: Vec<ErasureRow>,
    /// How long the name stays, and backups.
    pub notes: Vec<String>,
    /// Where a copy of everything is, for the person.
    pub copy: String,
    /// The questions; none where there is nothing to send.
    pub fields: Vec<Field>,
    pub action: String,
}

/// Something that goes or stays.
#[derive(Clone, Debug, Serialize)]
pub struct ErasureRow {
    pub what: String,
    /// How much; nothing where that is not counted.
    pub count: Option<u64>,
    pub why: Option<String>,
}

impl View for ErasurePage {
    const TEMPLATE: &'static str = "page/person_erase.html";
}

/// The page; `by` is who decided, where somebody did.
pub(crate) fn of(told: &Told, by: Option<&Person>, calendar: &Calendar, entered: &Entered) -> ErasurePage {
    let Entered { fields: typed, faults } = entered;
    let Told { person, called, statement, obstacles, done } = told;
    let fields = if *done || !obstacles.is_empty() { Vec::new() } else { asked(told, typed, faults) };
    let own = format!("/people/{}", person.id);
    let row = |what: &str, count: u64| ErasureRow {
        what: what.to_owned(),
        count: Some(count).filter(|count| *count > 0),
        why: None,
    };
    ErasurePage {
        back: if *done {
            Link { label: "People".to_owned(), href: "/people".to_owned() }
        } else {
            Link { label: words::printed(person), href: own.clone() }
        },
        heading: if *done { words::printed(person) } else { format!("Erase {}", words::printed(person)) },
        lead: lead(statement, *done).to_owned(),
        faults: faults.list(&place::places(&fields)),
        obstacles: obstacles.clone(),
        facts: if *done { facts(called, statement, by, calendar) } else { Vec::new() },
        erased: statement.erased.iter().map(|part| row(&part.what, part.count)).collect(),
        kept: statement
            .kept
            .iter()
            .map(|part| ErasureRow { why: Some(part.why.clone()), ..row(&part.what, part.count) })
            .collect(),
        notes: notes(statement, calendar),
        copy: format!("{own}/copy"),
        fields,
        action: format!("{own}/erase"),
    }
}

fn lead(statement: &Statement, done: bool) -> &'static str {
    match (done, statement.depth) {
        (true, _) => "Erased. Print this for them.",
        (false, Depth::Restricted) => {
            "This cannot be undone. What they decided and were credited with stays on record, with their name."
        }
        (false, Depth::Anonymised) => {
            "This cannot be undone. They are on no record, so nothing stays that says who they were."
        }
    }
}

fn facts(called: &str, statement: &Statement, by: Option<&Person>, calendar: &Calendar) -> Vec<Fact> {
    let by = by.map_or_else(|| "The command line of the server, or the end of a time".to_owned(), words::printed);
    vec![
        Fact::new("When", calendar.moment(statement.at)),
        Fact::new("By", by),
        Fact::new("Why", statement.reason.clone()),
        Fact::new("Known from then on as", called),
    ]
}

fn notes(statement: &Statement, calendar: &Calendar) -> Vec<String> {
    let name = match (statement.depth, statement.kept_until) {
        (Depth::Anonymised, _) => None,
        (Depth::Restricted, Some(until)) => Some(format!("The name that stays goes on {}.", calendar.month_day(until))),
        (Depth::Restricted, None) => Some("The name that stays is kept for ever.".to_owned()),
    };
    let backups = match statement.backups_until {
        Some(until) => format!("Backups made before may have it until {}.", calendar.month_day(until)),
        None => "Backups made before have it for as long as whoever runs the server keeps them.".to_owned(),
    };
    name.into_iter().chain([backups]).collect()
}

fn asked(told: &Told, typed: &FormData, faults: &Faults) -> Vec<Field> {
    let line = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::text(typed.text(name)))
    };
    vec![
        line("reason", "Why").hint("The log keeps it; their name and address are taken out of it."),
        line("confirm", "Their e-mail address").hint(format!("To confirm, type {}", told.person.email)),
    ]
}
