//! When somebody is away.

use axum::{Json, http::StatusCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    domain::{AbsenceId, PersonId},
    http::{
        Problem, Site,
        input::{self, Path},
    },
    model::{Absence, Receipt},
    usecase::{Call, absence},
};

/// All routes of absences.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(my_absences, enter_absence))
        .routes(routes!(end_absence))
        .routes(routes!(absences_of_person, enter_absence_of_person))
        .routes(routes!(end_absence_of_person))
}

/// Days on which somebody is away.
#[derive(Serialize, ToSchema)]
struct AbsenceOut {
    /// Its id.
    id: Uuid,
    /// The first day.
    first: Date,
    /// The last day, that one included.
    last: Date,
}

/// When somebody will be away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"first": "2026-12-01", "last": "2026-12-14"}))]
struct AbsenceIn {
    /// The first day.
    first: Date,
    /// The last day, that one included.
    last: Date,
}

/// My absences
///
/// Those that are not over.
#[utoipa::path(get, path = "/me/absences", tag = "Me",
    responses((status = 200, description = "The first to begin first", body = [AbsenceOut])))]
async fn my_absences(call: Call) -> Result<Json<Vec<AbsenceOut>>, Problem> {
    list(&call, call.caller.person).await
}

/// I will be away
///
/// Places pass on or wait meanwhile, as each group says; nobody offers new ones.
#[utoipa::path(post, path = "/me/absences", tag = "Me", request_body = AbsenceIn,
    responses((status = 204, description = "It is entered")))]
async fn enter_absence(call: Call, input::Json(body): input::Json<AbsenceIn>) -> Result<Receipt, Problem> {
    absence::enter(&call, call.caller.person, body.first, body.last).await?;
    Ok(Receipt::Done)
}

/// I am back, or do not go
///
/// One that has begun ends with yesterday.
#[utoipa::path(delete, path = "/me/absences/{absence}", tag = "Me", params(("absence" = Uuid, Path)),
    responses((status = 204, description = "It is ended")))]
async fn end_absence(call: Call, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    absence::end(&call, call.caller.person, AbsenceId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Absences of somebody
///
/// For the office: those that are not over.
#[utoipa::path(get, path = "/people/{id}/absences", tag = "Office", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The first to begin first", body = [AbsenceOut])))]
async fn absences_of_person(call: Call, Path(id): Path<Uuid>) -> Result<Json<Vec<AbsenceOut>>, Problem> {
    list(&call, PersonId(id)).await
}

/// Somebody will be away
///
/// For the office.
#[utoipa::path(post, path = "/people/{id}/absences", tag = "Office", params(("id" = Uuid, Path)),
    request_body = AbsenceIn, responses((status = 204, description = "It is entered")))]
async fn enter_absence_of_person(
    call: Call,
    Path(id): Path<Uuid>,
    input::Json(body): input::Json<AbsenceIn>,
) -> Result<Receipt, Problem> {
    absence::enter(&call, PersonId(id), body.first, body.last).await?;
    Ok(Receipt::Done)
}

/// Somebody is back, or does not go
///
/// For the office. One that has begun ends with yesterday.
#[utoipa::path(delete, path = "/people/{id}/absences/{absence}", tag = "Office",
    params(("id" = Uuid, Path), ("absence" = Uuid, Path)),
    responses((status = 204, description = "It is ended")))]
async fn end_absence_of_person(call: Call, Path((id, absence)): Path<(Uuid, Uuid)>) -> Result<StatusCode, Problem> {
    absence::end(&call, PersonId(id), AbsenceId(absence)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(call: &Call, person: PersonId) -> Result<Json<Vec<AbsenceOut>>, Problem> {
    let found = absence::of(call, person).await?;
    Ok(Json(found.absences.iter().map(AbsenceOut::of).collect()))
}

impl AbsenceOut {
    fn of(absence: &Absence) -> Self {
        Self { id: absence.id.0, first: absence.first, last: absence.last }
    }
}
