//! Versions of workflows: what is there, what changed, which is active.

mod draft;
mod migration;
mod replay;

use std::collections::BTreeMap;

use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) use draft::ProposedOut;
pub(super) use migration::PlanOut;

use super::person::NameOut;
use crate::{
    domain::PersonId,
    http::{
        Problem, Site,
        input::{self, Path},
    },
    model::{Activation, Person, Receipt},
    usecase::{
        Call,
        definition::{self, Proved, Status, Version, Workflow},
    },
    workflow::Part,
};

/// All routes of versions.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(versions))
        .routes(routes!(version))
        .routes(routes!(compare))
        .routes(routes!(activate))
        .merge(draft::router())
        .merge(migration::router())
        .merge(replay::router())
}

/// The versions of a workflow.
#[derive(Serialize, ToSchema)]
struct VersionsOut {
    /// The workflow's id.
    workflow: String,
    /// The hash of the active version, if there is one: what `replaces` names when another is activated.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    active: Option<String>,
    /// All versions, the last first.
    versions: Vec<VersionOut>,
    /// Every activation, the last first.
    activations: Vec<ActivationOut>,
    /// The version of the draft, with which its `ETag` begins; none where there is no draft.
    draft: Option<u64>,
}

/// A version of a workflow.
#[derive(Serialize, ToSchema)]
struct VersionOut {
    /// Its identity: SHA-256 of its canonical form.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// Where it stands: checked, it can be activated; active, new submissions follow it; replaced, it was active, and open
    /// submissions still follow it; retired, it was active, and none does.
    status: Status,
    /// How it stands with the checker of this program.
    proof: ProofOut,
    /// When it was proposed, or read from a file.
    since: Timestamp,
    /// Who proposed it; nobody where it came from a file.
    proposed_by: Option<NameOut>,
    /// The open submissions that follow it, by the id of their state; 1,001 stands for more than 1,000.
    open: BTreeMap<String, u64>,
}

/// How a version stands with the checker of this program.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ProofOut {
    /// It is proved.
    Proved,
    /// It has not been looked at.
    NotYet,
    /// Something is wrong with it.
    Disproved,
}

/// The text of a version.
#[derive(Serialize, ToSchema)]
struct SourceOut {
    /// Its identity.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// As in the list of versions.
    status: Status,
    /// The text, YAML, byte for byte.
    source: String,
}

/// A version became the active one.
#[derive(Serialize, ToSchema)]
pub(super) struct ActivationOut {
    /// The workflow's id.
    workflow: String,
    /// The version.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// The version that was active before.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    replaced: Option<String>,
    /// When.
    at: Timestamp,
    /// Who activated it; nobody where it was taken over from a file.
    by: Option<NameOut>,
    /// Whether one administrator, the only one, both proposed and activated it.
    alone: bool,
    /// The reason that was given.
    reason: Option<String>,
}

/// What an activation says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"replaces": "3f1c…"}))]
struct ActivateIn {
    /// The hash of the version that is active now; left out for a workflow that has none.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    replaces: Option<String>,
    /// Why; it must be there where you proposed the version yourself and there is no other administrator.
    #[schema(max_length = 2_000)]
    reason: Option<String>,
}

/// Which version to compare with.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompareIn {
    /// The hash of the earlier version; the active one where it is left out.
    from: Option<String>,
}

/// What changed between two versions.
#[derive(Serialize, ToSchema)]
struct ComparedOut {
    /// The hash of the earlier version.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    from: String,
    /// The hash of the other one.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    to: String,
    /// What changed, part by part.
    differences: Vec<DifferenceOut>,
}

/// One thing that changed.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"part": "transition", "sentence": "The transition 'late' now is set off after 'P45D' (was after 'P30D')."}))]
struct DifferenceOut {
    /// Of what it is a part.
    part: Part,
    /// What changed.
    sentence: String,
}

/// List the versions of a workflow
///
/// For the office: with what is open in each, and who activated which when.
#[utoipa::path(get, path = "/workflows/{id}/versions", tag = "Workflows", params(("id" = String, Path)),
    responses((status = 200, description = "Its versions", body = VersionsOut)))]
async fn versions(call: Call, Path(id): Path<String>) -> Result<Json<VersionsOut>, Problem> {
    Ok(Json(VersionsOut::of(definition::workflow(&call, &id).await?)))
}

/// Read a version
#[utoipa::path(get, path = "/workflows/{id}/versions/{hash}", tag = "Workflows",
    params(("id" = String, Path), ("hash" = String, Path)),
    responses((status = 200, description = "Its text", body = SourceOut)))]
async fn version(call: Call, Path((id, hash)): Path<(String, String)>) -> Result<Json<SourceOut>, Problem> {
    let Version { stored, status, .. } = definition::version(&call, &id, &hash).await?;
    Ok(Json(SourceOut { hash: stored.hash, status, source: stored.source }))
}

/// Compare two versions
///
/// What changed, in words.
#[utoipa::path(get, path = "/workflows/{id}/versions/{hash}/difference", tag = "Workflows",
    params(("id" = String, Path), ("hash" = String, Path), CompareIn),
    responses((status = 200, description = "What changed", body = ComparedOut)))]
async fn compare(
    call: Call,
    Path((id, hash)): Path<(String, String)>,
    input::Query(CompareIn { from }): input::Query<CompareIn>,
) -> Result<Json<ComparedOut>, Problem> {
    let found = definition::compare(&call, &id, from.as_deref(), &hash).await?;
    let differences = found.differences.into_iter();
    Ok(Json(ComparedOut {
        from: found.from.hash.clone(),
        to: found.to.hash.clone(),
        differences: differences.map(|found| DifferenceOut { part: found.part, sentence: found.sentence }).collect(),
    }))
}

/// Activate a version
///
/// For administrators other than the one who proposed it; the only administrator there is may activate an own version and
/// says why. New submissions and drafts follow it from then on; what was sent stays on its version.
#[utoipa::path(post, path = "/workflows/{id}/versions/{hash}/activate", tag = "Workflows",
    params(("id" = String, Path), ("hash" = String, Path)), request_body = ActivateIn,
    responses((status = 200, description = "It is active", body = ActivationOut)))]
async fn activate(
    call: Call,
    Path((id, hash)): Path<(String, String)>,
    input::Json(ActivateIn { replaces, reason }): input::Json<ActivateIn>,
) -> Result<Receipt, Problem> {
    let (replaces, reason) = (replaces.as_deref(), reason.as_deref());
    Ok(Receipt::Activated(definition::activate(&call, &id, &hash, replaces, reason).await?))
}

impl VersionsOut {
    fn of(workflow: Workflow) -> Self {
        let Workflow { id, active, versions, activations, draft, open, people } = workflow;
        let name = |person: Option<PersonId>| person.and_then(|person| people.get(&person)).map(NameOut::of);
        let versions = versions.into_iter().map(|Version { stored, status, proved, .. }| {
            let open = open.iter().filter(|count| count.definition == stored.hash);
            VersionOut {
                status,
                proof: match proved {
                    Proved::Yes(_) => ProofOut::Proved,
                    Proved::NotYet => ProofOut::NotYet,
                    Proved::No(_) => ProofOut::Disproved,
                },
                since: stored.loaded_at,
                proposed_by: name(stored.proposed_by),
                open: open.map(|count| (count.state.clone(), count.open)).collect(),
                hash: stored.hash,
            }
        });
        Self {
            workflow: id,
            active: active.map(|active| active.hash.clone()),
            versions: versions.collect(),
            activations: activations
                .iter()
                .map(|activation| {
                    let by = activation.activated_by.and_then(|person| people.get(&person));
                    ActivationOut::of(activation, by)
                })
                .collect(),
            draft: draft.map(|draft| draft.version),
        }
    }
}

impl ActivationOut {
    /// An activation by somebody whose name may be told.
    pub(super) fn of(activation: &Activation, by: Option<&Person>) -> Self {
        Self {
            workflow: activation.workflow.clone(),
            hash: activation.hash.clone(),
            replaced: activation.replaced.clone(),
            at: activation.at,
            by: by.map(NameOut::of),
            alone: activation.activated_by.is_some() && activation.activated_by == activation.proposed_by,
            reason: activation.reason.clone(),
        }
    }
}
