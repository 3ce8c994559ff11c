//! Everybody's first page: what waits, one's own submissions, what can be started.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    View,
    admin::Letters,
    part::{self, Tag, Tone},
    path, queue,
    setup::{self, Steps},
    submission::steps::{self, Step},
    words::{
        self,
        calendar::Calendar,
        state,
        turn::{self, Task},
        when::When,
    },
    workflow,
};
use crate::{
    access::Relation,
    domain::PersonId,
    model::{Count, Page, QueueRow, TurnRow},
    usecase::{
        account::Authenticated,
        admin::Setup,
        credit::Ledger,
        definition::{Proposal, Proposed},
        submission::Wanting,
    },
    workflow::{Definition, definition::Subject},
};

#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// The reader's name, as addressed.
    pub name: String,
    /// For administrators: what is left to set up.
    pub setup: Option<Steps>,
    /// Whether letters tell what waits.
    pub letters: bool,
    /// For those who run or audit the office: what wants its attention.
    pub office: Option<Office>,
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

/// What of the queue wants the office's attention.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    /// `28 need somebody`, `9 late`, each leading to its rows.
    pub parts: Vec<Figure>,
    /// `the oldest 132 days`.
    pub oldest: Option<String>,
    /// The first of them, what is late before the rest.
    pub rows: Vec<queue::Row>,
}

/// One thing that waits for the reader.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// What is to be done: `Assess`, `Answer 3 requested changes`.
    pub act: String,
    /// What it is about, as in `SS-2026-0042`; nothing where that is no submission.
    pub reference: Option<String>,
    pub title: String,
    /// Who wrote it; nothing where the reader must not know, or is the author.
    pub author: Option<String>,
    pub href: String,
    pub since: Option<When>,
    pub by: Option<When>,
    /// Since when it is late, where a first limit has passed.
    pub late_since: Option<When>,
    /// Whether it is late.
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
    /// For those who run or audit the office.
    pub(crate) queue: Option<Wanting>,
    /// For administrators: how far the installation is set up.
    pub(crate) setup: Option<Setup>,
    pub(crate) letters: Letters,
    /// What waits for the reader as a second administrator.
    pub(crate) proposals: Vec<Proposal>,
    /// What the groups are called, by their ids.
    pub(crate) groups: BTreeMap<String, String>,
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
        setup: desk.setup.as_ref().and_then(setup::of),
        letters: desk.letters == Letters::Sent,
        office: desk.queue.as_ref().and_then(|wanting| office(desk, wanting, calendar)),
        turns: desk
            .proposals
            .iter()
            .map(|proposal| proposed(proposal, calendar))
            .chain(desk.setup.iter().flat_map(|setup| house(desk, setup)))
            .chain(desk.turns.rows.iter().map(|row| turn_row(desk, row, me, calendar)))
            .collect(),
        more: desk.turns.next.as_ref().map(|cursor| path::with("/", "turns", cursor)),
        submissions: desk.own.rows.iter().map(|row| card(desk, row, me, calendar)).collect(),
        shared: desk.shared.iter().map(|row| card(desk, row, me, calendar)).collect(),
        starts: desk.current.iter().map(|definition| start(definition)).collect(),
        queue: desk.queue.as_ref().map(queue).unwrap_or_default(),
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
    let by = row.by;
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
        reference: Some(submission.reference.clone()),
        title: title(definition.map(Arc::as_ref), submission),
        author: (!own && !submission.author.is_empty()).then(|| submission.author.clone()),
        href: place(row),
        since: Some(calendar.day(row.since)),
        by: by.map(|by| calendar.day(by)),
        late: row.late_since.is_some() || by.is_some_and(|by| calendar.is_past(by)),
        late_since: row.late_since.map(|since| calendar.day(since)),
    }
}

/// Something that another administrator proposed.
fn proposed(proposal: &Proposal, calendar: &Calendar) -> Waiting {
    let act = match proposal.what {
        Proposed::Version(_) => "Look at a proposed version",
        Proposed::Migration(_) => "Look at a proposed migration",
    };
    Waiting {
        act: act.to_owned(),
        reference: None,
        title: proposal.title.clone(),
        author: Some(format!("Proposed by {}", proposal.name)),
        href: workflow::proposal(proposal),
        since: Some(calendar.day(proposal.at)),
        by: None,
        late_since: None,
        late: false,
    }
}

/// What of the house waits for its administrators; of groups not as long as the list of what is left to set up says it.
fn house(desk: &Desk, setup: &Setup) -> Vec<Waiting> {
    let waiting = |act: &str, title: String, href: String| Waiting {
        act: act.to_owned(),
        reference: None,
        title,
        author: None,
        href,
        since: None,
        by: None,
        late_since: None,
        late: false,
    };
    let listed = setup::of(setup).is_some();
    let groups = setup.short.iter().filter(|_| !listed).map(|slug| {
        waiting("A group lacks people", turn::title(&desk.groups, slug), format!("/groups/{}", path::encoded(slug)))
    });
    let lost = usize::try_from(setup.given_up).unwrap_or(usize::MAX);
    let lost = (lost > 0)
        .then(|| waiting("See to what was given up", words::many(lost, "piece of work"), "/outbox".to_owned()));
    groups.chain(lost).collect()
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
        steps: definition.map(|definition| steps::steps(definition, &row.state, Relation::Owner)).unwrap_or_default(),
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

fn office(desk: &Desk, wanting: &Wanting, calendar: &Calendar) -> Option<Office> {
    let none = |count| count == Count::Exactly(0);
    if none(wanting.unassigned) && none(wanting.late) {
        return None;
    }
    let need = match wanting.unassigned {
        Count::Exactly(1) => "needs somebody",
        _ => "need somebody",
    };
    let known = queue::Known { versions: &desk.versions, groups: &desk.groups };
    let days = wanting.oldest.map(|oldest| words::many(calendar.days_since(oldest).try_into().unwrap_or(0), "day"));
    Some(Office {
        parts: [unassigned(wanting.unassigned, need), late(wanting.late)]
            .into_iter()
            .zip([wanting.unassigned, wanting.late])
            .filter(|(_, count)| !none(*count))
            .map(|(figure, _)| figure)
            .collect(),
        oldest: days.map(|days| {
            let which = if none(wanting.late) { "the longest for" } else { "the oldest" };
            format!("{which} {days}")
        }),
        rows: queue::rows(&wanting.rows, &known, calendar),
    })
}

fn late(count: Count) -> Figure {
    let tone = if count == Count::Exactly(0) { Tone::Quiet } else { Tone::Bad };
    figure(count, "late", "/queue?attention=overdue&sort=due", tone)
}

fn unassigned(count: Count, label: &str) -> Figure {
    figure(count, label, "/queue?attention=unassigned", Tone::Quiet)
}

fn figure(count: Count, label: &str, href: &str, tone: Tone) -> Figure {
    Figure { number: words::count(count), label: label.to_owned(), href: href.to_owned(), tone }
}

fn queue(wanting: &Wanting) -> Vec<Figure> {
    vec![
        figure(wanting.open, "open", "/queue", Tone::Quiet),
        late(wanting.late),
        unassigned(wanting.unassigned, "with nobody in person"),
    ]
}
