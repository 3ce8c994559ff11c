//! Taking open submissions over to the active version: planned, foreseen, carried out.

use axum::{Json, extract::OriginalUri, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::super::page::{PageIn, PageOut, page};
use crate::{
    http::{
        Problem, Site,
        input::{self, Path},
    },
    model::{MigrationPlan, Receipt},
    usecase::{
        Call,
        definition::{self, Fate},
    },
    workflow::{EventName, Mapping},
};

/// All routes of migrations.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(plans, propose_migration))
        .routes(routes!(plan))
        .routes(routes!(foresee))
        .routes(routes!(run))
}

/// A migration to plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "3f1c…", "to": "9a07…", "mapping": {"states": {"assessment": "review"},
    "tracks": {"assess": "look"}, "timers": {"late": null}, "roles": {}}}))]
struct PlanIn {
    /// The hash of the version that submissions are on.
    from: String,
    /// The hash of the active version.
    to: String,
    /// What the names of the old version are in the new one: `states`, `tracks`, `timers`, `roles`. A name that both have
    /// stands for itself. Null in `tracks` lets a review go that is over; in `timers` it ends a deadline.
    #[serde(default)]
    #[schema(value_type = Object)]
    mapping: Mapping,
}

/// A migration.
#[derive(Serialize, ToSchema)]
pub(in crate::http::api) struct PlanOut {
    /// Its id.
    id: Uuid,
    /// The workflow's id.
    workflow: String,
    /// The version that submissions are on.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    from: String,
    /// The version that they go over to.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    to: String,
    /// What is what.
    #[schema(value_type = Object)]
    mapping: Mapping,
    /// When it was planned.
    proposed_at: Timestamp,
    /// When it was carried out, if it was.
    run_at: Option<Timestamp>,
    /// How many submissions went over.
    items: Option<u64>,
    /// The reason that was given.
    reason: Option<String>,
}

/// What a migration means for one submission.
#[derive(Serialize, ToSchema)]
struct FateOut {
    /// Its reference.
    #[schema(pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// Its title, where you may open it.
    title: Option<String>,
    /// The state it is in.
    from: String,
    /// The state it would be in; none where it cannot go over.
    to: Option<String>,
    /// What would happen, in order, as in its history.
    events: Vec<EventName>,
    /// What is in the way; nothing where it can go over.
    obstacles: Vec<String>,
}

/// Carrying it out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RunIn {
    /// Why; it must be there where you planned it yourself and there is no other administrator.
    #[schema(max_length = 2_000)]
    reason: Option<String>,
}

/// List migrations
///
/// For the office: those of this workflow, the last first.
#[utoipa::path(get, path = "/workflows/{id}/migrations", tag = "Workflows", params(("id" = String, Path)),
    responses((status = 200, description = "The plans", body = [PlanOut])))]
async fn plans(call: Call, Path(id): Path<String>) -> Result<Json<Vec<PlanOut>>, Problem> {
    let plans = definition::plans(&call, &id).await?;
    Ok(Json(plans.iter().map(PlanOut::of).collect()))
}

/// Plan a migration
///
/// For administrators. Nothing happens before another administrator carries it out; read first what it would do.
#[utoipa::path(post, path = "/workflows/{id}/migrations", tag = "Workflows", params(("id" = String, Path)),
    request_body = PlanIn, responses((status = 201, description = "The plan", body = PlanOut)))]
async fn propose_migration(
    call: Call,
    Path(id): Path<String>,
    input::Json(PlanIn { from, to, mapping }): input::Json<PlanIn>,
) -> Result<Receipt, Problem> {
    Ok(Receipt::Migration(definition::propose_migration(&call, &id, &from, &to, mapping).await?))
}

/// Read a migration
#[utoipa::path(get, path = "/workflows/{id}/migrations/{plan}", tag = "Workflows",
    params(("id" = String, Path), ("plan" = Uuid, Path)),
    responses((status = 200, description = "The plan", body = PlanOut)))]
async fn plan(call: Call, Path((id, plan)): Path<(String, Uuid)>) -> Result<Json<PlanOut>, Problem> {
    Ok(Json(PlanOut::of(&definition::plan(&call, &id, plan).await?)))
}

/// Read what a migration would do
///
/// For the office: every open submission of the old version, with what would happen to it now. Changes nothing.
#[utoipa::path(get, path = "/workflows/{id}/migrations/{plan}/submissions", tag = "Workflows",
    params(("id" = String, Path), ("plan" = Uuid, Path), PageIn),
    responses((status = 200, description = "A page of submissions", body = PageOut<FateOut>)))]
async fn foresee(
    call: Call,
    OriginalUri(uri): OriginalUri,
    Path((id, plan)): Path<(String, Uuid)>,
    input::Query(PageIn { cursor }): input::Query<PageIn>,
) -> Result<Response, Problem> {
    let found = definition::foresee(&call, &id, plan, cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", found.rows.into_iter().map(FateOut::of).collect(), found.next))
}

/// Carry a migration out
///
/// For administrators other than the one who planned it; the only administrator there is may, and says why. All
/// submissions go over or none: what is in the way is told by reference.
#[utoipa::path(post, path = "/workflows/{id}/migrations/{plan}/run", tag = "Workflows",
    params(("id" = String, Path), ("plan" = Uuid, Path)), request_body = RunIn,
    responses((status = 200, description = "It was carried out", body = PlanOut)))]
async fn run(
    call: Call,
    Path((id, plan)): Path<(String, Uuid)>,
    input::Json(RunIn { reason }): input::Json<RunIn>,
) -> Result<Receipt, Problem> {
    Ok(Receipt::Migration(definition::run_migration(&call, &id, plan, reason.as_deref()).await?))
}

impl PlanOut {
    /// A plan, carried out or not.
    pub(in crate::http::api) fn of(plan: &MigrationPlan) -> Self {
        let run = plan.run.as_ref();
        Self {
            id: plan.id,
            workflow: plan.workflow.clone(),
            from: plan.from.clone(),
            to: plan.to.clone(),
            mapping: plan.mapping.clone(),
            proposed_at: plan.proposed_at,
            run_at: run.map(|run| run.at),
            items: run.map(|run| run.items),
            reason: run.and_then(|run| run.reason.clone()),
        }
    }
}

impl FateOut {
    fn of(fate: Fate) -> Self {
        let Fate { reference, title, from, to, events, obstacles, open: _ } = fate;
        let events = events.iter().map(|event| EventName::from(&event.what));
        Self { reference, title, from, to, events: events.collect(), obstacles }
    }
}
