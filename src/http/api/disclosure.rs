//! Disclosures of those who are named: asked for, and read.

use axum::{Json, http::HeaderMap};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    access::Act,
    domain::{DisclosureState, Nature, Relationship},
    http::{Problem, Site, input, own_address::own_address},
    model::LinkWay,
    usecase::{
        Call, Error, Openness, Target,
        submission::{self, AskedFor, Dossier, Whom},
    },
};

/// All routes of these.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(disclosures)).routes(routes!(ask_disclosures))
}

/// Somebody who is named, and how it stands with their disclosure.
#[derive(Serialize, ToSchema)]
struct DisclosureOut {
    /// As they are named.
    name: String,
    /// Their address; a stand-in where the author is hidden.
    email: String,
    /// The part they play.
    part: String,
    /// `not-asked`, `asked`, `given`, or `stale`: given more than 24 months ago. Absent where it would tell who a hidden author is.
    state: Option<DisclosureState>,
    /// When they were asked last.
    asked_at: Option<Timestamp>,
    /// When they gave the last one.
    given_at: Option<Timestamp>,
    /// What they signed, where the reader may know it.
    given: Option<GivenOut>,
    /// What the form says of it, if anything; empty for none. Written by the author, not by the person, unless `own`.
    written_by_author: Option<String>,
    /// Whether this is the author.
    own: bool,
}

/// What somebody signed.
#[derive(Serialize, ToSchema)]
struct GivenOut {
    /// Each financial relationship; empty where there is none.
    relationships: Vec<RelationshipOut>,
    /// What was signed.
    statement: String,
    /// The name under it.
    signature: String,
    /// How the link came to them: `letter`, or `handed-on` by whoever asked.
    way: LinkWay,
}

/// A financial relationship.
#[derive(Serialize, ToSchema)]
struct RelationshipOut {
    /// With which company.
    company: String,
    /// `employee`, `owner`, `shares`, `royalties`, `grant`, `speaker` or `other`.
    nature: Nature,
    /// Since when, a year or a month.
    #[schema(example = "2025-03")]
    from: String,
    /// Until when; absent where it goes on.
    until: Option<String>,
}

/// Who is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.org"}))]
struct AskIn {
    /// The address of somebody who is named; without it everybody is asked who was not, or whose disclosure is out of date.
    email: Option<String>,
}

/// Somebody who was asked.
#[derive(Serialize, ToSchema)]
struct AskedOut {
    /// As they are named.
    name: String,
    /// Their address.
    email: String,
    /// The link, shown this once, where no letters are sent: hand it on.
    link: Option<String>,
}

/// List disclosures
///
/// For everybody who may read the answers: each person of whom the form asks a disclosure, and what they gave, as far as the
/// reader may know.
#[utoipa::path(get, path = "/submissions/{reference}/disclosures", tag = "Submissions",
    params(("reference" = String, Path)),
    responses((status = 200, description = "Everybody of whom one is asked", body = [DisclosureOut])))]
async fn disclosures(call: Call, Target { reference, .. }: Target) -> Result<Json<Vec<DisclosureOut>>, Problem> {
    let dossier = submission::read(&call, &reference).await?;
    if !dossier.acts.contains(&Act::Read) {
        return Err(Error::Forbidden("who may read the answers reads the disclosures".to_owned()).into());
    }
    Ok(Json(DisclosureOut::all(&dossier)))
}

/// Ask for disclosures
///
/// For the author, who writes along, and coordinators. Each gets a link and needs no account; asking again takes the place of
/// the link before.
#[utoipa::path(post, path = "/submissions/{reference}/disclosures", tag = "Submissions", request_body = AskIn,
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "Who was asked", body = [AskedOut])))]
async fn ask_disclosures(
    call: Call,
    target: Target,
    headers: HeaderMap,
    input::Json(AskIn { email }): input::Json<AskIn>,
) -> Result<Json<Vec<AskedOut>>, Problem> {
    let whom = email.map_or(Whom::Everybody, Whom::One);
    let asked = submission::ask_disclosures(&call, &target, &whom).await?;
    let site = own_address(&call.context.config, &headers);
    Ok(Json(asked.into_iter().map(|one| AskedOut::of(one, &site)).collect()))
}

impl AskedOut {
    fn of(AskedFor { name, email, link }: AskedFor, site: &str) -> Self {
        let link = link.map(|secret| format!("{site}/disclose/{}", secret.text()));
        Self { name, email: email.to_string(), link }
    }
}

impl DisclosureOut {
    fn all(dossier: &Dossier) -> Vec<Self> {
        let named = dossier.case.definition.disclosing(&dossier.case.submission.answers);
        let of = |named: &crate::domain::Named| {
            let known = dossier.case.disclosures.get(&named.email);
            let given = known.and_then(|known| known.given.as_ref());
            let open = known.is_some_and(|known| known.open == Openness::Whole);
            Self {
                name: named.name.clone(),
                email: named.email.to_string(),
                part: named.part.clone(),
                state: known.map(|known| known.state),
                asked_at: known.and_then(|known| known.asked.as_ref()).map(|asked| asked.asked_at),
                given_at: given.map(|given| given.given_at),
                given: given.filter(|_| open).map(|given| GivenOut {
                    relationships: given.relationships.iter().map(RelationshipOut::of).collect(),
                    statement: given.statement.clone(),
                    signature: given.signature.clone(),
                    way: given.way,
                }),
                written_by_author: named.disclosure.clone(),
                own: dossier.is_author(named),
            }
        };
        named.into_iter().map(of).collect()
    }
}

impl RelationshipOut {
    fn of(one: &Relationship) -> Self {
        Self {
            company: one.company.clone(),
            nature: one.nature,
            from: one.from.to_string(),
            until: one.until.map(|until| until.to_string()),
        }
    }
}
