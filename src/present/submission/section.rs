//! One section of the author's form.

use serde::Serialize;

use super::answer;
use crate::{
    domain::{Answer, DocumentId},
    present::{
        View, arithmetic,
        file::{self, File},
        form::{
            Entered,
            data::FormData,
            fault::Faults,
            field::{self, Field, Sheet},
            place,
        },
        head::{self, Head},
        part::{self, Fault, Link},
        path,
        words::calendar::Calendar,
    },
    usecase::submission::Dossier,
    workflow::definition::{Kind, Question, Section},
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

impl View for FormSection {
    const TEMPLATE: &'static str = "page/form_section.html";

    fn fields(&self) -> Vec<Field> {
        self.fields.clone()
    }
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
pub(crate) fn of(dossier: &Dossier, place: usize, section: &Section, origin: Origin, entered: &Entered) -> FormSection {
    let Entered { fields: typed, faults } = entered;
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
        faults: faults.list(&place::places(&fields)),
        fields,
        action: if origin == Origin::Check { path::with(&page, "from", "check") } else { page },
        version: case.submission.version,
    }
}

/// What is answered in a section and cannot be sent so; what is not answered yet is no fault while it is filled in.
pub(crate) fn standing(dossier: &Dossier, section: &Section) -> Faults {
    let asked = |field: &str| section.questions.iter().any(|question| field.split('/').next() == Some(&*question.id));
    let faults = dossier.missing.iter().filter(|fault| fault.code != "missing" && asked(&fault.field));
    Faults::of(faults.cloned().collect())
}

fn ask(dossier: &Dossier, sheet: &Sheet<'_>, question: &Question) -> Field {
    if !matches!(question.kind, Kind::Files { .. }) {
        return sheet.field(question, "");
    }
    let submission = &dossier.case.submission;
    let calendar = Calendar::of(&dossier.case);
    let chosen: &[DocumentId] = match submission.answers.get(&question.id) {
        Some(Answer::Files(files)) => files,
        _ => &[],
    };
    let files = dossier.documents.iter().filter(|document| chosen.contains(&document.id));
    let file = |found| File {
        hints: file::hints(found, &dossier.documents).into_iter().chain(elsewhere(dossier, found.id)).collect(),
        ..file::file(found, &submission.reference, &calendar)
    };
    let files = files.map(file).collect();
    let action = path::below(&submission.reference, &format!("files/{}", question.id));
    field::files(question, files, action, sheet.faults)
}

/// Where else the author has added the same file.
fn elsewhere(dossier: &Dossier, file: DocumentId) -> impl Iterator<Item = String> {
    let repeats = dossier.repeats.iter().filter(move |repeat| repeat.file == Some(file));
    repeats.map(|repeat| answer::repeated(repeat, &dossier.documents))
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
