//! Telling people what happened: one letter each, in words for the one who reads it.

use super::Worker;
use crate::{
    domain::{Answer, DocumentId, OrganisationId, SubmissionId},
    present::{
        Views, Written,
        letter::{
            About, AlarmLetter, Attention, DecisionLetter, Envelope, ProgressLetter, ReminderLetter, ReturnedLetter,
            TurnLetter,
        },
        part::Fact,
        words::when::When,
    },
    store::Mail,
    usecase::{
        Case,
        announce::{News, Notice, notices},
        letter,
    },
    workflow::{self, Turn, definition::Trigger},
};

pub(super) async fn run(
    worker: &Worker,
    organisation: OrganisationId,
    submission: SubmissionId,
    (first, last): (u64, u64),
) -> anyhow::Result<()> {
    let (case, notices) = notices(&worker.context, organisation, submission, first, last).await?;
    let mut letters = Vec::with_capacity(notices.len());
    for notice in notices {
        let written = write(&worker.views, &worker.public_url, &case, &notice)?;
        let mail = worker.mail(&notice.person, written);
        letters.push(Mail { about: Some(submission), dedupe: Some(notice.dedupe), ..mail });
    }
    Ok(letter::write(&worker.context, &letters).await?)
}

fn write(views: &Views, public_url: &str, case: &Case, notice: &Notice) -> anyhow::Result<Written> {
    let about = About { reference: case.submission.reference.clone(), title: shown_title(case) };
    let attention = match &notice.news {
        News::Turn(turn) | News::Reminder(turn) => {
            Attention::Yours { by: turn.by.map(|by| When::day(by, case.now, case.calendar.zone())) }
        }
        News::Returned { .. } => {
            let by = workflow::due(&case.definition, &case.submission.item).map(|(by, _)| by);
            Attention::Yours { by: by.map(|by| When::day(by, case.now, case.calendar.zone())) }
        }
        News::Unstaffed { .. } | News::Undated { .. } => Attention::Yours { by: None },
        News::Decided { .. } | News::Moved => Attention::Nobody,
    };
    let envelope = Envelope {
        name: notice.person.name.clone(),
        organisation: case.organisation.name.clone(),
        attention,
        href: format!("{public_url}/s/{}", case.submission.reference),
    };
    match &notice.news {
        News::Turn(turn) => views.letter(&TurnLetter { envelope, about, act: act(case, turn) }),
        News::Reminder(turn) => views.letter(&ReminderLetter {
            envelope,
            about,
            act: act(case, turn),
            since: When::day(turn.since, case.now, case.calendar.zone()),
            late: turn.by.is_some_and(|by| by <= case.now),
        }),
        News::Returned { reason } => {
            let requests = asked(case);
            views.letter(&ReturnedLetter { envelope, about, reason: reason.clone(), requests })
        }
        News::Decided { reason } => views.letter(&DecisionLetter {
            envelope,
            about,
            // The letter writes it as a sentence of its own.
            outcome: state_for_author(case).trim_end_matches('.').to_owned(),
            reason: reason.clone(),
            facts: Vec::new(),
        }),
        News::Moved => views.letter(&ProgressLetter { envelope, about, sentence: state_for_author(case) }),
        News::Unstaffed { group } => {
            let alarm = format!("Too few people of the group “{group}” can act now.");
            views.letter(&AlarmLetter { envelope, about, alarm })
        }
        News::Undated { wants } => {
            let alarm = format!(
                "The calendar has no {wants}, so the submission has no deadline and waits. Enter it on the \
                 organisation's page; the deadline is set at once."
            );
            views.letter(&AlarmLetter { envelope, about, alarm })
        }
    }
}

fn shown_title(case: &Case) -> String {
    if case.submission.title.is_empty() { case.definition.title.clone() } else { case.submission.title.clone() }
}

/// What is to be done, as a heading.
fn act(case: &Case, turn: &Turn) -> String {
    let item = &case.submission.item;
    let track = turn.track.as_ref().and_then(|name| Some((name, case.definition.track(name)?)));
    if let Some((name, track)) = track {
        return track.title(name);
    }
    let labels: Vec<&str> = case
        .definition
        .transitions
        .values()
        .filter(|step| step.from.contains(&item.state))
        .filter(|step| matches!(&step.trigger, Trigger::By(roles) if roles.contains(&turn.role)))
        .map(|step| step.label.as_str())
        .collect();
    labels.join(" / ")
}

fn state_for_author(case: &Case) -> String {
    case.definition
        .states
        .get(&case.submission.item.state)
        .map(|state| state.author_label.as_ref().unwrap_or(&state.label).clone())
        .unwrap_or_default()
}

/// The open change requests: what each is about, and the change.
fn asked(case: &Case) -> Vec<Fact> {
    let label = |about: &workflow::About| match about {
        workflow::About::Question(id) => {
            case.definition.question(id).map_or_else(|| id.clone(), |question| question.label.clone())
        }
        workflow::About::Document(id) => question_of(case, *id),
    };
    let item = &case.submission.item;
    item.open_requests()
        .map(|request| Fact { label: label(&request.asked.about), value: request.asked.text.clone() })
        .collect()
}

/// The question that a file answers.
fn question_of(case: &Case, document: DocumentId) -> String {
    let answers = &case.submission.answers.0;
    answers
        .iter()
        .find(|(_, answer)| matches!(answer, Answer::Files(files) if files.contains(&document)))
        .and_then(|(id, _)| case.definition.question(id))
        .map_or_else(|| "A file".to_owned(), |question| format!("A file of '{}'", question.label))
}
