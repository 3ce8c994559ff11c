//! One's own account.

use std::collections::BTreeSet;

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::person::PersonOut;
use crate::{
    domain::{LetterKind, SessionId},
    http::{
        Problem, Site, client,
        etag::{ETag, IfMatch},
        input::{self, Path},
    },
    model::Session,
    usecase::{
        Call,
        account::Authenticated,
        admin::person_version,
        own_account::{self, Particulars},
    },
};

/// All routes of one's own account, but for who one is.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(change_me)).routes(routes!(sessions)).routes(routes!(end_session))
}

/// What to change of oneself; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"credentials": "MD, FAAFP"}))]
struct MeIn {
    /// As printed, without credentials.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Behind the name.
    #[schema(max_length = 200)]
    credentials: Option<String>,
    /// Where one works: conflicts of interest are found by it.
    #[schema(max_length = 200)]
    affiliation: Option<String>,
    /// Letters that one does not want, of `reminders`, `group-turns` (something waits for a group), `progress` (somebody
    /// else's submission moved on) and `absences`; all others always go.
    unwanted_letters: Option<BTreeSet<LetterKind>>,
}

/// A browser in which one is signed in.
#[derive(Serialize, ToSchema)]
struct SessionOut {
    /// Its id.
    id: Uuid,
    /// What the browser calls itself.
    agent: String,
    /// From where it was begun; may be empty.
    address: String,
    /// Since when.
    created_at: Timestamp,
    /// When it was used last, to within ten minutes.
    seen_at: Timestamp,
    /// When it ends if it is not used.
    expires_at: Timestamp,
}

/// Change what is printed of me
#[utoipa::path(patch, path = "/me", tag = "Me", request_body = MeIn,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "You; `ETag` is the new version", body = PersonOut, headers(("ETag" = String)))))]
async fn change_me(
    call: Call,
    signed: Authenticated,
    seen: Option<IfMatch>,
    input::Json(body): input::Json<MeIn>,
) -> Result<(ETag, Json<PersonOut>), Problem> {
    let before = signed.person;
    // What is absent stays as it was read here, so a change in between must not be written over.
    let version = seen.and_then(|IfMatch(version)| version).unwrap_or_else(|| person_version(&before));
    let particulars = Particulars {
        name: body.name.unwrap_or(before.name),
        credentials: body.credentials.unwrap_or(before.credentials),
        affiliation: body.affiliation.unwrap_or(before.affiliation),
        unwanted_letters: body.unwanted_letters,
    };
    let after = own_account::describe(&call, Some(version), &particulars).await?;
    Ok((ETag(person_version(&after)), Json(PersonOut::of(&after))))
}

/// Where am I signed in?
///
/// Browsers, the last used first. Access tokens are none: they end by themselves.
#[utoipa::path(get, path = "/me/sessions", tag = "Me",
    responses((status = 200, description = "Your sessions", body = [SessionOut])))]
async fn sessions(call: Call) -> Result<Json<Vec<SessionOut>>, Problem> {
    Ok(Json(own_account::sessions(&call).await?.into_iter().map(SessionOut::of).collect()))
}

/// Sign out somewhere
///
/// Nothing changes where that session has ended already.
#[utoipa::path(delete, path = "/me/sessions/{session}", tag = "Me", params(("session" = Uuid, Path)),
    responses((status = 204, description = "It has ended")))]
async fn end_session(
    call: Call,
    signed: Authenticated,
    from: client::Client,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    own_account::end_one(&call, &signed, SessionId(id), &from.told(&headers)).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl SessionOut {
    fn of(session: Session) -> Self {
        let Session { id, agent, address, created_at, seen_at, expires_at, .. } = session;
        Self { id: id.0, agent, address, created_at, seen_at, expires_at }
    }
}
