//! Conflicts of interest, and what the office decides about them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{person::NameOut, progress::ReceiptOut};
use crate::{
    domain::{Conflict, PersonId},
    http::{Problem, Site, input},
    model::Receipt,
    usecase::{
        Call, Error, Target,
        submission::{self, Conflicted, Settled, Settlement},
    },
    workflow::Ruling,
};

/// All routes of these.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(conflicts)).routes(routes!(settle))
}

/// Somebody who has a conflict of interest, or had one.
#[derive(Serialize, ToSchema)]
struct ConflictOut {
    /// Who.
    person: NameOut,
    /// What stands against them: `named`, `colleague`, `recused`.
    #[schema(value_type = Vec<String>)]
    conflicts: Vec<Conflict>,
    /// What the office lifted.
    #[schema(value_type = Vec<String>)]
    lifted: Vec<Conflict>,
    /// Whether the office has to decide something about it.
    asked: bool,
}

/// What the office decides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"person": "0198c0de-0000-7000-8000-000000000001", "decision": "lift", "reason": "Another Ana Ruiz."}))]
struct SettlementIn {
    /// Whose conflict of interest.
    person: Uuid,
    /// `lift`: it does not stand in the way. Where the office was asked: `seat-another`, `name-back`, `decided`.
    decision: String,
    /// Why; the history keeps it.
    reason: String,
}

/// List conflicts of interest
///
/// For coordinators: everybody who could decide about the submission and must not, and why.
#[utoipa::path(get, path = "/submissions/{reference}/conflicts", tag = "Steps",
    params(("reference" = String, Path)),
    responses((status = 200, description = "Everybody with one", body = [ConflictOut])))]
async fn conflicts(call: Call, Target { reference, .. }: Target) -> Result<axum::Json<Vec<ConflictOut>>, Problem> {
    let found = submission::conflicts(&call, &reference).await?;
    Ok(axum::Json(found.into_iter().map(ConflictOut::of).collect()))
}

/// Decide about a conflict of interest
///
/// For coordinators: lift it, or say what follows from it where the office was asked. The reason stays in the history.
#[utoipa::path(post, path = "/submissions/{reference}/conflicts", tag = "Steps", request_body = SettlementIn,
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut)))]
async fn settle(
    call: Call,
    target: Target,
    input::Json(SettlementIn { person, decision, reason }): input::Json<SettlementIn>,
) -> Result<Receipt, Problem> {
    let what = match decision.as_str() {
        "lift" => Some(Settled::Lifted),
        ruling => ruling.parse::<Ruling>().ok().map(Settled::Ruled),
    };
    let message = "say `lift`, `seat-another`, `name-back` or `decided`";
    let what = what.ok_or_else(|| Error::field("decision", "unknown", message))?;
    let settlement = Settlement { person: PersonId(person), what, reason };
    Ok(Receipt::stepped(&submission::settle(&call, &target, &settlement).await?.submission))
}

impl ConflictOut {
    fn of(found: Conflicted) -> Self {
        let Conflicted { person, conflicts, lifted, asked } = found;
        Self {
            person: NameOut::of(&person),
            conflicts: conflicts.into_iter().collect(),
            lifted: lifted.into_iter().collect(),
            asked,
        }
    }
}
