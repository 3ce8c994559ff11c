//! Another address: one's own, and somebody's from the office.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    domain::PersonId,
    http::{
        Problem, Site, client,
        input::{self, Path},
    },
    usecase::{Call, account::Authenticated, admin, own_account::address},
};

/// All routes of addresses.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(waiting, ask)).routes(routes!(change_address))
}

/// What was asked for.
#[derive(Serialize, ToSchema)]
struct AddressOut {
    /// The address of now.
    email: String,
    /// The new one that was asked for; absent where none waits.
    asked: Option<String>,
    /// When it is too late to confirm it.
    expires_at: Option<Timestamp>,
    /// When the address of now confirmed it.
    confirmed_by_old: Option<Timestamp>,
    /// When the new address confirmed it.
    confirmed_by_new: Option<Timestamp>,
}

/// Another address, and the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@clinic.example", "password": "correct horse battery staple"}))]
struct AnotherAddressIn {
    /// The new address.
    email: String,
    /// The password of now.
    password: String,
}

/// Another address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@clinic.example"}))]
struct AddressIn {
    /// The new address.
    email: String,
}

/// Which address do I wait for?
#[utoipa::path(get, path = "/me/address", tag = "Me",
    responses((status = 200, description = "What was asked for", body = AddressOut)))]
async fn waiting(call: Call, signed: Authenticated) -> Result<Json<AddressOut>, Problem> {
    let change = address::waiting(&call).await?;
    let change = change.as_ref();
    Ok(Json(AddressOut {
        email: signed.person.email.to_string(),
        asked: change.map(|change| change.email.to_string()),
        expires_at: change.map(|change| change.expires_at),
        confirmed_by_old: change.and_then(|change| change.old_confirmed_at),
        confirmed_by_new: change.and_then(|change| change.new_confirmed_at),
    }))
}

/// Ask for another address
///
/// A letter with a link goes to the address of now, and one to the new; once both are confirmed, that is yours. The answer is
/// the same whoever has the new one.
#[utoipa::path(post, path = "/me/address", tag = "Me", request_body = AnotherAddressIn,
    responses((status = 202, description = "The letters are on their way")))]
async fn ask(
    call: Call,
    signed: Authenticated,
    from: client::Client,
    headers: HeaderMap,
    input::Json(body): input::Json<AnotherAddressIn>,
) -> Result<StatusCode, Problem> {
    address::ask(&call, &signed, &body.email, &body.password, &from.told(&headers)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Give somebody another address
///
/// For administrators, where they cannot confirm it themselves. They are told where they were reached before.
#[utoipa::path(put, path = "/people/{id}/address", tag = "Office", request_body = AddressIn,
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is theirs")))]
async fn change_address(
    call: Call,
    Path(id): Path<Uuid>,
    input::Json(body): input::Json<AddressIn>,
) -> Result<StatusCode, Problem> {
    admin::change_address(&call, PersonId(id), &body.email).await?;
    Ok(StatusCode::NO_CONTENT)
}
