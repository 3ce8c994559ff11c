//! One submission: its page, the last look, its history.

use axum::http::StatusCode;

use super::context::{Answer, SignedInPage, key};
use crate::{
    access::{Act, Relation},
    http::input::{Path, Query},
    present::{
        done::{Deed, Done},
        form::{data::FormData, fault::Faults},
        path,
        submission::{
            author_page::{self, Moment},
            check, history, office_page,
        },
    },
    usecase::{Error, submission},
    workflow::Command,
};

pub(super) async fn start(reader: SignedInPage, Path(workflow): Path<String>) -> Answer {
    let begun = submission::begin(&reader.call, &workflow).await?;
    Ok(reader.page_context.go(&path::submission(&begun.reference), None))
}

/// A submission's page: to its author where it stands, to the office the whole of it.
pub(super) async fn read(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let moment = if reader.page_context.done() == Some(Done::Sent) { Moment::JustSent } else { Moment::Looking };
    page(&reader, &reference, StatusCode::OK, &moment, &Faults::default()).await
}

/// The page of a submission for this reader.
pub(super) async fn page(
    reader: &SignedInPage,
    reference: &str,
    status: StatusCode,
    moment: &Moment,
    faults: &Faults,
) -> Answer {
    let dossier = reader.dossier(reference).await?;
    if dossier.relation == Relation::Successor {
        return Ok(reader.page_context.go(&path::below(reference, "hand-over"), None));
    }
    if dossier.relation.is_author() {
        return reader
            .page_context
            .show_as(status, reference, author_page::of(&dossier, &reader.call.caller, moment))
            .await;
    }
    reader.page_context.show_as(status, reference, office_page::of(&dossier, &reader.call.caller, faults)).await
}

/// The page again after an act on it was refused, with why; who may not see it learns nothing.
pub(super) async fn refuse(reader: &SignedInPage, reference: &str, error: Error) -> Answer {
    let faults = Faults::from_error(error)?;
    page(reader, reference, StatusCode::UNPROCESSABLE_ENTITY, &Moment::Looking, &faults).await
}

/// The last look before sending, for the author.
pub(super) async fn check(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    if !dossier.acts.contains(&Act::Write) || !dossier.case.is_editable() {
        return Ok(reader.page_context.go(&path::submission(&reference), None));
    }
    reader.page_context.show("Check your answers", check::of(&dossier)).await
}

/// What happened to it.
pub(super) async fn history(
    reader: SignedInPage,
    Path(reference): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let after = FormData(asked).get("after").and_then(|text| text.parse().ok()).unwrap_or(0);
    let history = submission::history(&reader.call, &key(&reference), after).await?;
    reader.page_context.show("History", history::of(&history, &reader.call.caller)).await
}

/// Begins again from what came to nothing.
pub(super) async fn begin_again(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let begun = submission::begin_again(&reader.call, &key(&reference)).await?;
    Ok(reader.page_context.go(&path::submission(&begun.reference), Some(Done::BegunAgain)))
}

/// Throws an empty draft away.
pub(super) async fn discard(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    submission::discard(&reader.call, &typed.target(&reference)?).await?;
    Ok(reader.page_context.go("/", Some(Done::Discarded)))
}

/// Reminds those whose turn it is.
pub(super) async fn remind(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    match submission::act(&reader.call, &typed.target(&reference)?, &Command::Remind).await {
        Ok(acted) => {
            let deed = Deed::of(Done::Reminded, &acted.submission.item.state, &acted.submission.definition);
            Ok(reader.to(&acted, deed))
        }
        Err(error) => refuse(&reader, &reference, error).await,
    }
}
