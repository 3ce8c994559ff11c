//! A person who wants to be forgotten, or to have a copy of what is kept.

use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    domain::{Depth, PersonId},
    http::{
        Problem, Site,
        input::{self, Path},
    },
    usecase::{
        Call,
        erasure::{self, Decider, Kept, Part, Told},
    },
};

/// All routes of erasures.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(told, erase)).routes(routes!(copy))
}

/// What goes and what stays of a person, and why.
#[derive(Serialize, ToSchema)]
struct ErasureOut {
    /// Whether it was carried out; otherwise this is what would be.
    done: bool,
    /// Of whom.
    person: Uuid,
    /// What they are called from then on.
    #[schema(example = "Erased person 7F3A")]
    called: String,
    /// How far: restricted, name and credentials stay where they are on record; anonymised, nothing says who it was.
    depth: Depth,
    /// When.
    at: Timestamp,
    /// By whom; nobody for the command line and for the end of what was kept.
    by: Option<Uuid>,
    /// Why.
    reason: String,
    /// What goes.
    erased: Vec<ErasedOut>,
    /// What stays.
    kept: Vec<KeptOut>,
    /// When the name that stays goes too; absent where none stays, or for ever.
    kept_until: Option<Timestamp>,
    /// Until when backups may have it; absent where the server was not told.
    backups_until: Option<Timestamp>,
    /// What has to be done first.
    obstacles: Vec<String>,
}

/// Something that goes.
#[derive(Serialize, ToSchema)]
struct ErasedOut {
    /// What.
    what: String,
    /// How much.
    count: u64,
}

/// Something that stays.
#[derive(Serialize, ToSchema)]
struct KeptOut {
    /// What.
    what: String,
    /// How much; 0 where it is not counted.
    count: u64,
    /// Why.
    why: String,
}

/// Why somebody is erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "They asked for it in a letter of 20 November."}))]
struct EraseIn {
    /// The log keeps it; name and address are taken out of it.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 500)]
    reason: String,
}

/// Read what erasing a person does
///
/// For administrators. What would go and stay; once it was carried out, the statement of what did.
#[utoipa::path(get, path = "/people/{id}/erasure", tag = "Office", params(("id" = Uuid, Path)),
    responses((status = 200, description = "What goes, what stays and why", body = ErasureOut)))]
async fn told(call: Call, Path(id): Path<Uuid>) -> Result<Json<ErasureOut>, Problem> {
    let told = erasure::tell(&call.context, Decider::Administrator(&call.caller), PersonId(id)).await?;
    Ok(Json(ErasureOut::of(told)))
}

/// Erase a person
///
/// For administrators; it cannot be undone. Refused (409) while work waits for the person, or on what they sent. A second
/// time changes nothing and answers the same.
#[utoipa::path(post, path = "/people/{id}/erasure", tag = "Office", request_body = EraseIn,
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "What went, what stayed and why", body = ErasureOut)))]
async fn erase(
    call: Call,
    Path(id): Path<Uuid>,
    input::Json(body): input::Json<EraseIn>,
) -> Result<Json<ErasureOut>, Problem> {
    let decider = Decider::Administrator(&call.caller);
    Ok(Json(ErasureOut::of(erasure::erase(&call.context, decider, PersonId(id), &body.reason).await?)))
}

/// Copy all that is kept about a person
///
/// For administrators, who hand it to the person. Files are named; their bytes are downloaded one by one.
#[utoipa::path(get, path = "/people/{id}/copy", tag = "Office", params(("id" = Uuid, Path)),
    responses((status = 200, description = "Everything, by where it is kept", body = Object)))]
async fn copy(call: Call, Path(id): Path<Uuid>) -> Result<Json<Value>, Problem> {
    let decider = Decider::Administrator(&call.caller);
    Ok(Json(erasure::copy(&call.context, decider, PersonId(id)).await?))
}

impl ErasureOut {
    fn of(told: Told) -> Self {
        let statement = told.statement;
        Self {
            done: told.done,
            person: statement.person.0,
            called: told.called,
            depth: statement.depth,
            at: statement.at,
            by: statement.by.map(|person| person.0),
            reason: statement.reason,
            erased: statement.erased.into_iter().map(|Part { what, count }| ErasedOut { what, count }).collect(),
            kept: statement.kept.into_iter().map(|Kept { what, count, why }| KeptOut { what, count, why }).collect(),
            kept_until: statement.kept_until,
            backups_until: statement.backups_until,
            obstacles: told.obstacles,
        }
    }
}
