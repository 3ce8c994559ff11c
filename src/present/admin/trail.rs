//! The audit trail: what was done in the house, the last first.

use jiff::civil::Date;
use serde::Serialize;
use strum::VariantArray as _;
use uuid::Uuid;

use crate::{
    domain::PersonId,
    model::{LogKind, LogLine, TrailFilter},
    present::{
        View,
        form::{data::FormData, field::Choice},
        part::{Link, Pager},
        path,
        queue::Filter,
        words::{self, calendar::Calendar, logged, when::When},
    },
    usecase::admin::Trail,
};

/// The address of the page.
const TRAIL: &str = "/trail";

/// The audit trail. The form is a GET to `/trail`.
#[derive(Clone, Debug, Serialize)]
pub struct TrailPage {
    pub kinds: Filter,
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// Whose acts alone are shown.
    pub by: Option<By>,
    /// Where all of it is, if narrowed.
    pub clear: Option<String>,
    pub rows: Vec<TrailRow>,
    pub pager: Pager,
}

/// A day as it was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Its parameter in the address.
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
    /// Why it narrows nothing.
    pub fault: Option<String>,
}

/// Whose acts alone are shown.
#[derive(Clone, Debug, Serialize)]
pub struct By {
    pub id: String,
    pub name: String,
}

/// One line.
#[derive(Clone, Debug, Serialize)]
pub struct TrailRow {
    pub at: When,
    /// Who, with the way to all that they did.
    pub by: Option<Link>,
    /// `invited somebody`.
    pub what: String,
    /// What it was done to; empty where the words say it.
    pub about: String,
    /// Where that is.
    pub href: Option<String>,
    /// `duties: nothing → coordinator`.
    pub facts: Vec<String>,
}

impl View for TrailPage {
    const TEMPLATE: &'static str = "page/trail_list.html";
}

/// What the parameters of an address ask for; what is unknown narrows nothing, and a day that cannot be read is told.
pub(crate) fn asked(asked: &FormData, calendar: &Calendar) -> TrailFilter {
    let day = |name: &str| asked.get(name).and_then(|day| day.parse::<Date>().ok());
    TrailFilter {
        kind: asked.get("kind").and_then(|kind| LogKind::VARIANTS.iter().copied().find(|known| id(*known) == kind)),
        by: asked.get("person").and_then(|id| id.parse::<Uuid>().ok()).map(PersonId),
        from: day("from").and_then(|day| calendar.start_of(day)),
        until: day("until").and_then(|day| calendar.start_of(day.tomorrow().ok()?)),
    }
}

pub(crate) fn of(asked: &FormData, filter: &TrailFilter, trail: &Trail, calendar: &Calendar) -> TrailPage {
    let names = ["kind", "person", "from", "until"];
    let given = names.into_iter().filter_map(|name| Some((name, asked.get(name)?)));
    let address = given.clone().fold(TRAIL.to_owned(), |address, (name, value)| path::with(&address, name, value));
    TrailPage {
        kinds: kinds(filter.kind),
        from: Day::of(asked, "from", "From"),
        until: Day::of(asked, "until", "Until"),
        by: filter.by.map(|person| By { id: person.to_string(), name: name(trail, person) }),
        clear: given.clone().next().map(|_| TRAIL.to_owned()),
        rows: trail.lines.rows.iter().map(|line| row(trail, line, calendar)).collect(),
        pager: Pager {
            text: format!("Showing {}", words::many(trail.lines.rows.len(), "line")),
            previous: None,
            next: trail.lines.next.as_ref().map(|cursor| path::with(&address, "cursor", cursor)),
        },
    }
}

impl Day {
    fn of(asked: &FormData, name: &'static str, label: &'static str) -> Self {
        let value = asked.text(name);
        let unread = !value.is_empty() && value.parse::<Date>().is_err();
        let fault = unread.then(|| format!("“{value}” is no date, so it narrows nothing. Write it as 2026-11-22."));
        Self { name, label, value, fault }
    }
}

fn kinds(chosen: Option<LogKind>) -> Filter {
    let kind = |kind: LogKind| {
        let label = match kind {
            LogKind::Change => "Changes",
            LogKind::SignIn => "Signing in and out",
            LogKind::Refusal => "Refusals",
            LogKind::Download => "Files opened",
        };
        Choice { chosen: chosen == Some(kind), ..Choice::new(id(kind), label) }
    };
    let options =
        [Choice::new("", "Everything")].into_iter().chain(LogKind::VARIANTS.iter().copied().map(kind)).collect();
    Filter { name: "kind".to_owned(), label: "What".to_owned(), options }
}

/// What a kind is called in an address.
fn id(kind: LogKind) -> &'static str {
    kind.into()
}

fn name(trail: &Trail, person: PersonId) -> String {
    trail.people.get(&person).map_or_else(|| "Somebody who is gone".to_owned(), words::printed)
}

fn row(trail: &Trail, line: &LogLine, calendar: &Calendar) -> TrailRow {
    TrailRow {
        at: calendar.instant(line.at),
        by: line.actor.map(|person| Link::new(name(trail, person), path::with(TRAIL, "person", &person.to_string()))),
        what: line.act.parse().map_or_else(|_| line.act.clone(), |act| logged::act(act).to_owned()),
        about: line.subject.clone(),
        href: line.submission.map(|_| path::submission(&line.subject)),
        facts: logged::facts(&line.detail),
    }
}
