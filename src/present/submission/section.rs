//! One section of the author's form.

use serde::Serialize;

use super::{answer, disclosures};
use crate::{
    domain::{Answer, DocumentId},
    present::{
        View, arithmetic,
        file::{self, File},
        form::{
            Entered,
            data::FormData,
            fault::Faults,
            field::{self, Beside, Field, Sheet},
            place,
        },
        head::{self, Head},
        part::{self, Fault, Link},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::submission::{self, Dossier, SEEN, USE, question_of},
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
    /// Which answers it was shown with, question by question.
    pub seen: Vec<Seen>,
}

/// Which answer a question was shown with.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    pub name: String,
    pub mark: String,
}

impl View for FormSection {
    const TEMPLATE: &'static str = "page/form_section.html";
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
    let calendar = Calendar::of(case);
    let told = |one| words::capital(&disclosures::stands(one, &calendar));
    let disclosed: Vec<_> = case.disclosures.iter().map(|(email, one)| (email.to_string(), told(one))).collect();
    let credit = arithmetic::designated(&case.definition);
    let sheet = Sheet { typed, faults, credit, named: &named, disclosed: &disclosed };
    let fields: Vec<Field> = section
        .questions
        .iter()
        .map(|question| Field {
            requests: answer::asked(dossier, &question.id),
            beside: beside(dossier, typed, question),
            ..ask(dossier, &sheet, question)
        })
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
        seen: section.questions.iter().filter_map(|question| seen(dossier, typed, question)).collect(),
    }
}

/// A section as it stands for its reader: the answers, and in their place what was typed and is no answer yet, as it was
/// typed; with what is wrong with either. What is not answered yet is no fault while it is filled in.
pub(crate) fn standing(dossier: &Dossier, section: &Section) -> Entered {
    let asked = |field: &str| section.questions.iter().any(|question| question_of(field) == question.id);
    let mut fields = FormData::of(&dossier.case.submission.answers);
    let kept = dossier.typed.iter().filter(|typed| typed.form.starts_with("form/"));
    let kept: Vec<_> = kept.flat_map(|typed| &typed.fields).filter(|(name, _)| asked(name)).cloned().collect();
    fields.replace(&kept);
    let typed = |field: &str| kept.iter().any(|(name, _)| question_of(name) == question_of(field));
    let faults = dossier.missing.iter().filter(|fault| asked(&fault.field));
    let faults = faults.filter(|fault| fault.code != "missing" || typed(&fault.field));
    Entered { fields, faults: Faults::of(faults.cloned().collect()) }
}

/// Which answer a question is shown with: the one that was posted with the form, where it is shown again.
fn seen(dossier: &Dossier, typed: &FormData, question: &Question) -> Option<Seen> {
    if matches!(question.kind, Kind::Files { .. }) {
        return None;
    }
    let name = format!("{SEEN}{}", question.id);
    let now = || submission::mark(question, dossier.case.submission.answers.get(&question.id));
    Some(Seen { mark: typed.get(&name).map_or_else(now, str::to_owned), name })
}

/// The answer that was saved while the reader typed another.
fn beside(dossier: &Dossier, typed: &FormData, question: &Question) -> Option<Beside> {
    let name = format!("{USE}{}", question.id);
    let said = typed.all(&name).last()?.to_owned();
    let theirs = dossier.case.submission.answers.get(&question.id);
    let theirs = theirs.map_or_else(|| "Not provided".to_owned(), |theirs| answer::text(question, theirs));
    Some(Beside { side: Some(said).filter(|said| !said.is_empty()), theirs, name })
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
