//! The author's form, section by section.

use axum::{extract::Request, http::StatusCode, response::Response};

use super::{
    context::{Answer, SignedInPage},
    posted::Posted,
};
use crate::{
    http::{
        input::{Path, Query},
        kept,
    },
    present::{
        done::Done,
        form::{Entered, data::FormData},
        path,
        submission::section::{self, FormSection, Origin},
    },
    usecase::{
        Error, Target, document,
        submission::{self, Acted, COLLIDED, Dossier, FilledIn},
    },
    workflow::{
        Definition, FieldFault,
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
    let page = standing(&dossier, &section, origin(&FormData(asked)))?;
    reader.page_context.show(&page.title.clone(), page).await
}

/// A section as it was filled in: saved, or shown again. A file that is not taken stops neither the others nor the answers.
pub(super) async fn fill(
    reader: Result<SignedInPage, Response>,
    Path((reference, section)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
    request: Request,
) -> Answer {
    let reader = match reader {
        Ok(reader) => reader,
        Err(refused) => return Ok(kept::beside(refused, request).await),
    };
    let Posted { mut typed, taken, faults } = Posted::read(&reader, &reference, request).await?;
    let way = Way { origin: origin(&FormData(asked)), pressed: pressed(&typed) };
    let seen = typed.target(&reference)?;
    let target = Target { version: seen.version.map(|version| version + taken), ..seen };
    if matches!(way.pressed, Pressed::Continue | Pressed::Later) || !faults.is_empty() {
        return save(&reader, &target, &section, typed, (way, faults)).await;
    }
    if let Pressed::RemoveFile(file) = way.pressed {
        document::remove(&reader.call, &Target::current(&reference), file).await?;
    }
    let dossier = reader.dossier(&reference).await?;
    let (_, found) = place(&dossier.case.definition, &section)?;
    match &way.pressed {
        Pressed::Add(table) => typed.add_row(table, &first_column(found, table)),
        Pressed::RemoveRow(table, row) => typed.remove_row(table, *row),
        _ => {}
    }
    let version = target.version.unwrap_or(dossier.case.submission.version);
    let shown = FormSection { version, ..page(&dossier, &section, way.origin, &typed.into())? };
    reader.page_context.show(&shown.title.clone(), shown).await
}

/// Saves what is right, keeps the rest as it was typed, and leads on; or shows the section again with what is wrong.
async fn save(
    reader: &SignedInPage,
    target: &Target,
    section: &str,
    mut typed: FormData,
    (way, files): (Way, Vec<FieldFault>),
) -> Answer {
    let read = |definition: &Definition| {
        let (_, found) = place(definition, section)?;
        let tables =
            found.questions.iter().filter(|question| matches!(question.kind, Kind::Table { .. } | Kind::People { .. }));
        tables.for_each(|question| typed.close_gaps(&question.id));
        Ok(typed.entries(&found.questions))
    };
    let reference = &target.reference.0;
    let FilledIn { acted, unmet } = match submission::fill_in(&reader.call, target, section, read).await {
        Ok(filled) => filled,
        Err(error) => {
            let page = |dossier: &Dossier, entered: &Entered| page(dossier, section, way.origin, entered);
            return reader.again(reference, typed, error, page).await;
        }
    };
    if files.is_empty() && (unmet.is_empty() || way.pressed == Pressed::Later) {
        let done = if unmet.is_empty() { Done::Saved } else { Done::KeptAsTyped };
        return Ok(reader.page_context.go(&way.next(&acted, section)?, Some(done)));
    }
    let collided = unmet.iter().any(|fault| fault.code == COLLIDED);
    let status = if collided { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = again(&reader.dossier(reference).await?, section, way.origin, files)?;
    reader.page_context.show_as(status, &shown.title.clone(), shown).await
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

/// A section as it stands: answers, and what was typed and is no answer yet.
fn standing(dossier: &Dossier, section: &str, origin: Origin) -> Result<FormSection, Error> {
    again(dossier, section, origin, Vec::new())
}

/// The same with files that were not taken.
fn again(dossier: &Dossier, section: &str, origin: Origin, files: Vec<FieldFault>) -> Result<FormSection, Error> {
    let (number, found) = place(&dossier.case.definition, section)?;
    let mut entered = section::standing(dossier, found);
    entered.faults.add(files);
    Ok(section::of(dossier, number, found, origin, &entered))
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
