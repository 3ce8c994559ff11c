//! The author's form: a section to fill in, and the last look before sending.

use serde::Serialize;

use super::{
    answer::{self, AnswerSection, Purpose},
    arithmetic::{self, Arithmetic},
    document::{self, File},
    head::{self, Head},
};
use crate::{
    domain::{Answer, DocumentId},
    present::{
        View,
        form::{
            data::FormData,
            fault::{Faults, sentence},
            field::{self, Field, Sheet},
        },
        part::{self, Button, Fault, Link, Tone},
        path,
        words::{self, meeting},
    },
    usecase::submission::Dossier,
    workflow::{
        Act, Definition, Refusal,
        definition::{Kind, Question, Section, Trigger},
    },
};

/// One section of a submission's form. Buttons: `then=continue` (default), `then=later`, `add`, `remove`.
#[derive(Clone, Debug, Serialize)]
pub struct FormSection {
    pub head: Head,
    pub title: String,
    /// `Section 2 of 4`.
    pub position: String,
    /// The way back: the task list.
    pub back: Link,
    pub faults: Vec<Fault>,
    pub fields: Vec<Field>,
    /// Where it posts to, as `multipart/form-data`, since files may be among the questions.
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// The last look before sending.
#[derive(Clone, Debug, Serialize)]
pub struct CheckAnswers {
    pub head: Head,
    /// The way back: the task list.
    pub back: Link,
    /// What is missing; each links to its section.
    pub faults: Vec<Fault>,
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    pub next: String,
    /// The button; nothing while answers are missing.
    pub send: Option<Button>,
}

impl View for FormSection {
    const TEMPLATE: &'static str = "page/form_section.html";
}

impl View for CheckAnswers {
    const TEMPLATE: &'static str = "page/answers_check.html";
}

/// Where the page after a section leads, and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The task list: the next section follows.
    Tasks,
    /// The last look: it follows again.
    Check,
}

/// A section, with what stands in the store or what was typed.
pub(crate) fn section(
    dossier: &Dossier,
    place: usize,
    section: &Section,
    origin: Origin,
    (typed, faults): (&FormData, &Faults),
) -> FormSection {
    let case = &dossier.case;
    let reference = &case.submission.reference;
    let named = named(dossier, typed);
    let sheet = Sheet { typed, faults, credit: arithmetic::designated(&case.definition), named: &named };
    let fields: Vec<Field> = section
        .questions
        .iter()
        .map(|question| Field { requests: answer::asked(dossier, &question.id), ..ask(dossier, &sheet, question) })
        .collect();
    let page = path::below(reference, &format!("form/{}", section.section));
    FormSection {
        head: head::head(dossier),
        title: section.title.clone(),
        position: format!("Section {} of {}", place + 1, case.definition.form.len()),
        back: match origin {
            Origin::Tasks => head::back(dossier),
            Origin::Check => {
                part::Link { label: "Back to your answers".to_owned(), href: path::below(reference, "check") }
            }
        },
        faults: faults.list(&field::places(&fields)),
        fields,
        action: if origin == Origin::Check { path::with(&page, "from", "check") } else { page },
        version: case.submission.version,
    }
}

fn ask(dossier: &Dossier, sheet: &Sheet<'_>, question: &Question) -> Field {
    if !matches!(question.kind, Kind::Files { .. }) {
        return sheet.field(question, "");
    }
    let submission = &dossier.case.submission;
    let calendar = crate::present::words::calendar::Calendar::of(&dossier.case);
    let chosen: &[DocumentId] = match submission.answers.get(&question.id) {
        Some(Answer::Files(files)) => files,
        _ => &[],
    };
    let files = dossier.documents.iter().filter(|document| chosen.contains(&document.id));
    let file = |found| File {
        hints: document::hints(found, &dossier.documents),
        ..document::file(found, &submission.reference, &calendar)
    };
    let files = files.map(file).collect();
    let action = path::below(&submission.reference, &format!("files/{}", question.id));
    field::files(question, files, action, sheet.faults)
}

/// Everybody named in the form, as typed on this page or stored by another: what a table's person can be.
fn named(dossier: &Dossier, typed: &FormData) -> Vec<(String, String)> {
    let stored = FormData::of(&dossier.case.submission.answers);
    let questions = dossier.case.definition.form.iter().flat_map(|section| &section.questions);
    let people = questions.filter(|question| matches!(question.kind, Kind::People { .. }));
    people
        .flat_map(|question| {
            let source = if typed.rows(&question.id).is_empty() { &stored } else { typed };
            source.rows(&question.id).into_iter().map(|row| {
                let of = |field: &str| source.text(&format!("{}/{row}/{field}", question.id));
                (of("email").to_lowercase(), of("name"))
            })
        })
        .filter(|(email, _)| !email.is_empty())
        .collect()
}

/// The last look before sending, with what is still missing.
pub(crate) fn check(dossier: &Dossier) -> CheckAnswers {
    let case = &dossier.case;
    let reference = &case.submission.reference;
    CheckAnswers {
        head: head::head(dossier),
        back: head::back(dossier),
        faults: dossier.missing.iter().map(|fault| missing(&case.definition, reference, fault)).collect(),
        sections: answer::sections(dossier, &Purpose::Check),
        arithmetic: arithmetic::arithmetic(&case.definition, &case.submission.answers),
        next: next(dossier),
        send: send(dossier).filter(|_| dossier.missing.is_empty()),
    }
}

fn missing(definition: &Definition, reference: &str, fault: &crate::workflow::FieldFault) -> part::Fault {
    let question = fault.field.split('/').next().unwrap_or_default();
    let section = definition.form.iter().find(|section| section.questions.iter().any(|asked| asked.id == question));
    let href = match section {
        Some(section) => path::question(reference, &section.section, question),
        None => path::submission(reference),
    };
    let label = definition.question(question).map_or(question, |question| question.label.as_str());
    let said = sentence(&fault.message);
    let message = if said.contains(label) { said } else { format!("{label}: {said}") };
    part::Fault { href, message }
}

fn next(dossier: &Dossier) -> String {
    let way = next_transition(dossier);
    let refusal = way.and_then(|(_, refusal)| refusal);
    match (way, refusal) {
        _ if !dossier.missing.is_empty() => "Put right what is listed on top; then you can send it.".to_owned(),
        (_, Some(refusal)) => words::refusal(refusal),
        (Some(_), None) => {
            let sent = "Once you send it, it goes to the office; you can read it here at any time and are told when it \
                        comes back.";
            meeting::deadline(dossier).map_or_else(|| sent.to_owned(), |deadline| format!("{deadline} {sent}"))
        }
        (None, None) => "It cannot be sent at the moment.".to_owned(),
    }
}

fn send(dossier: &Dossier) -> Option<Button> {
    let (name, refusal) = next_transition(dossier)?;
    let step = dossier.case.definition.transitions.get(name)?;
    let submission = &dossier.case.submission;
    refusal.is_none().then(|| Button {
        label: step.label.clone(),
        action: path::below(&submission.reference, &format!("act/{name}")),
        version: Some(submission.version),
        tone: Tone::Good,
    })
}

/// The author's way on, as offered: the first step of his that does not end it; with why it is refused now.
pub(crate) fn next_transition(dossier: &Dossier) -> Option<(&str, Option<&Refusal>)> {
    let definition = &dossier.case.definition;
    dossier.offers.iter().find_map(|offer| {
        let Act::Fire(name) = &offer.act else { return None };
        let step = definition.transitions.get(name)?;
        let ends = definition.states.get(&step.to)?.ends();
        let by_people = matches!(step.trigger, Trigger::By(_));
        (by_people && !ends).then_some((name.as_str(), offer.refusal.as_ref()))
    })
}
