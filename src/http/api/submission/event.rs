//! Something that happened, as a program reads it.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{Answers, PersonId},
    http::api::person::NameOut,
    usecase::submission::History,
    workflow::{About, Definition, Event, EventKind, Recipient, Resolution, Timer, definition::Verdict},
};

/// Something that happened. Which of the optional fields are there depends on `what`.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"sequence": 4, "at": "2026-11-22T09:30:00Z", "by": null, "role": "author", "what": "moved",
    "transition": "submit", "from": "draft", "to": "assessment"}))]
pub(super) struct EventOut {
    /// Its number within the submission, from 1.
    sequence: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who, where the reader may know; nobody for what time or a rule set off.
    by: Option<NameOut>,
    /// The role it was done in.
    role: Option<String>,
    /// What: `begun`, `moved`, `claimed`, `verdict-recorded`, …
    what: &'static str,
    #[serde(flatten)]
    details: Details,
}

/// What belongs to an event, by its kind.
#[derive(Default, Serialize, ToSchema)]
struct Details {
    /// The transition.
    #[serde(skip_serializing_if = "Option::is_none")]
    transition: Option<String>,
    /// The state that was left; of a migration the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The state that was entered; of a migration the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// The review.
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<NameOut>,
    /// The verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    verdict: Option<Verdict>,
    /// The number of the change request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<u32>,
    /// The question a request is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// The file a request is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<Uuid>,
    /// The reason, note or text given.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Answers given with a step, such as the reasons of a return, by question.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = Object)]
    answers: BTreeMap<String, Value>,
    /// The counter, reminder, transition, role or state concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// A counter's new value.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<u32>,
    /// The credit type.
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<String>,
    /// How much credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// When credit was earned, or the last day of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// When a timer is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    due: Option<Timestamp>,
}

impl EventOut {
    /// An event of a history.
    pub(super) fn of(event: &Event, history: &History) -> Self {
        let name = |person: &PersonId| history.people.get(person).map(NameOut::of);
        let (what, details) = told(&event.what, &history.case.definition, &name);
        let by = event.by.as_ref().and_then(name);
        Self { sequence: event.sequence, at: event.at, by, role: event.role.clone(), what, details }
    }
}

#[expect(clippy::too_many_lines, reason = "one arm an event")]
fn told(
    what: &EventKind,
    definition: &Definition,
    name: &impl Fn(&PersonId) -> Option<NameOut>,
) -> (&'static str, Details) {
    let seat = |track: &String, person: &PersonId| Details {
        track: Some(track.clone()),
        person: name(person),
        ..Details::default()
    };
    let about = |subject: String| Details { subject: Some(subject), ..Details::default() };
    match what {
        EventKind::Begun { state } => ("begun", Details { to: Some(state.clone()), ..Details::default() }),
        EventKind::Moved { transition, from, to, note, asked, .. } => (
            "moved",
            Details {
                answers: answers(definition, transition, asked),
                transition: Some(transition.clone()),
                from: Some(from.clone()),
                to: Some(to.clone()),
                text: note.clone(),
                ..Details::default()
            },
        ),
        EventKind::Counted { counter, value } => ("counted", Details { value: Some(*value), ..about(counter.clone()) }),
        EventKind::TrackOpened { track, .. } => {
            ("track-opened", Details { track: Some(track.clone()), ..Details::default() })
        }
        EventKind::Claimed { track, person } => ("claimed", seat(track, person)),
        EventKind::Assigned { track, person } => ("assigned", seat(track, person)),
        EventKind::Declared { track, person } => ("declared", seat(track, person)),
        EventKind::Released { track, person, reason } => {
            ("released", Details { text: reason.clone(), ..seat(track, person) })
        }
        EventKind::VerdictRecorded { track, person, verdict, note, .. } => {
            ("verdict-recorded", Details { verdict: Some(*verdict), text: note.clone(), ..seat(track, person) })
        }
        EventKind::VerdictVoided { track, person } => ("verdict-voided", seat(track, person)),
        EventKind::Recused { person, reason } => {
            ("recused", Details { person: name(person), text: Some(reason.clone()), ..Details::default() })
        }
        EventKind::ChangeRequested { request, person, track, asked } => {
            let (question, file) = match &asked.about {
                About::Question(question) => (Some(question.clone()), None),
                About::Document(document) => (None, Some(document.0)),
            };
            (
                "change-requested",
                Details {
                    request: Some(*request),
                    person: name(person),
                    track: track.clone(),
                    question,
                    file,
                    text: Some(asked.text.clone()),
                    ..Details::default()
                },
            )
        }
        EventKind::ChangeResolved { request, resolution } => {
            let (subject, text) = match resolution {
                Resolution::Done(text) => ("done", text.clone()),
                Resolution::Declined(text) => ("declined", Some(text.clone())),
            };
            ("change-resolved", Details { request: Some(*request), text, ..about(subject.to_owned()) })
        }
        EventKind::TimerArmed { timer, due } => ("timer-armed", Details { due: Some(*due), ..about(called(timer)) }),
        EventKind::TimerFired { timer } => ("timer-fired", about(called(timer))),
        EventKind::TimerCancelled { timer } => ("timer-cancelled", about(called(timer))),
        EventKind::TimerUndated { timer, wants } => {
            ("timer-undated", Details { text: Some(wants.clone()), ..about(called(timer)) })
        }
        EventKind::Reminded => ("reminded", Details::default()),
        EventKind::CreditAwarded { credit, amount, to, earned, .. } => (
            "credit-awarded",
            Details {
                credit: Some(credit.clone()),
                amount: Some(amount.to_string()),
                day: Some(*earned),
                person: match to {
                    Recipient::Person(person) => name(person),
                    Recipient::Named { .. } => None,
                },
                text: match to {
                    Recipient::Person(_) => None,
                    Recipient::Named { name, .. } => Some(name.clone()),
                },
                ..Details::default()
            },
        ),
        EventKind::CreditStopped { rule } => ("credit-stopped", about(rule.clone())),
        EventKind::Designated { credit, maximum, until, .. } => (
            "designated",
            Details {
                credit: Some(credit.clone()),
                amount: Some(maximum.to_string()),
                day: Some(*until),
                ..Details::default()
            },
        ),
        EventKind::OfferStopped => ("offer-stopped", Details::default()),
        EventKind::AnswersRestored => ("answers-restored", Details::default()),
        EventKind::Unstaffed { role } => ("unstaffed", about(role.clone())),
        EventKind::Staffed { role } => ("staffed", about(role.clone())),
        EventKind::Migrated { from, to, state, .. } => {
            ("migrated", Details { from: Some(from.clone()), to: Some(to.clone()), ..about(state.clone()) })
        }
    }
}

/// What was answered with a step, as plain JSON.
fn answers(definition: &Definition, transition: &str, asked: &Answers) -> BTreeMap<String, Value> {
    let questions = definition.transitions.get(transition).map(|step| step.asks.as_slice()).unwrap_or_default();
    let shown = questions.iter().filter_map(|question| {
        let answer = asked.get(&question.id)?;
        Some((question.id.clone(), question.show(answer)))
    });
    shown.collect()
}

/// A timer by what it sets off: the transition, or the reminder by its number.
fn called(timer: &Timer) -> String {
    match timer {
        Timer::Transition(transition) => transition.clone(),
        Timer::Reminder(number) => format!("reminder {}", number.saturating_add(1)),
    }
}
