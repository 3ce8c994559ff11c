//! The editor: a text is checked, saved, proposed; whatever is refused stays as it was typed.

use axum::http::StatusCode;

use super::version::address;
use crate::{
    http::{
        input::{Path, Query},
        page::context::{Answer, SignedInPage, refused},
    },
    present::{
        done::Done,
        form::{data::FormData, fault::Faults},
        workflow::editor::{self as shown, Text},
    },
    usecase::{
        Error, admin,
        definition::{self, Checked, Draft},
    },
};

/// What a page of the editor is made of beside the draft.
struct Shown<'a> {
    source: &'a str,
    version: u64,
    checked: Option<&'a Checked>,
    faults: &'a Faults,
    /// Whether somebody else saved meanwhile.
    overtaken: bool,
}

/// The draft, or the text of the version in force; with `then=check` what is wrong with it.
pub(in crate::http::page) async fn read(
    reader: SignedInPage,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let draft = definition::draft(&reader.call, &id).await?;
    let mut answer = (StatusCode::OK, None, Faults::default());
    if FormData(asked).get("then") == Some("check") {
        let found = definition::check(&reader.call, &id, Some(draft.source.clone())).await;
        answer = match found {
            Ok(checked) => (StatusCode::OK, Some(checked), Faults::default()),
            Err(error) => {
                let (status, faults) = refused(error)?;
                (status, None, faults)
            }
        };
    }
    let (status, checked, faults) = answer;
    let shown = Shown {
        source: &draft.source,
        version: draft.version,
        checked: checked.as_ref(),
        faults: &faults,
        overtaken: false,
    };
    page(&reader, &id, status, &draft, &shown).await
}

/// Does what the button asks, and shows the text again.
pub(in crate::http::page) async fn write(reader: SignedInPage, Path(id): Path<String>, typed: FormData) -> Answer {
    // Browsers send line ends as CR LF; a definition is kept with LF.
    let source = typed.raw("source").unwrap_or_default().replace("\r\n", "\n");
    let seen = typed.version()?.unwrap_or(0);
    let done = match typed.get("then") {
        Some("save") => definition::save(&reader.call, &id, &source, seen).await.map(Some),
        Some("propose") => match propose(&reader, &id, &source, seen).await {
            Ok(address) => return Ok(reader.page_context.go(&address, Some(Done::Proposed))),
            Err(error) => Err(error),
        },
        _ => Ok(None),
    };
    match done {
        Ok(Some(_)) => Ok(reader.page_context.go(&format!("{}/edit?then=check", address(&id)), Some(Done::Saved))),
        Ok(None) => match definition::check(&reader.call, &id, Some(source.clone())).await {
            Ok(checked) => {
                let draft = definition::draft(&reader.call, &id).await?;
                let (checked, faults) = (Some(&checked), Faults::default());
                let shown = Shown { source: &source, version: seen, checked, faults: &faults, overtaken: false };
                page(&reader, &id, StatusCode::OK, &draft, &shown).await
            }
            Err(error) => again(&reader, &id, &source, error, None).await,
        },
        Err(error) => {
            // A text that cannot be checked now is shown without what is wrong with it.
            let checked = definition::check(&reader.call, &id, Some(source.clone())).await.ok();
            again(&reader, &id, &source, error, checked).await
        }
    }
}

/// Saves what was typed where it differs from the draft, and proposes it; gives the new version's address.
async fn propose(reader: &SignedInPage, id: &str, source: &str, seen: u64) -> Result<String, Error> {
    let draft = definition::draft(&reader.call, id).await?;
    let version = if draft.version == seen && seen > 0 && draft.source == source {
        seen
    } else {
        definition::save(&reader.call, id, source, seen).await?
    };
    let proposed = definition::propose(&reader.call, id, Some(version)).await?;
    Ok(format!("{}/versions/{}", address(id), proposed.hash))
}

/// The editor with what was typed and why it was not taken; the version is the newest then, so that it can be sent again.
async fn again(reader: &SignedInPage, id: &str, source: &str, error: Error, checked: Option<Checked>) -> Answer {
    let overtaken = matches!(error, Error::Stale);
    // What is wrong with the text stands beside it, line by line.
    let (status, faults) = match error {
        Error::Invalid(found) if found.iter().all(|fault| fault.field.starts_with("source/")) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Faults::default())
        }
        error => refused(error)?,
    };
    let draft = definition::draft(&reader.call, id).await?;
    let version = draft.version;
    let shown = Shown { source, version, checked: checked.as_ref(), faults: &faults, overtaken };
    page(reader, id, status, &draft, &shown).await
}

async fn page(reader: &SignedInPage, id: &str, status: StatusCode, draft: &Draft, shown: &Shown<'_>) -> Answer {
    let workflow = definition::workflow(&reader.call, id).await?;
    let calendar = reader.page_context.calendar().await?;
    let text = Text {
        id,
        source: shown.source,
        version: shown.version,
        lead: &shown::origin(&workflow, draft, &calendar),
        theirs: shown.overtaken.then_some(draft.source.as_str()),
        active: workflow.active.as_deref(),
        may_save: admin::administers(&reader.call.caller).is_ok(),
    };
    reader.page_context.show_as(status, "Edit the workflow", shown::of(&text, shown.checked, shown.faults)).await
}
