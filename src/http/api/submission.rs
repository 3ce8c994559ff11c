//! Submissions: beginning, reading, answering.

mod event;
mod history;
mod offer;
mod out;
mod prospect;
mod request;
mod step;

use axum::{Json, extract::OriginalUri, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Site,
    describe::ProblemOut,
    page::{PageIn, PageOut, page},
    progress::ReceiptOut,
    queue::RowOut,
};
use crate::{
    http::{
        Problem,
        etag::{ETag, IfMatch},
        input::{self, Path, Query},
    },
    model::Receipt,
    usecase::{
        Call, Reference, Target,
        submission::{self, Changes},
    },
};

pub(super) use out::SubmissionOut;

/// All routes of submissions.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(begin, mine))
        .routes(routes!(begin_again))
        .routes(routes!(read_submission, discard))
        .routes(routes!(answers))
        .routes(routes!(offer::offers))
        .routes(routes!(history::history))
        .merge(step::router())
}

/// A submission to begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"workflow": "self-study"}))]
struct BeginIn {
    /// The workflow's id.
    workflow: String,
}

/// Begin a submission
///
/// It is a draft with its reference at once. Fill it in with `PATCH …/answers`, add files, then take the step that
/// `GET …/offers` names.
#[utoipa::path(post, path = "/submissions", tag = "Submissions", request_body = BeginIn,
    responses(
        (status = 201, description = "The draft; `Location` and `ETag` name it", body = ReceiptOut, headers(("ETag" = String))),
        (status = 404, description = "There is no such workflow", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn begin(call: Call, input::Json(body): input::Json<BeginIn>) -> Result<Receipt, Problem> {
    Ok(Receipt::begun(&submission::begin(&call, &body.workflow).await?))
}

/// Begin again from a submission
///
/// One of yours that lapsed, was refused or withdrawn: a new draft with the answers that still fit. Files and what is to be
/// confirmed are given anew.
#[utoipa::path(post, path = "/submissions/{reference}/again", tag = "Submissions",
    params(("reference" = String, Path, description = "As in `SS-2026-0042`")),
    responses((status = 201, description = "The draft; `Location` and `ETag` name it", body = ReceiptOut, headers(("ETag" = String)))))]
async fn begin_again(call: Call, Path(reference): Path<String>) -> Result<Receipt, Problem> {
    Ok(Receipt::begun(&submission::begin_again(&call, &Reference(reference)).await?))
}

/// Delete an empty draft
///
/// One of yours in which nothing is and that was never sent. It is found nowhere after.
#[utoipa::path(delete, path = "/submissions/{reference}", tag = "Submissions",
    params(
        ("reference" = String, Path, description = "As in `SS-2026-0042`"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read; without it the latest is meant"),
    ),
    responses((status = 204, description = "It is deleted")))]
async fn discard(call: Call, target: Target) -> Result<Receipt, Problem> {
    submission::discard(&call, &target).await?;
    Ok(Receipt::Done)
}

/// List my submissions
///
/// Newest first.
#[utoipa::path(get, path = "/submissions", tag = "Submissions", params(PageIn),
    responses((status = 200, description = "A page of them", body = PageOut<RowOut>)))]
async fn mine(call: Call, OriginalUri(uri): OriginalUri, Query(at): Query<PageIn>) -> Result<Response, Problem> {
    let found = submission::mine(&call, at.cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", found.rows.iter().map(RowOut::of).collect(), found.next))
}

/// Read a submission
///
/// What you may know of it: answers and files only where you may read them, reviewers and verdicts only where the
/// workflow lets you see them.
#[utoipa::path(get, path = "/submissions/{reference}", tag = "Submissions",
    params(("reference" = String, Path, description = "As in `SS-2026-0042`")),
    responses((status = 200, description = "The submission; `ETag` is its version", body = SubmissionOut, headers(("ETag" = String)))))]
async fn read_submission(call: Call, Path(reference): Path<String>) -> Result<(ETag, Json<SubmissionOut>), Problem> {
    let dossier = submission::read(&call, &Reference(reference)).await?;
    Ok((ETag(dossier.case.submission.version), Json(SubmissionOut::of(&dossier, call.caller.person))))
}

/// Change answers
///
/// Only what is named changes; `null` takes an answer back. Either all of it is taken or, when one answer is wrong,
/// nothing. Needs `If-Match` with the `ETag` that was read, so that nobody's work is overwritten.
#[utoipa::path(patch, path = "/submissions/{reference}/answers", tag = "Submissions",
    params(
        ("reference" = String, Path, description = "As in `SS-2026-0042`"),
        ("If-Match" = String, Header, description = "The `ETag` of what was read"),
    ),
    request_body(content = Object, description = "Answers by question id, each as its question's type wants it",
        example = json!({"title": "Point-of-care ultrasound", "hours": "2.50", "completed_on": "2026-11-02", "attest": true})),
    responses((status = 200, description = "Where it stands; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn answers(
    call: Call,
    target: Target,
    _: IfMatch,
    input::Json(changes): input::Json<Changes>,
) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&submission::answer(&call, &target, |_| Ok(changes)).await?.submission))
}
