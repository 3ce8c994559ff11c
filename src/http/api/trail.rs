//! The audit trail, for auditors and administrators.

use axum::{extract::OriginalUri, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::page::{PageOut, page};
use crate::{
    domain::PersonId,
    http::{Problem, Site, input::Query},
    model::{LogKind, LogLine, TrailFilter},
    usecase::{Call, admin},
};

/// The route of the trail.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(trail))
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TrailIn {
    /// Only lines about this.
    #[param(inline)]
    kind: Option<LogKind>,
    /// Only what this person did.
    person: Option<Uuid>,
    /// Only from this instant on.
    from: Option<Timestamp>,
    /// Only before this instant.
    until: Option<Timestamp>,
    /// Where to read on: from the `Link` header of the page before.
    cursor: Option<String>,
}

/// A line of the trail.
#[derive(Serialize, ToSchema)]
struct LineOut {
    /// Its id.
    id: Uuid,
    /// When.
    at: Timestamp,
    /// What it is about.
    kind: LogKind,
    /// Who; nobody where the program or its command line did it.
    person: Option<Uuid>,
    /// What, as in `person-invited`.
    #[schema(example = "person-invited")]
    act: String,
    /// To what: an address, a name, a reference.
    subject: String,
    /// What else is worth knowing.
    #[schema(value_type = Object)]
    detail: Value,
}

/// Read the audit trail
///
/// For auditors and administrators, the last first. Lines that tell of a submission are for auditors alone.
#[utoipa::path(get, path = "/trail", tag = "Office", params(TrailIn),
    responses((status = 200, description = "A page of the trail", body = PageOut<LineOut>)))]
async fn trail(call: Call, OriginalUri(uri): OriginalUri, Query(asked): Query<TrailIn>) -> Result<Response, Problem> {
    let filter = TrailFilter { kind: asked.kind, by: asked.person.map(PersonId), from: asked.from, until: asked.until };
    let found = admin::trail(&call, &filter, asked.cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", found.lines.rows.into_iter().map(LineOut::of).collect(), found.lines.next))
}

impl LineOut {
    fn of(line: LogLine) -> Self {
        let LogLine { id, at, kind, actor, act, subject, detail, submission: _ } = line;
        Self { id, at, kind, person: actor.map(|person| person.0), act, subject, detail }
    }
}
