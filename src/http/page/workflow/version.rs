//! One version of a workflow: read, downloaded, put into force, tried on the past.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    http::{
        Problem,
        input::{Path, Query},
        page::context::{Answer, SignedInPage, refused},
    },
    present::{
        done::Done,
        form::{Entered, data::FormData},
        path,
        workflow::{
            definition::{self as shown, Asked, DefinitionPage},
            replay,
        },
    },
    usecase::{Error, definition},
    workflow::{
        diagram::{Picture, Sheet},
        export,
    },
};

/// The parts of an address that name a version.
#[derive(Deserialize)]
pub(in crate::http::page) struct VersionPath {
    workflow: String,
    hash: String,
}

/// The workflow as it stands: the version in force, or else the last one.
pub(in crate::http::page) async fn current(reader: SignedInPage, Path(id): Path<String>) -> Answer {
    let found = definition::workflow(&reader.call, &id).await?;
    let active = found.active.as_ref().map(|active| active.hash.clone());
    match active.or_else(|| found.versions.first().map(|version| version.stored.hash.clone())) {
        Some(hash) => show(&reader, &VersionPath { workflow: id, hash }, None).await,
        None => Ok(reader.page_context.go(&format!("{}/edit", address(&id)), None)),
    }
}

/// One version; with `check` it is checked again.
pub(in crate::http::page) async fn read(
    reader: SignedInPage,
    Path(at): Path<VersionPath>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    if FormData(asked).get("check").is_none() {
        return show(&reader, &at, None).await;
    }
    let version = definition::version(&reader.call, &at.workflow, &at.hash).await?;
    match definition::check(&reader.call, &at.workflow, Some(version.stored.source)).await {
        Ok(checked) => show(&reader, &at, Some(&checked)).await,
        Err(error) => {
            let (status, faults) = refused(error)?;
            let entered = Entered { faults, ..Entered::default() };
            let page = page(&reader, &at, None, &entered).await?;
            reader.page_context.show_as(status, &page.title.clone(), page).await
        }
    }
}

async fn show(reader: &SignedInPage, at: &VersionPath, checked: Option<&definition::Checked>) -> Answer {
    let page = page(reader, at, checked, &Entered::default()).await?;
    reader.page_context.show(&page.title.clone(), page).await
}

async fn page(
    reader: &SignedInPage,
    VersionPath { workflow: id, hash }: &VersionPath,
    checked: Option<&definition::Checked>,
    entered: &Entered,
) -> Result<DefinitionPage, Problem> {
    let workflow = definition::workflow(&reader.call, id).await?;
    let active = workflow.active.as_ref().map(|active| active.hash.clone());
    let from = active.as_deref().unwrap_or(hash);
    let asked = Asked {
        workflow: &workflow,
        compared: &definition::compare(&reader.call, id, Some(from), hash).await?,
        plans: &definition::plans(&reader.call, id).await?,
        checked,
        calendar: &reader.page_context.calendar().await?,
        caller: &reader.call.caller,
    };
    Ok(shown::of(&asked, entered))
}

/// Puts a version into force.
pub(in crate::http::page) async fn activate(
    reader: SignedInPage,
    Path(at): Path<VersionPath>,
    typed: FormData,
) -> Answer {
    let (replaces, reason) = (typed.get("replaces"), typed.get("reason"));
    match definition::activate(&reader.call, &at.workflow, &at.hash, replaces, reason).await {
        Ok(_) => Ok(reader.page_context.go(&address(&at.workflow), Some(Done::Activated))),
        Err(error) => {
            let (status, faults) = refused(error)?;
            let entered = Entered { fields: typed, faults };
            let page = page(&reader, &at, None, &entered).await?;
            reader.page_context.show_as(status, &page.title.clone(), page).await
        }
    }
}

/// A version for other programs: its text, its drawing, its statechart.
pub(in crate::http::page) async fn download(
    reader: SignedInPage,
    Path((id, hash, file)): Path<(String, String, String)>,
) -> Answer {
    let found = definition::compare(&reader.call, &id, Some(&hash), &hash).await?.to;
    let (kind, text) = match file.as_str() {
        "definition.yaml" => ("application/yaml", definition::version(&reader.call, &id, &hash).await?.stored.source),
        "drawing.svg" => ("image/svg+xml", Picture::of(&found).svg(Sheet::File, None)),
        "drawing.mmd" => ("text/vnd.mermaid", Picture::of(&found).mermaid()),
        "machine.json" => ("application/json", format!("{:#}\n", export::xstate(&found))),
        "machine.scxml" => ("application/scxml+xml", export::scxml(&found)),
        _ => return Err(Error::NotFound.into()),
    };
    Ok(attached(&format!("{id}-{file}"), kind, text))
}

/// A text to save rather than to look at.
fn attached(name: &str, kind: &'static str, text: String) -> Response {
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response();
    let disposition = crate::blob::content_disposition(crate::blob::Disposition::Attachment, name);
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A version, or the draft where none is named, over past submissions.
pub(in crate::http::page) async fn replay(
    reader: SignedInPage,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let asked = FormData(asked);
    let version = asked.get("version");
    let replayed = match definition::replay(&reader.call, &id, version).await {
        // A draft that is broken is put right in the editor.
        Err(Error::Invalid(_)) => {
            return Ok(reader.page_context.go(&format!("{}/edit?then=check", address(&id)), None));
        }
        replayed => replayed?,
    };
    let calendar = reader.page_context.calendar().await?;
    reader.page_context.show("Tried on past submissions", replay::of(&id, version, &replayed, &calendar)).await
}

pub(super) fn address(id: &str) -> String {
    format!("/workflows/{}", path::encoded(id))
}
