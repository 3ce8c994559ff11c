//! A version over the past.

use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        Problem, Site,
        input::{self, Path},
    },
    usecase::{
        Call,
        definition::{self, Otherwise, Replayed},
    },
};

/// The route of replay.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(replay))
}

/// Which version.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReplayIn {
    /// Its hash; the draft where it is left out.
    version: Option<String>,
}

/// What would have become of the past.
#[derive(Serialize, ToSchema)]
struct ReplayedOut {
    /// Finished submissions looked at, the last first.
    looked_at: u64,
    /// Those that would have gone another way.
    otherwise: u64,
    /// Whether all finished submissions were looked at; at most 10,000 are.
    complete: bool,
    /// The last 200 of them.
    submissions: Vec<OtherwiseOut>,
}

/// A submission that would have gone another way.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"reference": "SS-2026-0042", "sequence": 14, "at": "2026-11-22T09:30:00Z",
    "act": "verdict in assess", "then": "to more-info", "now": "to refused"}))]
struct OtherwiseOut {
    /// Its reference.
    #[schema(pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// The event of its history where it would first have gone another way.
    sequence: u64,
    /// When that was.
    at: Timestamp,
    /// What was done.
    act: String,
    /// What came of it.
    then: String,
    /// What would come of it under this version.
    now: String,
}

/// Try a version on past submissions
///
/// For the office: what people did is done again under this version, and compared. Changes nothing.
#[utoipa::path(get, path = "/workflows/{id}/replay", tag = "Workflows", params(("id" = String, Path), ReplayIn),
    responses((status = 200, description = "What would have gone another way", body = ReplayedOut)))]
async fn replay(
    call: Call,
    Path(id): Path<String>,
    input::Query(ReplayIn { version }): input::Query<ReplayIn>,
) -> Result<Json<ReplayedOut>, Problem> {
    let found = definition::replay(&call, &id, version.as_deref()).await?;
    let Replayed { looked_at, otherwise, named, complete } = found;
    Ok(Json(ReplayedOut {
        looked_at,
        otherwise,
        complete,
        submissions: named.into_iter().map(OtherwiseOut::of).collect(),
    }))
}

impl OtherwiseOut {
    fn of(found: Otherwise) -> Self {
        let Otherwise { reference, divergence, open: _ } = found;
        let (sequence, at) = (divergence.sequence, divergence.at);
        Self { reference, sequence, at, act: divergence.act, then: divergence.then, now: divergence.now }
    }
}
