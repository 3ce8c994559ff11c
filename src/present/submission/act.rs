//! Acts on a submission: the buttons that lead to them, and the pages on which they are done.

use crate::{
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field, Sheet},
        },
        head,
        part::{self, Tone},
        path, words,
    },
    usecase::submission::Dossier,
    workflow::{
        Act, Offer, Refusal,
        definition::{Note, State, Transition},
    },
};

/// Steps of the workflow that are the reader's, also those refused for a reason they can mend; `skip` is shown elsewhere on
/// the page.
pub(crate) fn steps(dossier: &Dossier, skip: Option<&str>) -> Vec<part::Act> {
    let offered = dossier.offers.iter().filter_map(|offer| match &offer.act {
        Act::Fire(name) if Some(name.as_str()) != skip && concerns(offer) => Some((offer, name)),
        _ => None,
    });
    offered.map(|(offer, name)| step(dossier, offer, name)).collect()
}

/// Whether a step is the reader's at all: not one of another role, nor one that the workflow does not offer now.
fn concerns(offer: &Offer) -> bool {
    !matches!(offer.refusal, Some(Refusal::WrongRole { .. } | Refusal::NotOffered { .. }))
}

fn step(dossier: &Dossier, offer: &Offer, name: &str) -> part::Act {
    let transition = dossier.case.definition.transitions.get(name);
    part::Act {
        label: offer.label.clone(),
        href: path::below(&dossier.case.submission.reference, &format!("act/{name}")),
        tone: transition.map_or(Tone::Quiet, |step| tone(dossier, step)),
        refusal: offer.refusal.as_ref().map(words::refusal),
    }
}

/// Good leads on, bad ends it without credit.
fn tone(dossier: &Dossier, step: &Transition) -> Tone {
    let to = dossier.case.definition.states.get(&step.to);
    match (to.is_some_and(State::accredits), to.is_some_and(State::ends)) {
        (true, _) => Tone::Good,
        (false, true) => Tone::Bad,
        (false, false) => Tone::Quiet,
    }
}

/// The page of one step: what it asks, its reason, and changes asked of the author.
pub(crate) fn page(dossier: &Dossier, name: &str, step: &Transition, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let case = &dossier.case;
    let sheet = Sheet { typed, faults, credit: None, named: &[], disclosed: &[] };
    let mut fields: Vec<Field> =
        step.asks.iter().map(|question| sheet.field(&question.over(&case.submission.answers), "asked/")).collect();
    if asks_changes(dossier, step) {
        fields.push(requests(dossier, &sheet));
    }
    fields.extend(note(step, typed, faults));
    let ends = tone(dossier, step) == Tone::Bad;
    let to = case.definition.states.get(&step.to).map_or_else(String::new, |state| state.label.clone());
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: step.label.clone(),
        lead: (!ends).then(|| format!("It is then: {to}.")),
        warning: ends.then(|| format!("This ends it: {to}. It cannot be undone.")),
        version: Some(case.submission.version),
        tone: if ends { Tone::Bad } else { Tone::Good },
        later: !fields.is_empty(),
        ..Form::new(fields, faults, path::below(&case.submission.reference, &format!("act/{name}")), &step.label)
    }
}

/// Whether a step hands the work back to the author: only then can changes be asked.
fn asks_changes(dossier: &Dossier, step: &Transition) -> bool {
    let paused = dossier.case.definition.states.get(&step.to).is_some_and(State::waits_for_author);
    paused && !dossier.relation.is_author()
}

fn note(step: &Transition, typed: &FormData, faults: &Faults) -> Option<Field> {
    let value = typed.raw("note").unwrap_or_default();
    let field = Field::new("note", "Reason", Control::long_text(value));
    let field = Field { fault: faults.on("note"), ..field };
    match step.note {
        Note::None => None,
        Note::Optional => Some(field.optional()),
        Note::Required => Some(field.hint("It is kept with the submission and the author reads it.")),
    }
}

/// Changes to ask for: rows of what it is about and what is to change. There is always a row to type in.
pub(crate) fn requests(dossier: &Dossier, sheet: &Sheet<'_>) -> Field {
    let shown = sheet.typed.shown_rows("requests");
    let numbers = if shown.is_empty() { vec![0] } else { shown.into_iter().collect() };
    let rows = numbers.into_iter().map(|row| {
        let about = format!("requests/{row}/about");
        let text = format!("requests/{row}/text");
        let chosen = sheet.typed.get(&about).unwrap_or_default();
        let options = Control::Select { options: subjects(dossier, chosen) };
        let words = Control::LongText { value: sheet.typed.raw(&text).unwrap_or_default().to_owned(), rows: 3 };
        let fault = sheet.faults.on(&about);
        let wrong = sheet.faults.on(&text);
        vec![
            Field { fault, ..Field::new(about, "What it is about", options) },
            Field { fault: wrong, ..Field::new(text, "What is to change, and why", words) },
        ]
    });
    let table = Control::Table { row: "change".to_owned(), rows: rows.collect(), more: true, sum: None };
    let field = Field::new("requests", "Changes to ask for", table).optional();
    Field { fault: sheet.faults.on("requests"), ..field }
}

/// Questions and files that a change can be about.
fn subjects(dossier: &Dossier, chosen: &str) -> Vec<Choice> {
    let questions = dossier.case.definition.form.iter().flat_map(|section| &section.questions);
    let questions = questions.map(|question| Choice::new(format!("question:{}", question.id), question.label.clone()));
    let files = dossier
        .documents
        .iter()
        .map(|document| Choice::new(format!("document:{}", document.id), format!("File: {}", document.name)));
    let none = Choice::new("", "Choose a question or file");
    let all = std::iter::once(none).chain(questions).chain(files);
    all.map(|choice| Choice { chosen: choice.id == chosen, ..choice }).collect()
}

/// Declaring a conflict of interest: one's own, or another person's for those who run the queue.
pub(crate) fn conflict(dossier: &Dossier, others: &[(String, String)], entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let mut fields = Vec::new();
    if !others.is_empty() {
        let chosen = typed.get("person").unwrap_or_default();
        let options = others.iter().map(|(id, name)| Choice { chosen: id == chosen, ..Choice::new(id, name) });
        let who = Field::new("person", "Whose conflict", Control::Choice { options: options.collect() });
        fields.push(Field { fault: faults.on("person"), ..who });
    }
    let reason =
        Field::new("reason", "What the conflict is", Control::long_text(typed.raw("reason").unwrap_or_default()));
    fields.push(Field { fault: faults.on("reason").or_else(|| faults.on("note")), ..reason });
    let submission = &dossier.case.submission;
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: "Declare a conflict of interest".to_owned(),
        lead: Some("For example: you work with the author, were paid for the course, or are named in it.".to_owned()),
        warning: Some(words::capital(
            "access to this submission ends at once, the place in the review is given back, and a verdict no longer counts.",
        )),
        version: Some(submission.version),
        tone: Tone::Bad,
        ..Form::new(fields, faults, path::below(&submission.reference, "conflict"), "Declare the conflict")
    }
}
