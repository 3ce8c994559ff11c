//! The last look before sending.

use serde::Serialize;

use super::{
    answer::{self, AnswerSection, Purpose},
    disclosures,
};
use crate::{
    present::{
        View,
        arithmetic::{self, Arithmetic},
        head::{self, Head},
        part::{self, Button, Fault, Link, Tone},
        path,
        words::{self, meeting},
    },
    usecase::submission::Dossier,
    workflow::{Definition, FieldFault, Refusal, definition::Section},
};

/// What to do about disclosures that nobody gave yet.
const ASK: &str = "You can send it; the office sees who has not given one. Ask on the page Disclosures.";

/// The last look before sending.
#[derive(Clone, Debug, Serialize)]
pub struct CheckAnswers {
    pub head: Head,
    /// The way back: the task list.
    pub back: Link,
    /// What is missing; each links to its section.
    pub faults: Vec<Fault>,
    /// What does not stand in the way, and is to be thought of.
    pub warnings: Vec<String>,
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    pub next: String,
    /// The button; nothing while answers are missing.
    pub send: Option<Button>,
}

impl View for CheckAnswers {
    const TEMPLATE: &'static str = "page/answers_check.html";
}

/// The last look before sending, with what is still missing.
pub(crate) fn of(dossier: &Dossier) -> CheckAnswers {
    let case = &dossier.case;
    CheckAnswers {
        head: head::head(dossier),
        back: head::back(dossier),
        faults: faults(dossier),
        warnings: disclosures::outstanding(dossier).into_iter().map(|told| format!("{told} {ASK}")).collect(),
        sections: answer::sections(dossier, &Purpose::Check),
        arithmetic: arithmetic::arithmetic(&case.definition, &case.submission.answers),
        next: next(dossier),
        send: send(dossier).filter(|_| dossier.missing.is_empty() && dossier.unmet.is_empty()),
    }
}

/// Everything that stands in the way of sending, at once: each links to where it is put right.
fn faults(dossier: &Dossier) -> Vec<Fault> {
    let case = &dossier.case;
    let reference = &case.submission.reference;
    let answers = dossier.missing.iter().map(|fault| missing(&case.definition, reference, fault));
    let rules = dossier.unmet.iter().map(|refusal| unmet(&case.definition, reference, refusal));
    let open = case.submission.item.open_requests().count();
    let requests = (open > 0 && case.is_paused()).then(|| part::Fault {
        href: format!("{}#requests", path::submission(reference)),
        message: format!("{} without an answer.", words::many(open, "requested change")),
    });
    answers.chain(rules).chain(requests).collect()
}

/// A rule over several answers leads to the first of them.
fn unmet(definition: &Definition, reference: &str, refusal: &Refusal) -> Fault {
    let asked = |section: &Section| {
        Some((section.section.clone(), section.questions.iter().find(|q| refusal.reads(&q.id))?.id.clone()))
    };
    let href = definition.form.iter().find_map(asked).map_or_else(
        || path::submission(reference),
        |(section, question)| path::question(reference, &section, &question),
    );
    part::Fault { href, message: words::refusal(refusal) }
}

fn missing(definition: &Definition, reference: &str, fault: &FieldFault) -> part::Fault {
    let question = fault.field.split('/').next().unwrap_or_default();
    let section = definition.form.iter().find(|section| section.questions.iter().any(|asked| asked.id == question));
    let href = match section {
        Some(section) => path::question(reference, &section.section, question),
        None => path::submission(reference),
    };
    let label = definition.question(question).map_or(question, |question| question.label.as_str());
    let said = words::sentence(&fault.message);
    let message = if said.contains(label) { said } else { format!("{label}: {said}") };
    part::Fault { href, message }
}

fn next(dossier: &Dossier) -> String {
    let way = dossier.next_transition();
    let refusal = way.and_then(|(_, refusal)| refusal);
    match (way, refusal) {
        _ if !dossier.missing.is_empty() || !dossier.unmet.is_empty() => {
            "Put right what is listed on top; then you can send it.".to_owned()
        }
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
    let (name, refusal) = dossier.next_transition()?;
    let step = dossier.case.definition.transitions.get(name)?;
    let submission = &dossier.case.submission;
    refusal.is_none().then(|| Button {
        label: step.label.clone(),
        action: path::below(&submission.reference, &format!("act/{name}")),
        version: Some(submission.version),
        tone: Tone::Good,
    })
}
