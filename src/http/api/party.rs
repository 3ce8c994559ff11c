//! Who writes along, to whom it is handed over, and what the office takes out.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::progress::ReceiptOut;
use crate::{
    domain::{DocumentId, PersonId},
    http::{
        Problem, Site,
        input::{self, Path},
    },
    model::{QueueRow, Receipt},
    usecase::{
        Call, Error, Target,
        submission::{self, Consent, HandOver, NewCoAuthor, Redact},
    },
    workflow::{About, Right},
};

/// All routes of these.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(name_coauthor))
        .routes(routes!(remove_coauthor))
        .routes(routes!(hand_over))
        .routes(routes!(agree_to_hand_over))
        .routes(routes!(decline_hand_over))
        .routes(routes!(redact))
        .routes(routes!(shared))
}

/// Somebody to write along.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Ana Ruiz", "email": "ana@example.org", "right": "writes"}))]
struct CoAuthorIn {
    /// As printed.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Their address.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// What they may do.
    right: RightIn,
}

/// What a co-author may be let do; DELETE takes them off.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RightIn {
    /// See what the author sees.
    Reads,
    /// Change answers and files too.
    Writes,
}

/// To whom it is handed over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.org", "reason": "The owner has left the hospital."}))]
struct HandOverIn {
    /// The successor's address.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// Why it is handed over at once; without it owner and successor are asked.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    reason: String,
}

/// What is taken out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"question": "reflection", "reason": "It names a patient."}))]
struct RedactIn {
    /// A question whose answer goes.
    question: Option<String>,
    /// Or a file that goes.
    file: Option<Uuid>,
    /// Why; everybody who reads the submission reads it.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 500)]
    reason: String,
}

/// Something that is shared with the reader.
#[derive(Serialize, ToSchema)]
struct SharedOut {
    /// Its reference.
    #[schema(example = "SS-2026-0042", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// Its title.
    title: String,
    /// The workflow's id.
    workflow: String,
    /// The id of its state.
    state: String,
}

/// Name a co-author
///
/// For its owner. They get a letter; naming an address again changes what they may do.
#[utoipa::path(post, path = "/submissions/{reference}/authors", tag = "Submissions", request_body = CoAuthorIn,
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn name_coauthor(
    call: Call,
    target: Target,
    input::Json(body): input::Json<CoAuthorIn>,
) -> Result<Receipt, Problem> {
    let CoAuthorIn { name, email, right } = body;
    let right = match right {
        RightIn::Reads => Right::Reads,
        RightIn::Writes => Right::Writes,
    };
    let acted = submission::name_coauthor(&call, &target, &NewCoAuthor { name, email, right }).await?;
    Ok(Receipt::stepped(&acted.submission))
}

/// The part of an address that names somebody.
#[derive(Deserialize)]
struct Somebody {
    id: Uuid,
}

/// Take a co-author off
///
/// For its owner.
#[utoipa::path(delete, path = "/submissions/{reference}/authors/{id}", tag = "Submissions",
    params(
        ("reference" = String, Path),
        ("id" = Uuid, Path, description = "The person's id"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read"),
    ),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn remove_coauthor(
    call: Call,
    target: Target,
    Path(Somebody { id }): Path<Somebody>,
) -> Result<Receipt, Problem> {
    let acted = submission::remove_coauthor(&call, &target, PersonId(id)).await?;
    Ok(Receipt::stepped(&acted.submission))
}

/// Hand it over
///
/// For coordinators: at once with a reason, otherwise once owner and successor agree.
#[utoipa::path(post, path = "/submissions/{reference}/hand-over", tag = "Submissions", request_body = HandOverIn,
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn hand_over(call: Call, target: Target, input::Json(body): input::Json<HandOverIn>) -> Result<Receipt, Problem> {
    let to = HandOver { email: body.email, reason: body.reason };
    Ok(Receipt::stepped(&submission::hand_over(&call, &target, &to).await?.submission))
}

/// Agree to it
///
/// For the owner and the successor. Once both have, it is handed over.
#[utoipa::path(post, path = "/submissions/{reference}/hand-over/agree", tag = "Submissions",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn agree_to_hand_over(call: Call, target: Target) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&submission::consent(&call, &target, Consent::Agreed).await?.submission))
}

/// Decline it
///
/// For the owner and the successor: it stays where it is.
#[utoipa::path(post, path = "/submissions/{reference}/hand-over/decline", tag = "Submissions",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn decline_hand_over(call: Call, target: Target) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&submission::consent(&call, &target, Consent::Declined).await?.submission))
}

/// Redact an answer or a file
///
/// For coordinators. Its hash, who, when and why stay; words and bytes go from every store. Backups keep them for as long as
/// whoever runs the server does.
#[utoipa::path(post, path = "/submissions/{reference}/redactions", tag = "Submissions", request_body = RedactIn,
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "The submission; `ETag` is its new version", body = ReceiptOut, headers(("ETag" = String)))))]
async fn redact(call: Call, target: Target, input::Json(body): input::Json<RedactIn>) -> Result<Receipt, Problem> {
    let about = match (body.question, body.file) {
        (Some(question), None) => About::Question(question),
        (None, Some(file)) => About::Document(DocumentId(file)),
        _ => return Err(Error::field("question", "one", "name a question or a file, and not both").into()),
    };
    let acted = submission::redact(&call, &target, &Redact { about, reason: body.reason }).await?;
    Ok(Receipt::stepped(&acted.submission))
}

/// What is shared with me
///
/// What I write along, handed over, or may take over; the last begun first, at most 50.
#[utoipa::path(get, path = "/me/shared", tag = "Me",
    responses((status = 200, description = "Submissions of others", body = [SharedOut])))]
async fn shared(call: Call) -> Result<Json<Vec<SharedOut>>, Problem> {
    Ok(Json(submission::shared(&call).await?.into_iter().map(SharedOut::of).collect()))
}

impl SharedOut {
    fn of(row: QueueRow) -> Self {
        Self { reference: row.reference, title: row.title, workflow: row.workflow, state: row.state }
    }
}
