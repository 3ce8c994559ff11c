//! What happened to a submission, in words for the one who reads it.

use serde::Serialize;

use super::{About, party};
use crate::{
    present::{
        Letter, Views, Written,
        envelope::{Attention, Envelope},
        part::Fact,
        path,
        words::{
            self,
            calendar::Calendar,
            request,
            turn::{self, Task},
            when::When,
        },
    },
    usecase::{
        Case,
        announce::{Announced, News, Notice},
        submission::DECLINE_TO_COME,
    },
    workflow::{self, Actor, EventKind, Holder, Turn},
};

/// It is the reader's turn.
#[derive(Clone, Debug, Serialize)]
pub struct TurnLetter {
    pub about: About,
    /// What is to be done.
    pub act: String,
    /// Where a place that the reader was given is declined, without signing in.
    pub decline: Option<String>,
}

/// It still is the reader's turn.
#[derive(Clone, Debug, Serialize)]
pub struct ReminderLetter {
    pub about: About,
    /// What is to be done.
    pub act: String,
    pub since: When,
    pub late: bool,
    /// Whether the reader has a place that can be given back.
    pub seated: bool,
}

/// It went on; nothing to do.
#[derive(Clone, Debug, Serialize)]
pub struct ProgressLetter {
    pub about: About,
    /// Where it stands, in the reader's words.
    pub sentence: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct DecisionLetter {
    pub about: About,
    /// Where it stands, in the author's words.
    pub sentence: String,
    /// What it gives, a sentence each: credit, and what may be offered.
    pub gives: Vec<String>,
    pub reason: Option<String>,
}

/// Changes are asked of the author.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnedLetter {
    pub about: About,
    /// The reason given for the whole.
    pub reason: Option<String>,
    /// The question or file, and the change.
    pub requests: Vec<Fact>,
    /// What the author does now.
    pub next: &'static str,
}

/// It waits for the office itself.
#[derive(Clone, Debug, Serialize)]
pub struct AlarmLetter {
    pub about: About,
    /// What lacks: `The group Integrity has no active member.`
    pub alarm: String,
}

impl Letter for TurnLetter {
    const TEMPLATE: &'static str = "mail/turn";
}

impl Letter for ReminderLetter {
    const TEMPLATE: &'static str = "mail/reminder";
}

impl Letter for ProgressLetter {
    const TEMPLATE: &'static str = "mail/progress";
}

impl Letter for DecisionLetter {
    const TEMPLATE: &'static str = "mail/decision";
}

impl Letter for ReturnedLetter {
    const TEMPLATE: &'static str = "mail/returned";
}

impl Letter for AlarmLetter {
    const TEMPLATE: &'static str = "mail/alarm";
}

/// The letter for one who has to hear of it.
#[expect(clippy::too_many_lines, reason = "every kind of news is named, so that a new one is thought about")]
pub(crate) fn of(views: &Views, announced: &Announced, notice: &Notice, site: &str) -> anyhow::Result<Written> {
    let case = &announced.case;
    let calendar = Calendar::of(case);
    let about = About {
        reference: case.submission.reference.clone(),
        title: words::title(&case.submission.title, &case.definition),
    };
    let href = format!("{site}{}", path::submission(&about.reference));
    let envelope = Envelope::to(&notice.person, &case.organisation, about.subject(), href);
    let by = |by: Option<_>| Attention::Yours { by: by.map(|by| calendar.day(by)) };
    let to = |attention| Envelope { attention, ..envelope.clone() };
    match &notice.news {
        News::CoAuthor(_)
        | News::HandOverAsked
        | News::HandedOver { .. }
        | News::HandOverDeclined
        | News::Redacted { .. } => {
            let asked = notice.news == News::HandOverAsked;
            let attention = if asked { by(None) } else { Attention::Nobody };
            let sentence = party::sentence(case, notice);
            let href = if asked { format!("{}/hand-over", envelope.href) } else { envelope.href.clone() };
            views.letter(&Envelope { attention, href, ..envelope }, &ProgressLetter { about, sentence })
        }
        News::Turn(turn) => {
            let decline = is_given(case, turn).then(|| format!("{site}{DECLINE_TO_COME}"));
            views.letter(&to(by(turn.by)), &TurnLetter { about, act: act(case, turn), decline })
        }
        News::Reminder(turn) => views.letter(
            &to(by(turn.by)),
            &ReminderLetter {
                about,
                act: act(case, turn),
                since: calendar.day(turn.since),
                seated: turn.track.is_some() && matches!(turn.holder, Holder::Person(_)),
                late: turn.late_since.is_some() || turn.by.is_some_and(|by| calendar.is_past(by)),
            },
        ),
        News::Returned { reason } => {
            let due = workflow::turns(&case.definition, &case.submission.item, &case.facts(Actor::Clock));
            let due = due.into_iter().find_map(|turn| turn.by);
            let (requests, next) = (requests(announced), turn::own_next(case));
            views.letter(&to(by(due)), &ReturnedLetter { about, reason: reason.clone(), requests, next })
        }
        News::Decided { reason, gives, turn } => {
            let attention = turn.as_ref().map_or(Attention::Nobody, |turn| by(turn.by));
            let gives = gives.iter().filter_map(|what| given(case, what, &calendar)).collect();
            let letter = DecisionLetter { about, sentence: turn::stands(case), gives, reason: reason.clone() };
            views.letter(&to(attention), &letter)
        }
        News::Lapsed { transition, from, reason } => {
            let told = [Some(lapse(case, transition, from)), reason.clone()];
            let reason = told.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
            let letter =
                DecisionLetter { about, sentence: turn::stands(case), gives: Vec::new(), reason: Some(reason) };
            views.letter(&to(Attention::Nobody), &letter)
        }
        News::Received { by } => {
            let sentence = turn::after_sending(case, *by).join(" ");
            views.letter(&to(Attention::Nobody), &ProgressLetter { about, sentence: format!("Received. {sentence}") })
        }
        News::Moved => {
            let own = notice.person.id == case.submission.submitter;
            let sentence = if own { turn::stands(case) } else { turn::stands_for_office(case) };
            views.letter(&to(Attention::Nobody), &ProgressLetter { about, sentence })
        }
        News::Vacated { review, reason } => {
            views.letter(&envelope, &AlarmLetter { about, alarm: words::vacated(review, reason) })
        }
        News::ConflictAsked { matter, name, .. } => {
            views.letter(&envelope, &AlarmLetter { about, alarm: words::conflict::to_decide(*matter, name) })
        }
        News::Unstaffed { group } => views.letter(&envelope, &AlarmLetter { about, alarm: words::too_few(group) }),
        News::Undated { wants } => views.letter(&envelope, &AlarmLetter { about, alarm: words::no_day(wants) }),
    }
}

/// Whether it is the turn of somebody who was given a place and has not said whether they have a conflict of interest.
fn is_given(case: &Case, turn: &Turn) -> bool {
    let (Some(track), Holder::Person(person)) = (&turn.track, &turn.holder) else { return false };
    let seat = case.submission.item.tracks.get(track).and_then(|progress| progress.seat(*person));
    seat.is_some_and(|seat| !seat.declared)
}

fn act(case: &Case, turn: &Turn) -> String {
    let submission = &case.submission;
    let (state, author) = (&submission.item.state, submission.submitter);
    let task = Task { state, track: turn.track.as_deref(), holder: &turn.holder, author };
    turn::act(Some(&case.definition), &task)
}

/// What a decision gives its author, in a sentence.
fn given(case: &Case, what: &EventKind, calendar: &Calendar) -> Option<String> {
    let credit = |id: &str| case.definition.credit_called(id);
    match what {
        EventKind::CreditAwarded { credit: id, amount, earned, .. } => {
            Some(format!("Recorded for you: {amount} {}, earned on {}.", credit(id), calendar.date(*earned).text))
        }
        EventKind::Designated { credit: id, maximum, from, until } => Some(format!(
            "It may be offered for up to {maximum} {}, from {} to {}.",
            credit(id),
            calendar.date(*from).text,
            calendar.date(*until).text
        )),
        _ => None,
    }
}

/// Why it ended by itself, and what can still be done.
fn lapse(case: &Case, transition: &str, from: &str) -> String {
    const WHAT_NOW: &str = "That time is over, so nothing more can be done with it. It stays here for you to read, and you can begin a new one.";
    // On what else a time may depend is the office's own.
    let plain = case.definition.transitions.get(transition).is_some_and(|step| step.when.is_none());
    let path = ["transitions", transition, "from", from];
    let told = workflow::describe(&case.definition).into_iter().find(|told| plain && told.path == path);
    told.map_or_else(|| WHAT_NOW.to_owned(), |told| format!("{} {WHAT_NOW}", told.sentence))
}

/// The open change requests: what each is about, and the change.
fn requests(announced: &Announced) -> Vec<Fact> {
    let Announced { case, documents, .. } = announced;
    let open = case.submission.item.open_requests().map(|request| &request.asked);
    open.map(|asked| Fact::new(request::about(&case.definition, Some(documents), &asked.about), asked.text.clone()))
        .collect()
}
