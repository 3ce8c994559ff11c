//! Answers as they are read.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::disclosures;
use crate::{
    domain::{Answer, DocumentId, Named, Row},
    model::{Document, Repeat},
    present::{
        file::{self, File},
        path,
        words::{self, calendar::Calendar, when},
    },
    usecase::submission::Dossier,
    workflow::{
        About,
        definition::{Kind, Question},
    },
};

/// The answers of one section.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerSection {
    pub title: String,
    pub answers: Vec<ShownAnswer>,
}

/// One question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct ShownAnswer {
    /// The question's id; the anchor is `answer-ID`.
    pub question: String,
    pub label: String,
    pub value: Shown,
    /// Where it can be changed, for the author only.
    pub change: Option<String>,
    /// What it was when the reader last reviewed, if it changed since: its text or `Not provided`.
    pub before: Option<String>,
    /// Changes asked about it that wait for the author.
    pub requests: Vec<String>,
    /// What the office took out of it, when and why.
    pub redactions: Vec<String>,
}

/// An answer, ready to read.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "shown", rename_all = "kebab-case")]
pub enum Shown {
    Missing,
    /// Text, number, date, choice, yes or no. Line breaks are kept.
    Text {
        text: String,
    },
    List {
        items: Vec<String>,
    },
    Table {
        headings: Vec<String>,
        /// Cells in the order of the headings.
        rows: Vec<Vec<String>>,
    },
    People {
        people: Vec<ShownPerson>,
    },
    Files {
        files: Vec<File>,
    },
}

/// Somebody named in a form.
#[derive(Clone, Debug, Serialize)]
pub struct ShownPerson {
    pub name: String,
    /// The address; nothing where the reader has no business with it.
    pub email: Option<String>,
    pub part: String,
    /// How it stands with their disclosure, where one is asked for.
    pub state: Option<String>,
    /// What they stated and signed themselves, line by line.
    pub given: Vec<String>,
    /// Financial relationships of the last 24 months as the form says them.
    pub disclosure: Option<String>,
    /// That it was the author who wrote that.
    pub mark: Option<&'static str>,
}

/// Why a reader looks at the answers.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    Read,
    /// To check one's own before sending: each can be changed.
    Check,
    /// To review them again: what changed is marked.
    Again(Changes),
}

/// What changed since somebody looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Questions with what stood there before.
    pub(crate) before: BTreeMap<String, String>,
    /// Files that were there already.
    pub(crate) known: BTreeSet<DocumentId>,
}

/// All answers, section by section; nothing where they may not be read.
pub(crate) fn sections(dossier: &Dossier, purpose: &Purpose) -> Vec<AnswerSection> {
    if !dossier.acts.contains(&crate::access::Act::Read) {
        return Vec::new();
    }
    let form = &dossier.case.definition.form;
    let sections = form.iter().map(|section| AnswerSection {
        title: section.title.clone(),
        answers: section
            .questions
            .iter()
            .map(|question| answer(dossier, &section.section, question, purpose))
            .collect(),
    });
    sections.chain(before(dossier)).collect()
}

/// What was handed in before, a line for each. It is never a refusal: there may be a good reason.
fn before(dossier: &Dossier) -> Option<AnswerSection> {
    let items: Vec<String> = dossier.repeats.iter().map(|repeat| repeated(repeat, &dossier.documents)).collect();
    let shown = ShownAnswer {
        question: "handed-in-before".to_owned(),
        label: "Look whether it counts twice".to_owned(),
        value: Shown::List { items },
        change: None,
        before: None,
        requests: Vec::new(),
        redactions: Vec::new(),
    };
    let section = AnswerSection { title: "Handed in before".to_owned(), answers: vec![shown] };
    (!dossier.repeats.is_empty()).then_some(section)
}

/// What was handed in before, in words.
pub(crate) fn repeated(repeat: &Repeat, documents: &[Document]) -> String {
    let by = if repeat.same_author { "by the same author" } else { "by somebody else" };
    let reference = &repeat.reference;
    match documents.iter().find(|document| Some(document.id) == repeat.file) {
        Some(file) => format!("The file {} was also added to {reference}, {by}.", file.name),
        None => format!("{reference}, {by}, claims the same title on the same day."),
    }
}

fn answer(dossier: &Dossier, section: &str, question: &Question, purpose: &Purpose) -> ShownAnswer {
    let submission = &dossier.case.submission;
    let mut value = shown(question, submission.answers.get(&question.id), dossier);
    let (change, before) = match purpose {
        Purpose::Read => (None, None),
        Purpose::Check => {
            let page = path::below(&submission.reference, &format!("form/{section}?from=check#{}", question.id));
            (Some(page), None)
        }
        Purpose::Again(changes) => {
            mark_new(&mut value, changes);
            (None, changes.before.get(&question.id).cloned())
        }
    };
    ShownAnswer {
        question: question.id.clone(),
        label: question.label.clone(),
        value,
        change,
        before,
        requests: asked(dossier, &question.id),
        redactions: redactions(dossier, &question.id),
    }
}

/// What the office took out of an answer, when and why; its hash stays for whoever has to prove what it was.
fn redactions(dossier: &Dossier, question: &str) -> Vec<String> {
    let submission = &dossier.case.submission;
    let files: &[DocumentId] = match submission.answers.get(question) {
        Some(Answer::Files(files)) => files,
        _ => &[],
    };
    let calendar = Calendar::of(&dossier.case);
    let here = submission.item.redactions.iter().filter(|part| match &part.about {
        About::Question(id) => id == question,
        About::Document(id) => files.contains(id),
    });
    let told = here.map(|part| {
        let what = if matches!(part.about, About::Document(_)) { "A file was redacted" } else { "Redacted" };
        let (day, reason) = (calendar.day(part.at).text, words::sentence(&part.reason));
        format!("{what} on {day} by the office because: {reason} SHA-256 of what it was: {}.", part.sha256)
    });
    told.collect()
}

/// The texts of open change requests about a question or one of its files.
pub(crate) fn asked(dossier: &Dossier, question: &str) -> Vec<String> {
    let about = |about: &About| match about {
        About::Question(id) => id == question,
        About::Document(id) => {
            dossier.documents.iter().any(|document| document.id == *id && document.question == question)
        }
    };
    let open = dossier.case.submission.item.open_requests();
    open.filter(|request| about(&request.asked.about)).map(|request| request.asked.text.clone()).collect()
}

fn mark_new(value: &mut Shown, changes: &Changes) {
    if let Shown::Files { files } = value {
        for file in files.iter_mut().filter(|file| file.id.parse().is_ok_and(|id| !changes.known.contains(&id))) {
            file.changed = Some("New since your review".to_owned());
        }
    }
}

fn shown(question: &Question, answer: Option<&Answer>, dossier: &Dossier) -> Shown {
    let Some(answer) = answer else { return Shown::Missing };
    match answer {
        Answer::Choices(chosen) => Shown::List { items: chosen.iter().map(|id| option(question, id)).collect() },
        Answer::Table(rows) => table(question, rows, dossier),
        Answer::People(people) => {
            Shown::People { people: people.iter().map(|one| named(one, question, dossier)).collect() }
        }
        Answer::Files(files) => {
            let calendar = Calendar::of(&dossier.case);
            let listed = dossier.documents.iter().filter(|document| files.contains(&document.id));
            Shown::Files {
                files: listed.map(|found| file::file(found, &dossier.case.submission.reference, &calendar)).collect(),
            }
        }
        simple => Shown::Text { text: text(question, simple) },
    }
}

fn table(question: &Question, rows: &[Row], dossier: &Dossier) -> Shown {
    let Kind::Table { columns, .. } = &question.kind else { return Shown::Missing };
    let people = dossier.case.submission.answers.0.values().flat_map(|answer| match answer {
        Answer::People(people) => people.as_slice(),
        _ => &[],
    });
    let names: BTreeMap<&str, &str> = people.map(|person| (person.email.as_str(), person.name.as_str())).collect();
    let cell = |column: &Question, row: &Row| match row.get(&column.id) {
        Some(Answer::Text(email)) if matches!(column.kind, Kind::Person { .. }) => {
            names.get(email.as_str()).map_or_else(|| email.clone(), |name| (*name).to_owned())
        }
        Some(answer) => text(column, answer),
        None => String::new(),
    };
    // A column that nobody filled in only takes room.
    let filled = |column: &&Question| rows.iter().any(|row| row.contains_key(&column.id));
    let columns: Vec<&Question> = columns.iter().filter(filled).collect();
    Shown::Table {
        headings: columns.iter().map(|column| column.label.clone()).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|column| cell(column, row)).collect()).collect(),
    }
}

/// Somebody named in a form, with what they disclosed themselves.
fn named(one: &Named, question: &Question, dossier: &Dossier) -> ShownPerson {
    let calendar = Calendar::of(&dossier.case);
    let asks = matches!(question.kind, Kind::People { disclosure: true, .. });
    let known = dossier.case.disclosures.get(&one.email).filter(|_| asks);
    ShownPerson {
        state: known.map(|known| format!("Disclosure {}", disclosures::stands(known, &calendar))),
        given: known.map(|known| disclosures::given(known, &calendar)).unwrap_or_default(),
        mark: disclosures::mark(dossier, one),
        ..person(one)
    }
}

/// Somebody named in a form.
pub(crate) fn person(person: &Named) -> ShownPerson {
    ShownPerson {
        name: person.name.clone(),
        email: Some(person.email.to_string()),
        part: person.part.clone(),
        state: None,
        given: Vec::new(),
        disclosure: disclosures::written(person),
        mark: None,
    }
}

/// An answer in words, on one line where it is short.
pub(crate) fn text(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Integer(number) => number.to_string(),
        Answer::Decimal(number) => words::number(*number),
        Answer::Date(date) => when::weekday(*date),
        Answer::Time(time) => time.strftime("%H:%M").to_string(),
        Answer::YesNo(true) => "Yes".to_owned(),
        Answer::YesNo(false) => "No".to_owned(),
        Answer::Choice(id) => option(question, id),
        Answer::Choices(chosen) => chosen.iter().map(|id| option(question, id)).collect::<Vec<_>>().join(", "),
        Answer::Table(rows) => {
            let row = |row: &Row| {
                row.iter().map(|(column, cell)| text(column_of(question, column), cell)).collect::<Vec<_>>()
            };
            rows.iter().map(|cells| row(cells).join(", ")).collect::<Vec<_>>().join("\n")
        }
        Answer::People(people) => {
            people.iter().map(|person| format!("{}, {}", person.name, person.part)).collect::<Vec<_>>().join("\n")
        }
        Answer::Files(files) => words::many(files.len(), "file"),
    }
}

fn column_of<'a>(question: &'a Question, id: &str) -> &'a Question {
    match &question.kind {
        Kind::Table { columns, .. } => columns.iter().find(|column| column.id == id).unwrap_or(question),
        _ => question,
    }
}

fn option(question: &Question, id: &str) -> String {
    match &question.kind {
        Kind::Choice { options } | Kind::Choices { options, .. } => {
            options.get(id).cloned().unwrap_or_else(|| id.to_owned())
        }
        _ => id.to_owned(),
    }
}
