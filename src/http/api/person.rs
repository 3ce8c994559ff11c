//! People of the organisation, for its office.

use std::collections::BTreeSet;

use axum::{Json, extract::OriginalUri, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::page::{PageOut, page};
use crate::{
    domain::{Duty, PersonId, Standing},
    http::{
        Problem, Site,
        etag::{ETag, IfMatch},
        input::{self, Path, Query},
        own_address::own_address,
    },
    model::{Person, Receipt},
    usecase::{
        Call,
        admin::{self, Described, Handed, Invitation},
    },
};

/// All routes of people.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(people, invite)).routes(routes!(person, change_person)).routes(routes!(link))
}

/// Somebody by name.
#[derive(Serialize, ToSchema)]
pub(super) struct NameOut {
    /// The person's id.
    id: Uuid,
    /// As printed, with credentials.
    #[schema(example = "Ana Ruiz, MD")]
    name: String,
}

/// A person.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonOut {
    /// The person's id.
    id: Uuid,
    /// The address.
    email: String,
    /// As printed, without credentials.
    name: String,
    /// Behind the name; may be empty.
    #[schema(example = "MD, FAAFP")]
    credentials: String,
    /// Where the person works; may be empty.
    affiliation: String,
    /// How they stand to the house.
    standing: Standing,
    /// What the house trusts the person with.
    duties: BTreeSet<Duty>,
}

/// A person with the groups joined.
#[derive(Serialize, ToSchema)]
struct MemberOut {
    #[serde(flatten)]
    person: PersonOut,
    /// The groups' names in workflows.
    groups: BTreeSet<String>,
    /// Others of the same name, in whatever order: ask whether that is one person with two accounts.
    namesakes: Vec<NameOut>,
}

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.org", "name": "Ana Ruiz", "credentials": "MD", "groups": ["self-study-assessors"]}))]
struct InviteIn {
    /// The address.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// As printed, without credentials.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Behind the name.
    #[serde(default)]
    #[schema(max_length = 200)]
    credentials: String,
    /// Where the person works.
    #[serde(default)]
    #[schema(max_length = 200)]
    affiliation: String,
    /// What the house trusts the person with.
    #[serde(default)]
    duties: BTreeSet<Duty>,
    /// The groups to join.
    #[serde(default)]
    groups: BTreeSet<String>,
}

/// What is to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"standing": "suspended"}))]
struct ChangeIn {
    /// As printed, without credentials.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Behind the name.
    #[schema(max_length = 200)]
    credentials: Option<String>,
    /// Where the person works.
    #[schema(max_length = 200)]
    affiliation: Option<String>,
    /// What the house trusts the person with.
    duties: Option<BTreeSet<Duty>>,
    /// Whether they may sign in.
    standing: Option<StandingIn>,
}

/// How an administrator lets somebody stand.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum StandingIn {
    /// They may sign in.
    Active,
    /// They may not.
    Suspended,
}

/// Which people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeopleIn {
    /// Looked for in name and address.
    #[serde(default)]
    search: String,
    /// Where to read on: from the `Link` header of the page before.
    cursor: Option<String>,
}

/// List people
///
/// For the office; by name.
#[utoipa::path(get, path = "/people", tag = "Office", params(PeopleIn),
    responses((status = 200, description = "A page of people", body = PageOut<PersonOut>)))]
async fn people(call: Call, OriginalUri(uri): OriginalUri, Query(which): Query<PeopleIn>) -> Result<Response, Problem> {
    let found = admin::people(&call, &which.search, which.cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", found.rows.iter().map(PersonOut::of).collect(), found.next))
}

/// Invite somebody
///
/// For administrators. The letter with the one-time link is sent by the server; where mail is off, `POST /people/{id}/link`
/// answers a link to hand over.
#[utoipa::path(post, path = "/people", tag = "Office", request_body = InviteIn,
    responses((status = 201, description = "Who was invited", body = PersonOut)))]
async fn invite(call: Call, input::Json(body): input::Json<InviteIn>) -> Result<Receipt, Problem> {
    Ok(Receipt::Invited(admin::invite(&call, &body.read()).await?.person))
}

/// A one-time link for somebody.
#[derive(Serialize, ToSchema)]
struct LinkOut {
    /// Whether it goes out with a letter.
    sent: bool,
    /// The link, shown this once, where no letters are sent: hand it over.
    link: Option<String>,
}

/// Give somebody a link
///
/// For administrators: another one-time link for who was invited, or who forgot their password. It goes out by letter; where
/// mail is off, it is answered here, once, to be handed over.
#[utoipa::path(post, path = "/people/{id}/link", tag = "Office", params(("id" = Uuid, Path)),
    responses((status = 200, description = "How they get it", body = LinkOut)))]
async fn link(call: Call, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Json<LinkOut>, Problem> {
    let (_, handed) = admin::link(&call, PersonId(id)).await?;
    Ok(Json(match handed {
        Handed::Sent => LinkOut { sent: true, link: None },
        Handed::Shown(secret) => {
            let link = format!("{}/welcome/{}", own_address(&call.context.config, &headers), secret.text());
            LinkOut { sent: false, link: Some(link) }
        }
    }))
}

/// Read a person
#[utoipa::path(get, path = "/people/{id}", tag = "Office", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The person, with groups; `ETag` for a change", body = MemberOut, headers(("ETag" = String)))))]
async fn person(call: Call, Path(id): Path<Uuid>) -> Result<(ETag, Json<MemberOut>), Problem> {
    let (person, groups) = admin::person(&call, PersonId(id)).await?;
    let version = ETag(admin::person_version(&person));
    let namesakes = admin::namesakes(&call, &person).await?.iter().map(NameOut::of).collect();
    Ok((version, Json(MemberOut { person: PersonOut::of(&person), groups, namesakes })))
}

/// Change a person
///
/// For administrators. Suspending ends all sessions at once.
#[utoipa::path(patch, path = "/people/{id}", tag = "Office", request_body = ChangeIn,
    params(
        ("id" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read"),
    ),
    responses((status = 200, description = "The person; `ETag` is the new version", body = PersonOut, headers(("ETag" = String)))))]
async fn change_person(
    call: Call,
    Path(id): Path<Uuid>,
    seen: Option<IfMatch>,
    input::Json(body): input::Json<ChangeIn>,
) -> Result<(ETag, Json<PersonOut>), Problem> {
    let (before, _) = admin::person(&call, PersonId(id)).await?;
    // What is absent stays as it was read here, so a change in between must not be written over.
    let version = seen.and_then(|IfMatch(version)| version).unwrap_or_else(|| admin::person_version(&before));
    let described = body.over(before);
    let after = admin::edit(&call, PersonId(id), Some(version), &described).await?;
    Ok((ETag(admin::person_version(&after)), Json(PersonOut::of(&after))))
}

impl NameOut {
    pub(super) fn of(person: &Person) -> Self {
        let name = match person.credentials.as_str() {
            "" => person.name.clone(),
            credentials => format!("{}, {credentials}", person.name),
        };
        Self { id: person.id.0, name }
    }
}

impl PersonOut {
    /// A person.
    pub(super) fn of(person: &Person) -> Self {
        Self {
            id: person.id.0,
            email: person.email.to_string(),
            name: person.name.clone(),
            credentials: person.credentials.clone(),
            affiliation: person.affiliation.clone(),
            standing: person.standing,
            duties: person.duties.clone(),
        }
    }
}

impl From<StandingIn> for Standing {
    fn from(standing: StandingIn) -> Self {
        match standing {
            StandingIn::Active => Self::Active,
            StandingIn::Suspended => Self::Suspended,
        }
    }
}

impl InviteIn {
    fn read(self) -> Invitation {
        let Self { email, name, credentials, affiliation, duties, groups } = self;
        let described = Described { name, credentials, affiliation, duties, standing: Standing::Active };
        Invitation { email, described, groups }
    }
}

impl ChangeIn {
    /// What is said of a person, with what is to change laid over it.
    fn over(self, before: Person) -> Described {
        Described {
            name: self.name.unwrap_or(before.name),
            credentials: self.credentials.unwrap_or(before.credentials),
            affiliation: self.affiliation.unwrap_or(before.affiliation),
            duties: self.duties.unwrap_or(before.duties),
            standing: self.standing.map_or(before.standing, Standing::from),
        }
    }
}
