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
    workflow::{About, Definition, Event, EventKind, EventName, Recipient, Resolution, Timer, definition::Verdict},
};

/// Something that happened. Which of the optional fields are there depends on `what`.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"sequence": 4, "at": "2026-11-22T09:30:00Z", "by": null, "role": "author", "what": "moved",
    "transition": "submit", "from": "draft", "to": "assessment"}))]
pub(super) struct EventOut {
    /// Its number within the submission, from 1.
    sequence: u64,
    /// When.
    at: Timestamp,
    /// Who, where the reader may know; nobody for what time or a rule set off.
    by: Option<NameOut>,
    /// The role it was done in.
    role: Option<String>,
    /// What.
    what: EventName,
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
    #[schema(pattern = r"^-?[0-9]+\.[0-9]{2}$")]
    amount: Option<String>,
    /// When credit was earned, or the last day of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<Date>,
    /// When a timer is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Timestamp>,
}

impl EventOut {
    /// An event of a history.
    pub(super) fn of(event: &Event, history: &History) -> Self {
        let name = |person: &PersonId| history.people.get(person).map(NameOut::of);
        let meta = event.what.meta();
        let about = Details {
            track: meta.track.map(str::to_owned),
            person: meta.person.as_ref().and_then(name),
            ..Details::default()
        };
        Self {
            sequence: event.sequence,
            at: event.at,
            by: event.by.as_ref().and_then(name),
            role: event.role.clone(),
            what: EventName::from(&event.what),
            details: details(&event.what, &history.case.definition, about),
        }
    }
}

/// What belongs to an event beside the review and the person it is about.
#[expect(clippy::too_many_lines, reason = "every kind of event is named, so that a new one is thought about")]
fn details(what: &EventKind, definition: &Definition, about: Details) -> Details {
    match what {
        EventKind::Begun { state } => Details { to: Some(state.clone()), ..about },
        EventKind::Moved { transition, from, to, note, asked, .. } => Details {
            answers: answers(definition, transition, asked),
            transition: Some(transition.clone()),
            from: Some(from.clone()),
            to: Some(to.clone()),
            text: note.clone(),
            ..about
        },
        EventKind::Counted { counter, value } => {
            Details { value: Some(*value), subject: Some(counter.clone()), ..about }
        }
        EventKind::Released { reason, .. } | EventKind::HandedOver { reason, .. } => {
            Details { text: reason.clone(), ..about }
        }
        EventKind::VerdictRecorded { verdict, note, .. } => {
            Details { verdict: Some(*verdict), text: note.clone(), ..about }
        }
        EventKind::Recused { reason, .. } => Details { text: Some(reason.clone()), ..about },
        EventKind::ConflictFound { conflict, reason, .. } => {
            Details { subject: Some(<&str>::from(*conflict).to_owned()), text: Some(reason.clone()), ..about }
        }
        EventKind::ConflictLifted { conflicts, reason, .. } => {
            let lifted: Vec<&str> = conflicts.iter().map(|conflict| <&str>::from(*conflict)).collect();
            Details { subject: Some(lifted.join(" ")), text: Some(reason.clone()), ..about }
        }
        EventKind::SentBack { from, to } => Details { from: Some(from.clone()), to: Some(to.clone()), ..about },
        EventKind::OfficeAsked { matter, .. } => Details { subject: Some(<&str>::from(*matter).to_owned()), ..about },
        EventKind::OfficeAnswered { ruling, reason, .. } => {
            Details { subject: Some(<&str>::from(*ruling).to_owned()), text: Some(reason.clone()), ..about }
        }
        EventKind::ChangeRequested { request, asked, .. } => {
            let (question, file) = match &asked.about {
                About::Question(question) => (Some(question.clone()), None),
                About::Document(document) => (None, Some(document.0)),
            };
            Details { request: Some(*request), question, file, text: Some(asked.text.clone()), ..about }
        }
        EventKind::ChangeResolved { request, resolution } => {
            let (subject, text) = match resolution {
                Resolution::Done(text) => ("done", text.clone()),
                Resolution::Declined(text) => ("declined", Some(text.clone())),
            };
            Details { request: Some(*request), text, subject: Some(subject.to_owned()), ..about }
        }
        EventKind::TimerArmed { timer, due } => Details { due: Some(*due), subject: Some(called(timer)), ..about },
        EventKind::TimerFired { timer } | EventKind::TimerCancelled { timer } => {
            Details { subject: Some(called(timer)), ..about }
        }
        EventKind::TimerUndated { timer, wants } => {
            Details { text: Some(wants.clone()), subject: Some(called(timer)), ..about }
        }
        EventKind::CreditAwarded { credit, amount, to, earned, .. } => Details {
            credit: Some(credit.clone()),
            amount: Some(amount.to_string()),
            day: Some(*earned),
            text: match to {
                Recipient::Person(_) => None,
                Recipient::Named { name, .. } => Some(name.clone()),
            },
            ..about
        },
        EventKind::Designated { credit, maximum, until, .. } => {
            Details { credit: Some(credit.clone()), amount: Some(maximum.to_string()), day: Some(*until), ..about }
        }
        EventKind::CoAuthorNamed { name, .. } => Details { text: Some(name.clone()), ..about },
        EventKind::Redacted { about: what, sha256, reason } => {
            let (question, file) = match what {
                About::Question(question) => (Some(question.clone()), None),
                About::Document(document) => (None, Some(document.0)),
            };
            Details { question, file, subject: Some(sha256.clone()), text: Some(reason.clone()), ..about }
        }
        EventKind::CreditStopped { rule: subject }
        | EventKind::Unstaffed { role: subject }
        | EventKind::Staffed { role: subject } => Details { subject: Some(subject.clone()), ..about },
        EventKind::Migrated { from, to, state, .. } => {
            Details { from: Some(from.clone()), to: Some(to.clone()), subject: Some(state.clone()), ..about }
        }
        _ => about,
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
