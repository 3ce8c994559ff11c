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
        Call, Target,
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
    /// What stands against them.
    conflicts: Vec<Conflict>,
    /// What the office lifted.
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
    /// What follows.
    decision: DecisionIn,
    /// Why; the history keeps it.
    #[schema(min_length = 1, max_length = 2_000)]
    reason: String,
}

/// What the office can decide. All but the first where it was asked.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum DecisionIn {
    /// It does not stand in the way.
    Lift,
    /// Somebody else takes the place.
    SeatAnother,
    /// The author is to take the name back.
    NameBack,
    /// It was looked at anew.
    Decided,
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
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn settle(
    call: Call,
    target: Target,
    input::Json(SettlementIn { person, decision, reason }): input::Json<SettlementIn>,
) -> Result<Receipt, Problem> {
    let settlement = Settlement { person: PersonId(person), what: decision.into(), reason };
    Ok(Receipt::stepped(&submission::settle(&call, &target, &settlement).await?.submission))
}

impl From<DecisionIn> for Settled {
    fn from(decision: DecisionIn) -> Self {
        match decision {
            DecisionIn::Lift => Self::Lifted,
            DecisionIn::SeatAnother => Self::Ruled(Ruling::SeatAnother),
            DecisionIn::NameBack => Self::Ruled(Ruling::NameBack),
            DecisionIn::Decided => Self::Ruled(Ruling::Decided),
        }
    }
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
