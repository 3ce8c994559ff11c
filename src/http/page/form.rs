//! The author's form, section by section.

use axum::{extract::Request, http::StatusCode};

use super::{
    context::{Answer, SignedInPage},
    posted::Posted,
};
use crate::{
    http::input::{Path, Query},
    present::{
        done::Done,
        form::{data::FormData, fault::Faults},
        path,
        submission::section::{self, FormSection, Origin},
    },
    usecase::{
        Error, Target, document,
        submission::{self, Dossier},
    },
    workflow::definition::{Kind, Section},
};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pressed {
    Add(String),
    RemoveRow(String, usize),
    RemoveFile(crate::domain::DocumentId),
    Stay,
    Continue,
    /// Save, and leave it for today.
    Later,
}

/// A section as it stands.
pub(super) async fn ask(
    reader: SignedInPage,
    Path((reference, section)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    if !dossier.case.is_editable() {
        return Ok(reader.page_context.go(&path::submission(&reference), None));
    }
    let stored = FormData::of(&dossier.case.submission.answers);
    let standing = section::standing(&dossier, place(&dossier, &section)?.1);
    let page = page(&dossier, &section, origin(&FormData(asked)), (&stored, &standing))?;
    reader.page_context.show(&page.title.clone(), page).await
}

/// A section as it was filled in: saved, or shown again.
pub(super) async fn fill(
    reader: SignedInPage,
    Path((reference, section)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
    request: Request,
) -> Answer {
    let mut posted = Posted::read(&reader, &reference, request).await?;
    let origin = origin(&FormData(asked));
    let dossier = reader.dossier(&reference).await?;
    let (_, found) = place(&dossier, &section)?;
    let pressed = pressed(&posted.typed);
    let seen = posted.typed.target(&reference)?;
    let target = Target { version: seen.version.map(|version| version + posted.taken), ..seen };
    match &pressed {
        _ if !posted.faults.is_empty() => {
            let page = |dossier: &Dossier, faults: &Faults| page(dossier, &section, origin, (&posted.typed, faults));
            let shown = FormSection {
                version: target.version.unwrap_or_default(),
                ..page(&dossier, &Faults::of(posted.faults.clone()))?
            };
            return reader.page_context.show_as(StatusCode::UNPROCESSABLE_ENTITY, &shown.title.clone(), shown).await;
        }
        Pressed::Add(table) => posted.typed.add_row(table, &first_column(found, table)),
        Pressed::RemoveRow(table, row) => posted.typed.remove_row(table, *row),
        Pressed::RemoveFile(file) => {
            document::remove(&reader.call, &target, *file).await?;
        }
        Pressed::Stay => {}
        Pressed::Continue | Pressed::Later => {
            return save(&reader, &dossier, &section, origin, (posted.typed, &target, pressed)).await;
        }
    }
    // Nothing typed was saved: the page goes on from the version it came with, plus what this very press changed.
    let dossier = reader.dossier(&reference).await?;
    let now = dossier.case.submission.version;
    let version = match pressed {
        Pressed::Add(_) | Pressed::RemoveRow(..) => target.version.unwrap_or(now),
        _ => now,
    };
    let shown = page(&dossier, &section, origin, (&posted.typed, &Faults::default()))?;
    reader.page_context.show(&shown.title.clone(), FormSection { version, ..shown }).await
}

async fn save(
    reader: &SignedInPage,
    dossier: &Dossier,
    section: &str,
    origin: Origin,
    (mut typed, target, pressed): (FormData, &Target, Pressed),
) -> Answer {
    let reference = &dossier.case.submission.reference;
    let (place, found) = place(dossier, section)?;
    let tables =
        found.questions.iter().filter(|question| matches!(question.kind, Kind::Table { .. } | Kind::People { .. }));
    tables.for_each(|question| typed.close_gaps(&question.id));
    let changes = typed.changes(&found.questions, "");
    match submission::answer(&reader.call, target, &changes).await {
        Ok(_) => Ok(reader.page_context.go(&next(dossier, place, origin, &pressed), Some(Done::Saved))),
        Err(error) => {
            let page = |dossier: &Dossier, faults: &Faults| page(dossier, section, origin, (&typed, faults));
            reader.again(reference, error, page, |page| page.fields.clone()).await
        }
    }
}

/// Where a saved section leads.
fn next(dossier: &Dossier, place: usize, origin: Origin, pressed: &Pressed) -> String {
    let reference = &dossier.case.submission.reference;
    match (pressed, origin, dossier.case.definition.form.get(place + 1)) {
        (Pressed::Later, ..) => path::submission(reference),
        (_, Origin::Check, _) | (_, Origin::Tasks, None) => path::below(reference, "check"),
        (_, Origin::Tasks, Some(next)) => path::below(reference, &format!("form/{}", next.section)),
    }
}

fn page(dossier: &Dossier, section: &str, origin: Origin, shown: (&FormData, &Faults)) -> Result<FormSection, Error> {
    let (number, found) = place(dossier, section)?;
    Ok(section::of(dossier, number, found, origin, shown))
}

fn place<'a>(dossier: &'a Dossier, section: &str) -> Result<(usize, &'a Section), Error> {
    let form = dossier.case.definition.form.iter().enumerate();
    form.into_iter().find(|(_, found)| found.section == section).ok_or(Error::NotFound)
}

fn origin(asked: &FormData) -> Origin {
    if asked.get("from") == Some("check") { Origin::Check } else { Origin::Tasks }
}

/// A column of a table, so that a blank row has a field to stand for it.
fn first_column(section: &Section, table: &str) -> String {
    let question = section.questions.iter().find(|question| question.id == table);
    match question.map(|question| &question.kind) {
        Some(Kind::Table { columns, .. }) => columns.first().map(|column| column.id.clone()).unwrap_or_default(),
        _ => "name".to_owned(),
    }
}

fn pressed(typed: &FormData) -> Pressed {
    if let Some(table) = typed.get("add") {
        return Pressed::Add(table.to_owned());
    }
    if let Some((table, row)) = typed.get("remove").and_then(|value| value.split_once('/')) {
        return match (row.parse(), row.parse()) {
            (Ok(number), _) => Pressed::RemoveRow(table.to_owned(), number),
            (Err(_), Ok(file)) => Pressed::RemoveFile(file),
            (Err(_), Err(_)) => Pressed::Stay,
        };
    }
    match typed.get("then") {
        Some("later") => Pressed::Later,
        Some("stay") => Pressed::Stay,
        _ => Pressed::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_says_what_to_do_and_saving_is_what_happens_without_one() {
        let read = |name: &str, value: &str| pressed(&FormData(vec![(name.to_owned(), value.to_owned())]));
        assert_eq!(read("add", "agenda"), Pressed::Add("agenda".to_owned()));
        assert_eq!(read("remove", "agenda/2"), Pressed::RemoveRow("agenda".to_owned(), 2));
        assert!(matches!(read("remove", "evidence/0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f"), Pressed::RemoveFile(_)));
        assert_eq!(read("remove", "evidence/../../x"), Pressed::Stay);
        assert_eq!(read("then", "later"), Pressed::Later);
        assert_eq!(read("title", "x"), Pressed::Continue);
    }
}
