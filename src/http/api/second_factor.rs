//! The second factor of signing in: one's own, and somebody's that has to go.

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
    usecase::{
        Call,
        account::Authenticated,
        admin,
        own_account::second_factor::{self, Offer, Standing},
    },
};

/// All routes of second factors.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(standing, offer, turn_on))
        .routes(routes!(renew_codes))
        .routes(routes!(turn_off))
        .routes(routes!(take_away))
}

/// How one's own stands.
#[derive(Serialize, ToSchema)]
struct StandingOut {
    /// Since when it is on; absent where it is not.
    since: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    recovery_codes_left: u64,
    /// Whether the organisation requires one of you.
    required: bool,
}

/// A secret for an app. It is kept nowhere before a code of it was given.
#[derive(Serialize, ToSchema)]
struct SecretOut {
    /// As it is typed into an app (base 32).
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    secret: String,
    /// The address that says the same (`otpauth:`).
    address: String,
}

/// The secret that was offered, and a code of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "code": "287082"}))]
struct TurnOnIn {
    /// As it was offered.
    secret: String,
    /// What the app shows.
    code: String,
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "287082"}))]
struct CodeIn {
    /// What the app shows, or a recovery code.
    code: String,
}

/// Password and code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "correct horse battery staple", "code": "287082"}))]
struct TurnOffIn {
    /// The password.
    password: String,
    /// What the app shows, or a recovery code.
    code: String,
}

/// Why it is taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Their telephone is lost; they called from the number that we know."}))]
struct TakeAwayIn {
    /// The trail keeps it.
    #[serde(default)]
    reason: String,
}

/// Recovery codes, shown this once.
#[derive(Serialize, ToSchema)]
struct CodesOut {
    /// Each lets in once in the place of a code.
    recovery_codes: Vec<String>,
}

/// Have I a second factor?
#[utoipa::path(get, path = "/me/second-factor", tag = "Me",
    responses((status = 200, description = "How it stands", body = StandingOut)))]
async fn standing(call: Call) -> Result<Json<StandingOut>, Problem> {
    let Standing { since, codes_left, required } = second_factor::standing(&call).await?;
    Ok(Json(StandingOut { since, recovery_codes_left: codes_left, required }))
}

/// Offer me a secret for an app
///
/// Nothing changes by it: send it back with a code to turn the second factor on.
#[utoipa::path(post, path = "/me/second-factor", tag = "Me",
    responses((status = 200, description = "A fresh secret", body = SecretOut)))]
async fn offer(call: Call, signed: Authenticated) -> Result<Json<SecretOut>, Problem> {
    let Offer { secret, address } = second_factor::offer(&call, &signed, None).await?;
    Ok(Json(SecretOut { secret, address }))
}

/// Turn my second factor on
///
/// From then on a token by password wants a `code` too. The recovery codes are shown this once.
#[utoipa::path(put, path = "/me/second-factor", tag = "Me", request_body = TurnOnIn,
    responses((status = 200, description = "It is on", body = CodesOut)))]
async fn turn_on(
    call: Call,
    signed: Authenticated,
    from: client::Client,
    headers: HeaderMap,
    input::Json(body): input::Json<TurnOnIn>,
) -> Result<Json<CodesOut>, Problem> {
    let client = from.told(&headers);
    let recovery_codes = second_factor::turn_on(&call, &signed, &body.secret, &body.code, &client).await?;
    Ok(Json(CodesOut { recovery_codes }))
}

/// Make me new recovery codes
///
/// Those of before are worth nothing then. They are shown this once.
#[utoipa::path(post, path = "/me/second-factor/recovery-codes", tag = "Me", request_body = CodeIn,
    responses((status = 200, description = "The codes", body = CodesOut)))]
async fn renew_codes(
    call: Call,
    signed: Authenticated,
    from: client::Client,
    headers: HeaderMap,
    input::Json(body): input::Json<CodeIn>,
) -> Result<Json<CodesOut>, Problem> {
    let recovery_codes = second_factor::renew_codes(&call, &signed, &body.code, &from.told(&headers)).await?;
    Ok(Json(CodesOut { recovery_codes }))
}

/// Turn my second factor off
#[utoipa::path(post, path = "/me/second-factor/off", tag = "Me", request_body = TurnOffIn,
    responses((status = 204, description = "It is off")))]
async fn turn_off(
    call: Call,
    signed: Authenticated,
    from: client::Client,
    headers: HeaderMap,
    input::Json(body): input::Json<TurnOffIn>,
) -> Result<StatusCode, Problem> {
    second_factor::turn_off(&call, &signed, &body.password, &body.code, &from.told(&headers)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take somebody's second factor away
///
/// For administrators, where somebody lost both the app and the recovery codes. They get a letter.
#[utoipa::path(post, path = "/people/{id}/second-factor/end", tag = "Office", request_body = TakeAwayIn,
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "They have none any more")))]
async fn take_away(
    call: Call,
    Path(id): Path<Uuid>,
    input::Json(body): input::Json<TakeAwayIn>,
) -> Result<StatusCode, Problem> {
    admin::take_second_factor(&call, PersonId(id), &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
