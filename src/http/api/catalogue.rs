//! The public catalogue of accredited activities.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{OriginalUri, State},
    response::Response,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::page::{PageOut, page};
use crate::{
    domain::SubmissionId,
    http::{
        Problem, Site,
        input::{Path, Query},
    },
    model::Activity,
    usecase::credit,
};

/// All routes of the catalogue.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(catalogue)).routes(routes!(activity))
}

/// Which activities.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CatalogueIn {
    /// Looked for in title and provider.
    #[serde(default)]
    search: String,
    /// Where to read on: from the `Link` header of the page before.
    cursor: Option<String>,
}

/// An accredited activity.
#[derive(Serialize, ToSchema)]
struct ActivityOut {
    /// The reference under which it was accredited.
    #[schema(example = "CA-2026-0007", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: Option<String>,
    /// Its title.
    title: String,
    /// Who provides it.
    provider: String,
    /// The designation statement, as it must be printed.
    designation: String,
    /// The credit type.
    #[schema(example = "ama-pra-1")]
    credit: String,
    /// The most a participant can claim.
    #[schema(example = "12.00")]
    #[schema(pattern = r"^-?[0-9]+\.[0-9]{2}$")]
    maximum: String,
    /// First day it may be offered.
    from: Date,
    /// Last day it may be offered.
    until: Date,
    /// The day it takes place, where it has one.
    starts_on: Option<Date>,
    /// When the accreditation was taken back; from then on no credit is designated.
    ended_at: Option<Timestamp>,
}

/// List accredited activities
///
/// Those that may be offered today, the last listed first. Open to everybody.
#[utoipa::path(get, path = "/catalogue", tag = "Public", params(CatalogueIn), security(()),
    responses((status = 200, description = "A page of activities", body = PageOut<ActivityOut>)))]
async fn catalogue(
    State(site): State<Site>,
    OriginalUri(uri): OriginalUri,
    Query(which): Query<CatalogueIn>,
) -> Result<Response, Problem> {
    let found = credit::catalogue(&site.context, &which.search, which.cursor.as_deref()).await?;
    let items = found.activities.rows.iter().map(|activity| ActivityOut::among(activity, &found.references));
    Ok(page(&uri, "cursor", items.collect(), found.activities.next))
}

/// Read an accredited activity
///
/// Open to everybody.
#[utoipa::path(get, path = "/catalogue/{reference}", tag = "Public", security(()),
    params(("reference" = String, Path, description = "As in `CA-2026-0007`")),
    responses((status = 200, description = "The activity", body = ActivityOut)))]
async fn activity(State(site): State<Site>, Path(reference): Path<String>) -> Result<Json<ActivityOut>, Problem> {
    let listed = credit::activity(&site.context, &reference).await?;
    Ok(Json(ActivityOut::of(&listed.activity, Some(listed.submission.reference))))
}

impl ActivityOut {
    fn among(activity: &Activity, references: &BTreeMap<SubmissionId, String>) -> Self {
        Self::of(activity, references.get(&activity.submission).cloned())
    }

    fn of(activity: &Activity, reference: Option<String>) -> Self {
        Self {
            reference,
            title: activity.title.clone(),
            provider: activity.provider.clone(),
            designation: activity.designation.clone(),
            credit: activity.credit.clone(),
            maximum: activity.maximum.to_string(),
            from: activity.from,
            until: activity.until,
            starts_on: activity.starts_on,
            ended_at: activity.ended_at,
        }
    }
}
