//! Everybody's first page: what waits, one's own submissions, what can be started.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    View,
    part::{self, Tag, Tone},
    path,
    submission::steps::{self, Step},
    words::{
        self,
        calendar::Calendar,
        state,
        turn::{self, Task},
        when::When,
    },
};
use crate::{
    access::Relation,
    domain::PersonId,
    model::{Count, Page, QueueRow, TurnRow},
    usecase::{account::Authenticated, credit::Ledger},
    workflow::{Definition, definition::Subject},
};

#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// The reader's name, as addressed.
    pub name: String,
    /// What waits for the reader, oldest first.
    pub turns: Vec<Waiting>,
    /// Where the rest is, if there is more.
    pub more: Option<String>,
    /// The reader's own submissions, newest first.
    pub submissions: Vec<Card>,
    /// What others share with the reader.
    pub shared: Vec<Card>,
    pub starts: Vec<Start>,
    /// For those who run the office: the queue in numbers.
    pub queue: Vec<Figure>,
    /// The reader's credit in numbers.
    pub credits: Vec<Figure>,
}

/// One thing that waits for the reader.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// What is to be done: `Assess`, `Answer 3 requested changes`.
    pub act: String,
    pub reference: String,
    pub title: String,
    /// Who wrote it; nothing where the reader must not know, or is the author.
    pub author: Option<String>,
    pub href: String,
    pub since: When,
    pub by: Option<When>,
    /// Whether that day has passed.
    pub late: bool,
}

/// One of the reader's own submissions.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub reference: String,
    /// Its title, or `Untitled self-study`.
    pub title: String,
    /// `Self-study`.
    pub workflow: String,
    pub href: String,
    /// Where it stands, in the author's words.
    pub state: Tag,
    pub steps: Vec<Step>,
    /// Whose turn, since when, by when, in a sentence.
    pub sentence: String,
}

/// Something that can be started: posts to `action`.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// What the button says: `Start a self-study`.
    pub label: String,
    /// For whom and what it leads to, in a sentence.
    pub lead: String,
    pub action: String,
}

/// A number that leads somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// `12`, `more than 1,000`, `14.50`.
    pub number: String,
    pub label: String,
    pub href: String,
    /// `Bad` for what is late.
    pub tone: Tone,
}

impl View for Home {
    const TEMPLATE: &'static str = "page/home_read.html";
}

/// Everything the first page is made of.
#[derive(Debug)]
pub(crate) struct Desk {
    /// What waits for the reader.
    pub(crate) turns: Page<TurnRow>,
    pub(crate) own: Page<QueueRow>,
    pub(crate) shared: Vec<QueueRow>,
    /// The definitions that the rows follow, by hash.
    pub(crate) versions: BTreeMap<String, Arc<Definition>>,
    pub(crate) current: Vec<Arc<Definition>>,
    /// For those who run or audit the office: open, late and unassigned.
    pub(crate) queue: Option<[Count; 3]>,
    pub(crate) ledger: Ledger,
}

impl Desk {
    /// What people call a credit type, by whichever definition knows it.
    fn called(&self, credit: &str) -> String {
        let known = self.current.iter().find(|definition| definition.credits.contains_key(credit));
        known.map_or_else(|| words::words(credit), |definition| definition.credit_called(credit))
    }
}

pub(crate) fn of(desk: &Desk, signed: &Authenticated, calendar: &Calendar) -> Home {
    let me = signed.caller.person;
    Home {
        name: signed.person.name.clone(),
        turns: desk.turns.rows.iter().map(|row| turn_row(desk, row, me, calendar)).collect(),
        more: desk.turns.next.as_ref().map(|cursor| path::with("/", "turns", cursor)),
        submissions: desk.own.rows.iter().map(|row| card(desk, row, me, calendar)).collect(),
        shared: desk.shared.iter().map(|row| card(desk, row, me, calendar)).collect(),
        starts: desk.current.iter().map(|definition| start(definition)).collect(),
        queue: desk.queue.map(queue).unwrap_or_default(),
        credits: desk
            .ledger
            .totals
            .iter()
            .map(|(credit, amount)| Figure {
                number: amount.to_string(),
                label: desk.called(credit),
                href: "/credits".to_owned(),
                tone: Tone::Quiet,
            })
            .collect(),
    }
}

fn turn_row(desk: &Desk, row: &TurnRow, me: PersonId, calendar: &Calendar) -> Waiting {
    let submission = &row.submission;
    let definition = desk.versions.get(&submission.definition);
    let own = submission.submitter == me;
    let by = row.by.filter(|_| !own || row.by.is_some());
    Waiting {
        act: turn::act(
            definition.map(Arc::as_ref),
            &Task {
                state: &submission.state,
                track: row.track.as_deref(),
                holder: &row.holder,
                author: submission.submitter,
            },
        ),
        reference: submission.reference.clone(),
        title: title(definition.map(Arc::as_ref), submission),
        author: (!own && !submission.author.is_empty()).then(|| submission.author.clone()),
        href: place(row),
        since: calendar.day(row.since),
        by: by.map(|by| calendar.day(by)),
        late: by.is_some_and(|by| calendar.is_past(by)),
    }
}

/// Where what waits is done.
pub(crate) fn place(row: &TurnRow) -> String {
    match &row.track {
        Some(track) => path::below(&row.submission.reference, &format!("review/{track}")),
        None => path::submission(&row.submission.reference),
    }
}

fn title(definition: Option<&Definition>, row: &QueueRow) -> String {
    definition.map_or_else(|| row.title.clone(), |definition| words::title(&row.title, definition))
}

fn card(desk: &Desk, row: &QueueRow, me: PersonId, calendar: &Calendar) -> Card {
    let definition = desk.versions.get(&row.definition).map(Arc::as_ref);
    Card {
        reference: row.reference.clone(),
        title: title(definition, row),
        workflow: definition.map_or_else(|| words::words(&row.workflow), |definition| definition.title.clone()),
        href: path::submission(&row.reference),
        state: definition.map_or_else(
            || part::Tag { label: words::words(&row.state), tone: Tone::Quiet },
            |definition| state::tag(definition, &row.state, Relation::Owner),
        ),
        steps: definition.map(|definition| steps::steps(definition, &row.state)).unwrap_or_default(),
        sentence: definition.map(|definition| turn::card(row, definition, me, calendar)).unwrap_or_default(),
    }
}

fn start(definition: &Definition) -> Start {
    let lead = match definition.subject {
        Subject::Course => "A course you produce, so that those who attend can claim credit.",
        Subject::SelfStudy => "Study you did on your own, with evidence, so that it counts as credit.",
        Subject::Teaching => "Teaching you did, so that it counts as credit.",
        Subject::Completion => "Something you completed, so that it counts as credit.",
        Subject::Statement => "A statement about yourself that other applications rely on.",
    };
    Start {
        label: format!("Start: {}", definition.title),
        lead: definition.lead.clone().unwrap_or_else(|| lead.to_owned()),
        action: format!("/start/{}", definition.workflow),
    }
}

fn queue([open, late, unassigned]: [Count; 3]) -> Vec<Figure> {
    let count = |count: Count, label: &str, href: &str, tone| Figure {
        number: words::count(count),
        label: label.to_owned(),
        href: href.to_owned(),
        tone,
    };
    let alarm = if late == Count::Exactly(0) { Tone::Quiet } else { Tone::Bad };
    vec![
        count(open, "open", "/queue", Tone::Quiet),
        count(late, "late", "/queue?attention=overdue", alarm),
        count(unassigned, "with nobody in person", "/queue?attention=unassigned", Tone::Quiet),
    ]
}
