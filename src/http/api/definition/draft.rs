//! Drafts of workflows: written, checked, proposed.

use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        Problem, Site,
        etag::{ETag, IfMatch},
        input::{self, Path},
    },
    model::Receipt,
    usecase::{Call, definition},
    workflow::{Fault, Proven, Severity},
};

/// All routes of drafts.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(read_draft, save)).routes(routes!(check)).routes(routes!(propose_draft))
}

/// The draft of a workflow.
#[derive(Serialize, ToSchema)]
struct DraftOut {
    /// The text: YAML, which may be broken.
    source: String,
    /// Its version, with which `ETag` begins; 0 where there is no draft and the text is that of the active version.
    version: u64,
    /// When it was saved last.
    edited_at: Option<Timestamp>,
}

/// A text to save.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SourceIn {
    /// YAML, at most 256 KiB; it may be broken.
    #[schema(max_length = 262_144)]
    source: String,
}

/// A text to check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckIn {
    /// YAML; the draft where it is left out.
    #[schema(max_length = 262_144)]
    source: Option<String>,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
struct CheckedOut {
    /// Whether there is no error.
    ok: bool,
    /// The identity of the version it would become; none where it is broken.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: Option<String>,
    /// What is wrong with it, and where.
    #[schema(value_type = Vec<MistakeOut>)]
    faults: Vec<Fault>,
    /// What was explored.
    #[schema(value_type = Option<ProvenOut>)]
    proven: Option<Proven>,
}

/// Something that is wrong with a text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what the checker serialises")]
struct MistakeOut {
    /// The check's id.
    rule: String,
    /// Whether it stands in the way.
    severity: Severity,
    /// From 1.
    line: u32,
    /// From 1.
    column: u32,
    /// One sentence.
    message: String,
    /// For a failed proof: the shortest way to it, step by step.
    #[schema(required = false)]
    counterexample: Vec<String>,
}

/// What was explored to prove a text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what the explorer serialises")]
struct ProvenOut {
    /// Different configurations.
    configurations: usize,
    /// Ways between them.
    edges: usize,
    /// Persons beside the author.
    persons: u32,
    /// Fewest members of each role's group with which credit can still be given.
    staffing: BTreeMap<String, u32>,
    /// Fewest persons beside the author with which it can.
    fewest_persons: Option<u32>,
    /// Comparisons that were taken either way.
    either_way: Vec<String>,
}

/// A version that was proposed.
#[derive(Serialize, ToSchema)]
pub(in crate::http::api) struct ProposedOut {
    /// The workflow's id.
    workflow: String,
    /// Its identity.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// When it was proposed.
    since: Timestamp,
}

/// Read the draft of a workflow
///
/// For the office. Where there is no draft it is the text of the active version, with version 0.
#[utoipa::path(get, path = "/workflows/{id}/draft", tag = "Workflows", params(("id" = String, Path)),
    responses((status = 200, description = "The draft", body = DraftOut, headers(("ETag" = String)))))]
async fn read_draft(call: Call, Path(id): Path<String>) -> Result<(ETag, Json<DraftOut>), Problem> {
    let draft = definition::draft(&call, &id).await?;
    let edited_at = draft.edited.map(|(_, at)| at);
    Ok((ETag(draft.version), Json(DraftOut { source: draft.source, version: draft.version, edited_at })))
}

/// Save the draft of a workflow
///
/// For administrators. Nothing follows it before it is proposed and activated. A new id begins a new workflow.
#[utoipa::path(put, path = "/workflows/{id}/draft", tag = "Workflows",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version you read; `\"0\"` for none")),
    request_body = SourceIn,
    responses((status = 204, description = "It is saved", headers(("ETag" = String)))))]
async fn save(
    call: Call,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    input::Json(SourceIn { source }): input::Json<SourceIn>,
) -> Result<(StatusCode, ETag, ()), Problem> {
    let seen = match seen {
        Some(seen) => seen,
        None => definition::draft(&call, &id).await?.version,
    };
    let version = definition::save(&call, &id, &source, seen).await?;
    Ok((StatusCode::NO_CONTENT, ETag(version), ()))
}

/// Check a text
///
/// For the office; nothing is kept. Checks take their turn; one that takes too long is refused (409).
#[utoipa::path(post, path = "/workflows/{id}/check", tag = "Workflows", params(("id" = String, Path)),
    request_body = CheckIn, responses((status = 200, description = "What was found", body = CheckedOut)))]
async fn check(
    call: Call,
    Path(id): Path<String>,
    input::Json(CheckIn { source }): input::Json<CheckIn>,
) -> Result<Json<CheckedOut>, Problem> {
    let checked = definition::check(&call, &id, source).await?;
    let hash = checked.definition.map(|definition| definition.hash);
    Ok(Json(CheckedOut { ok: hash.is_some(), hash, faults: checked.faults, proven: checked.proven }))
}

/// Propose the draft
///
/// For administrators. A sound draft becomes a version that another administrator can activate; a broken one is refused
/// with everything that is wrong with it, at `/source/LINE/COLUMN`.
#[utoipa::path(post, path = "/workflows/{id}/draft/propose", tag = "Workflows",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header, description = "The version you checked")),
    responses((status = 201, description = "It is a version now", body = ProposedOut)))]
async fn propose_draft(call: Call, Path(id): Path<String>, seen: Option<IfMatch>) -> Result<Receipt, Problem> {
    let seen = seen.and_then(|IfMatch(seen)| seen);
    Ok(Receipt::proposed(&definition::propose(&call, &id, seen).await?))
}

impl ProposedOut {
    pub(in crate::http::api) fn of(workflow: String, hash: String, since: Timestamp) -> Self {
        Self { workflow, hash, since }
    }
}
