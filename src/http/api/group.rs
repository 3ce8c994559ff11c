//! Groups, whose members fill the roles of workflows.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::person::NameOut;
use crate::{
    domain::PersonId,
    http::{
        Problem, Site,
        input::{self, Path},
    },
    usecase::{
        Call,
        admin::{self, Membership, WhileAway},
    },
};

/// All routes of groups.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(groups))
        .routes(routes!(rename_group, remove_group))
        .routes(routes!(join, leave))
        .routes(routes!(have_places_wait, have_places_pass_on))
}

/// A group.
#[derive(Serialize, ToSchema)]
struct GroupOut {
    /// Its name in workflows.
    #[schema(example = "self-study-assessors")]
    slug: String,
    /// As people read it.
    title: String,
    /// Its members, by name.
    members: Vec<NameOut>,
    /// The most members that a workflow needs; with fewer, submissions wait.
    needed: u32,
    /// Whether places of members who are away wait for them; otherwise they pass on.
    places_wait: bool,
}

/// List groups
///
/// For the office, with their members.
#[utoipa::path(get, path = "/groups", tag = "Office",
    responses((status = 200, description = "All groups", body = [GroupOut])))]
async fn groups(call: Call) -> Result<Json<Vec<GroupOut>>, Problem> {
    let groups = admin::groups(&call).await?;
    Ok(Json(groups.into_iter().map(GroupOut::of).collect()))
}

/// What to call a group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Assessors of self-study"}))]
struct GroupIn {
    /// As people read it, in at most 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    title: String,
}

/// Rename a group
///
/// For administrators. Its id, by which workflows name it, stays.
#[utoipa::path(patch, path = "/groups/{slug}", tag = "Office", params(("slug" = String, Path)), request_body = GroupIn,
    responses((status = 204, description = "It is called so")))]
async fn rename_group(
    call: Call,
    Path(slug): Path<String>,
    input::Json(body): input::Json<GroupIn>,
) -> Result<StatusCode, Problem> {
    admin::rename(&call, &slug, &body.title).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a group
///
/// For administrators. Refused (409) while a workflow needs it, active or followed by something open.
#[utoipa::path(delete, path = "/groups/{slug}", tag = "Office", params(("slug" = String, Path)),
    responses((status = 204, description = "There is no such group any more")))]
async fn remove_group(call: Call, Path(slug): Path<String>) -> Result<StatusCode, Problem> {
    admin::remove(&call, &slug).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make somebody a member
///
/// For administrators. Nothing changes where the person is one already.
#[utoipa::path(put, path = "/groups/{slug}/members/{id}", tag = "Office",
    params(("slug" = String, Path), ("id" = Uuid, Path)),
    responses((status = 204, description = "The person is a member")))]
async fn join(call: Call, Path((slug, id)): Path<(String, Uuid)>) -> Result<StatusCode, Problem> {
    admin::join(&call, &slug, PersonId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a membership
///
/// For administrators. Work already taken stays until it is given back.
#[utoipa::path(delete, path = "/groups/{slug}/members/{id}", tag = "Office",
    params(("slug" = String, Path), ("id" = Uuid, Path)),
    responses((status = 204, description = "The person is no member")))]
async fn leave(call: Call, Path((slug, id)): Path<(String, Uuid)>) -> Result<StatusCode, Problem> {
    admin::leave(&call, &slug, PersonId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Have places wait
///
/// For administrators. Places of members who are away wait for them.
#[utoipa::path(put, path = "/groups/{slug}/places-wait", tag = "Office", params(("slug" = String, Path)),
    responses((status = 204, description = "Places wait")))]
async fn have_places_wait(call: Call, Path(slug): Path<String>) -> Result<StatusCode, Problem> {
    admin::set_while_away(&call, &slug, WhileAway::Wait).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Have places pass on
///
/// For administrators. Places of members who are away are free for others at once.
#[utoipa::path(delete, path = "/groups/{slug}/places-wait", tag = "Office", params(("slug" = String, Path)),
    responses((status = 204, description = "Places pass on")))]
async fn have_places_pass_on(call: Call, Path(slug): Path<String>) -> Result<StatusCode, Problem> {
    admin::set_while_away(&call, &slug, WhileAway::PassOn).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl GroupOut {
    fn of(membership: Membership) -> Self {
        let Membership { group, members, needed, while_away, .. } = membership;
        Self {
            slug: group.slug,
            title: group.title,
            members: members.iter().map(NameOut::of).collect(),
            needed,
            places_wait: while_away == WhileAway::Wait,
        }
    }
}
