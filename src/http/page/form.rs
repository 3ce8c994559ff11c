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
        form::{Entered, data::FormData, fault::Faults},
        path,
        submission::section::{self, FormSection, Origin},
    },
    usecase::{
        Error, Target, document,
        submission::{self, Acted, Dossier},
    },
    workflow::{
        Definition,
        definition::{Kind, Section},
    },
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
    let faults = section::standing(&dossier, place(&dossier.case.definition, &section)?.1);
    let page = page(&dossier, &section, origin(&FormData(asked)), &Entered { fields: stored, faults })?;
    reader.page_context.show(&page.title.clone(), page).await
}

/// A section as it was filled in: saved, or shown again.
pub(super) async fn fill(
    reader: SignedInPage,
    Path((reference, section)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
    request: Request,
) -> Answer {
    let Posted { mut typed, taken, faults } = Posted::read(&reader, &reference, request).await?;
    let way = Way { origin: origin(&FormData(asked)), pressed: pressed(&typed) };
    let seen = typed.target(&reference)?;
    let target = Target { version: seen.version.map(|version| version + taken), ..seen };
    if faults.is_empty() {
        match way.pressed {
            Pressed::Continue | Pressed::Later => return save(&reader, &target, &section, typed, way).await,
            Pressed::RemoveFile(file) => drop(document::remove(&reader.call, &target, file).await?),
            Pressed::Add(_) | Pressed::RemoveRow(..) | Pressed::Stay => {}
        }
    }
    // Nothing typed was saved: the page goes on from the version it came with, plus what this very press changed.
    let dossier = reader.dossier(&reference).await?;
    let (_, found) = place(&dossier.case.definition, &section)?;
    let now = dossier.case.submission.version;
    let version = match &way.pressed {
        _ if !faults.is_empty() => target.version.unwrap_or_default(),
        Pressed::Add(table) => {
            typed.add_row(table, &first_column(found, table));
            target.version.unwrap_or(now)
        }
        Pressed::RemoveRow(table, row) => {
            typed.remove_row(table, *row);
            target.version.unwrap_or(now)
        }
        _ => now,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let entered = Entered { fields: typed, faults: Faults::of(faults) };
    let shown = FormSection { version, ..page(&dossier, &section, way.origin, &entered)? };
    reader.page_context.show_as(status, &shown.title.clone(), shown).await
}

async fn save(reader: &SignedInPage, target: &Target, section: &str, mut typed: FormData, way: Way) -> Answer {
    let read = |definition: &Definition| {
        let (_, found) = place(definition, section)?;
        let tables =
            found.questions.iter().filter(|question| matches!(question.kind, Kind::Table { .. } | Kind::People { .. }));
        tables.for_each(|question| typed.close_gaps(&question.id));
        Ok(typed.changes(&found.questions, ""))
    };
    match submission::answer(&reader.call, target, read).await {
        Ok(acted) => Ok(reader.page_context.go(&way.next(&acted, section)?, Some(Done::Saved))),
        Err(error) => {
            let page = |dossier: &Dossier, entered: &Entered| page(dossier, section, way.origin, entered);
            reader.again(&target.reference.0, typed, error, page).await
        }
    }
}

/// Where a section was come to from, and which button leaves it.
struct Way {
    origin: Origin,
    pressed: Pressed,
}

impl Way {
    /// Where a saved section leads.
    fn next(&self, acted: &Acted, section: &str) -> Result<String, Error> {
        let reference = &acted.submission.reference;
        let (place, _) = place(&acted.definition, section)?;
        Ok(match (&self.pressed, self.origin, acted.definition.form.get(place + 1)) {
            (Pressed::Later, ..) => path::submission(reference),
            (_, Origin::Check, _) | (_, Origin::Tasks, None) => path::below(reference, "check"),
            (_, Origin::Tasks, Some(next)) => path::below(reference, &format!("form/{}", next.section)),
        })
    }
}

fn page(dossier: &Dossier, section: &str, origin: Origin, entered: &Entered) -> Result<FormSection, Error> {
    let (number, found) = place(&dossier.case.definition, section)?;
    Ok(section::of(dossier, number, found, origin, entered))
}

fn place<'a>(definition: &'a Definition, section: &str) -> Result<(usize, &'a Section), Error> {
    let mut form = definition.form.iter().enumerate();
    form.find(|(_, found)| found.section == section).ok_or(Error::NotFound)
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
