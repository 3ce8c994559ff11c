//! What happened to a submission, told as sentences: who, and what he did.

use serde::Serialize;

use crate::{
    access::{Caller, Relation},
    domain::PersonId,
    present::{
        View,
        head::{self, Head},
        part::{Pager, Tone},
        path,
        words::{self, calendar::Calendar, state, when::When},
    },
    usecase::{Case, submission::History},
    workflow::{Event, EventKind, Recipient, Right, Timer, definition::Trigger},
};

/// Everything that happened to a submission.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    pub head: Head,
    pub entries: Vec<HistoryEntry>,
    pub pager: Pager,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryEntry {
    /// Its number within the submission.
    pub sequence: u64,
    pub at: When,
    /// Who: a name, `The clock`, `A rule of the workflow`, `A reviewer`.
    pub who: String,
    /// What, as the rest of the sentence: `sent it for assessment`.
    pub what: String,
    /// The reason or remark given.
    pub note: Option<String>,
    pub tone: Tone,
}

impl View for HistoryPage {
    const TEMPLATE: &'static str = "page/history_read.html";
}

/// The history page, newest first.
pub(crate) fn of(history: &History, caller: &Caller) -> HistoryPage {
    let case = &history.case;
    let author = history.people.get(&case.submission.submitter);
    let relation = case.relation(caller);
    let reference = &case.submission.reference;
    let mut entries: Vec<HistoryEntry> = history.events.iter().filter_map(|event| entry(history, event)).collect();
    entries.reverse();
    let next = history.next.map(|after| path::with(&path::below(reference, "history"), "after", &after.to_string()));
    HistoryPage {
        head: head::of(case, author.filter(|_| !relation.is_author()), relation),
        pager: Pager { text: counted(history, entries.len()), previous: None, next },
        entries,
    }
}

/// How many there are, and why numbers are left out: to whoever looks for what was deleted, a gap is a question.
fn counted(history: &History, shown: usize) -> String {
    let events = words::many(shown, "event");
    if shown == history.events.len() {
        return events;
    }
    format!(
        "{events}. Nothing is missing: the numbers between are deadlines set and ended, reviews opened and rounds counted, \
         which the API lists."
    )
}

fn entry(history: &History, event: &Event) -> Option<HistoryEntry> {
    let (what, note, tone) = told(history, &event.what)?;
    Some(HistoryEntry {
        sequence: event.sequence,
        at: Calendar::of(&history.case).instant(event.at),
        who: who(history, event),
        what,
        note,
        tone,
    })
}

fn who(history: &History, event: &Event) -> String {
    match (event.by, &event.what) {
        (Some(person), _) => name(history, person),
        (None, EventKind::Moved { transition, .. }) => by_itself(&history.case, transition),
        (None, EventKind::TimerFired { .. } | EventKind::Reminded) => "Time".to_owned(),
        (None, EventKind::CoAuthorNamed { .. } | EventKind::CoAuthorRemoved { .. }) => "The author".to_owned(),
        (None, EventKind::HandOverProposed { .. } | EventKind::HandedOver { .. } | EventKind::Redacted { .. }) => {
            "The office".to_owned()
        }
        (None, EventKind::ChangeRequested { .. } | EventKind::VerdictRecorded { .. }) => "A reviewer".to_owned(),
        (None, _) => "The workflow".to_owned(),
    }
}

/// Who is told to have taken a step that nobody is named for: time, a rule, or somebody the reader must not know.
fn by_itself(case: &Case, transition: &str) -> String {
    let who = match case.definition.transitions.get(transition).map(|step| &step.trigger) {
        Some(Trigger::After(_)) => "Time",
        Some(Trigger::Auto) => "The workflow",
        Some(Trigger::By(_)) | None => "The office",
    };
    who.to_owned()
}

fn name(history: &History, person: PersonId) -> String {
    history.people.get(&person).map_or_else(|| "Somebody".to_owned(), |person| person.name.clone())
}

/// The rest of the sentence, the reason given, and how to read it. What nobody would miss is left out.
#[expect(clippy::too_many_lines, reason = "every kind of event is named, so that a new one is thought about")]
fn told(history: &History, what: &EventKind) -> Option<(String, Option<String>, Tone)> {
    let (case, calendar) = (&history.case, Calendar::of(&history.case));
    let quiet = |text: String| Some((text, None, Tone::Quiet));
    let credit_called = |id: &str| case.definition.credit_called(id);
    let track = |name: &str| case.definition.track(name).map_or_else(|| words::plain(name), |track| track.title(name));
    match what {
        EventKind::Begun { .. } => quiet("began the draft".to_owned()),
        EventKind::Moved { transition, to, note, .. } => Some(moved(case, transition, to, note.clone())),
        EventKind::Claimed { track: of, .. } => {
            quiet(format!("took a place in the review “{}” and declared no conflict", track(of)))
        }
        EventKind::Assigned { track: of, person } => {
            quiet(format!("assigned {} to the review “{}”", name(history, *person), track(of)))
        }
        EventKind::Declared { track: of, .. } => quiet(format!("declared no conflict for the review “{}”", track(of))),
        EventKind::Released { track: of, person, reason } => Some((
            format!("gave back the place of {} in the review “{}”", name(history, *person), track(of)),
            reason.clone(),
            Tone::Quiet,
        )),
        EventKind::VerdictRecorded { track: of, verdict, note, .. } => {
            let tag = state::verdict(*verdict);
            Some((format!("judged in the review “{}”: {}", track(of), tag.label), note.clone(), tag.tone))
        }
        EventKind::VerdictVoided { track: of, person } => {
            let text =
                format!("the verdict of {} in the review “{}” no longer counts", name(history, *person), track(of));
            Some((text, None, Tone::Bad))
        }
        EventKind::Recused { person, reason } => Some((
            format!("recorded a conflict of interest of {}", name(history, *person)),
            Some(reason.clone()),
            Tone::Bad,
        )),
        EventKind::ChangeRequested { request, asked, .. } => Some((
            format!("asked for change {request}: {}", words::request::about(&case.definition, None, &asked.about)),
            Some(asked.text.clone()),
            Tone::Turn,
        )),
        EventKind::ChangeResolved { request, resolution } => {
            Some((format!("answered change {request}"), Some(words::request::resolution(resolution)), Tone::Quiet))
        }
        EventKind::CreditAwarded { credit, amount, to, earned, .. } => Some((
            format!(
                "recorded {amount} {} for {}, earned on {}",
                credit_called(credit),
                recipient(history, to),
                calendar.date(*earned).text
            ),
            None,
            Tone::Good,
        )),
        EventKind::CreditStopped { .. } => Some(("took the credit back".to_owned(), None, Tone::Bad)),
        EventKind::Designated { credit, maximum, until, .. } => {
            let until = calendar.date(*until).text;
            let text = format!("listed it for at most {maximum} {}, valid until {until}", credit_called(credit));
            Some((text, None, Tone::Good))
        }
        EventKind::OfferStopped => Some(("took it off the public list".to_owned(), None, Tone::Bad)),
        EventKind::AnswersRestored => quiet("put back the answers that were accredited".to_owned()),
        EventKind::Reminded | EventKind::TimerFired { timer: Timer::Reminder(_) } => {
            quiet("reminded those whose turn it is".to_owned())
        }
        EventKind::Migrated { state, .. } => quiet(taken_over(case, state)),
        EventKind::Unstaffed { .. } | EventKind::Staffed { .. } | EventKind::TimerUndated { .. } => waits(what),
        EventKind::ConflictFound { .. }
        | EventKind::ConflictLifted { .. }
        | EventKind::SentBack { .. }
        | EventKind::OfficeAsked { .. }
        | EventKind::OfficeAnswered { .. } => of_conflict(history, what),
        _ => beside(history, what),
    }
}

/// What came of a conflict of interest.
fn of_conflict(history: &History, what: &EventKind) -> Option<(String, Option<String>, Tone)> {
    Some(match what {
        EventKind::ConflictFound { person, reason, .. } => {
            let text = format!("found a conflict of interest of {}", name(history, *person));
            (text, Some(reason.clone()), Tone::Bad)
        }
        EventKind::ConflictLifted { person, reason, .. } => {
            let text = format!("lifted the conflict of interest of {}", name(history, *person));
            (text, Some(reason.clone()), Tone::Moving)
        }
        EventKind::SentBack { to, .. } => {
            let state = state::tag(&history.case.definition, to, Relation::Coordinator);
            let text = format!("went back to where something has to be done again. It is now: {}", state.label);
            (text, None, Tone::Moving)
        }
        EventKind::OfficeAsked { person, matter } => {
            (words::conflict::asked(*matter, &name(history, *person)), None, Tone::Bad)
        }
        EventKind::OfficeAnswered { person, ruling, reason } => {
            let text = format!("decided about {}: {}", name(history, *person), words::conflict::ruling(*ruling));
            (text, Some(reason.clone()), Tone::Moving)
        }
        _ => return None,
    })
}

/// What was done beside the workflow; what nobody would miss is left out.
fn beside(history: &History, what: &EventKind) -> Option<(String, Option<String>, Tone)> {
    let definition = &history.case.definition;
    Some(match what {
        EventKind::CoAuthorNamed { name, right, .. } => {
            let may = if *right == Right::Writes { "who writes along" } else { "who reads along" };
            (format!("named {name} as a co-author, {may}"), None, Tone::Quiet)
        }
        EventKind::CoAuthorRemoved { .. } => ("took a co-author off".to_owned(), None, Tone::Quiet),
        EventKind::HandOverProposed { person } => {
            (format!("asked whether it is handed over to {}", name(history, *person)), None, Tone::Quiet)
        }
        EventKind::HandOverAgreed { .. } => ("agreed to the handing over".to_owned(), None, Tone::Quiet),
        EventKind::HandOverDeclined { .. } => ("declined the handing over".to_owned(), None, Tone::Quiet),
        EventKind::HandedOver { person, reason, .. } => {
            (format!("handed it over to {}", name(history, *person)), reason.clone(), Tone::Moving)
        }
        EventKind::Redacted { about, sha256, reason } => {
            let about = words::request::about(definition, None, about);
            (format!("redacted {about} (SHA-256 {sha256})"), Some(reason.clone()), Tone::Bad)
        }
        EventKind::Discarded => ("threw the empty draft away".to_owned(), None, Tone::Quiet),
        _ => return None,
    })
}

fn taken_over(case: &Case, state: &str) -> String {
    let state = state::tag(&case.definition, state, Relation::Coordinator);
    format!("took it over to a newer version of the workflow. It is now: {}", state.label)
}

/// That it waits for the office itself, and that it does so no longer.
fn waits(what: &EventKind) -> Option<(String, Option<String>, Tone)> {
    let (text, tone) = match what {
        EventKind::Unstaffed { role } => {
            (format!("found too few people who can act as {}; it waits", words::plain(role)), Tone::Bad)
        }
        EventKind::Staffed { role } => {
            (format!("found enough people again who can act as {}", words::plain(role)), Tone::Quiet)
        }
        EventKind::TimerUndated { wants, .. } => {
            (format!("found no {wants} in the calendar; it waits without a deadline"), Tone::Bad)
        }
        _ => return None,
    };
    Some((text, None, tone))
}

fn moved(case: &Case, transition: &str, to: &str, note: Option<String>) -> (String, Option<String>, Tone) {
    let definition = &case.definition;
    let step = definition.transitions.get(transition);
    let state = state::tag(definition, to, Relation::Coordinator);
    // Only steps that people take have a name that people have read on a button.
    let what = match step.map(|step| &step.trigger) {
        Some(Trigger::By(_)) => step.map_or_else(|| words::words(transition), |step| format!("chose “{}”", step.label)),
        Some(Trigger::After(_)) => "ran out".to_owned(),
        Some(Trigger::Auto) | None => "moved it on".to_owned(),
    };
    (format!("{what}. It is now: {}", state.label), note, state.tone)
}

fn recipient(history: &History, to: &Recipient) -> String {
    match to {
        Recipient::Person(person) => name(history, *person),
        Recipient::Named { name, .. } => name.clone(),
    }
}
