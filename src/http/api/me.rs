//! Whoever calls: who they are, what waits for them, their credit.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Json, extract::OriginalUri, response::Response};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    page::{PageIn, PageOut, page},
    person::PersonOut,
};
use crate::{
    credit::ledger::Entry,
    domain::LetterKind,
    http::{Problem, Site, etag::ETag, input::Query},
    model::TurnRow,
    usecase::{
        Call,
        account::Authenticated,
        admin::person_version,
        credit,
        definition::{self, Proposal, Proposed},
        own_account::letters,
        submission,
    },
};

/// All routes about oneself.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(turn))
        .routes(routes!(proposals))
        .routes(routes!(credits))
        .routes(routes!(totals))
}

/// Who asks.
#[derive(Serialize, ToSchema)]
struct MeOut {
    #[serde(flatten)]
    person: PersonOut,
    /// The groups' names in workflows.
    groups: BTreeSet<String>,
    /// Letters that you do not want.
    unwanted_letters: BTreeSet<LetterKind>,
}

/// Something that waits for the call.
#[derive(Serialize, ToSchema)]
struct WaitingOut {
    /// The submission's reference.
    #[schema(example = "SS-2026-0042", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// Its title.
    title: String,
    /// The workflow's id.
    workflow: String,
    /// The id of its state.
    state: String,
    /// In which role.
    role: String,
    /// In which review.
    track: Option<String>,
    /// Since when.
    since: Timestamp,
    /// By when.
    by: Option<Timestamp>,
    /// Since when the office is late with it: a first limit that has passed.
    late_since: Option<Timestamp>,
}

/// Something that another administrator proposed.
#[derive(Serialize, ToSchema)]
struct ProposalOut {
    /// The workflow's id.
    workflow: String,
    /// The hash of the version that was proposed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    version: Option<String>,
    /// The id of the plan of a migration that was proposed.
    migration: Option<Uuid>,
    /// Who proposed it.
    by: String,
    /// When.
    at: Timestamp,
}

/// A line of the ledger.
#[derive(Serialize, ToSchema)]
struct EntryOut {
    /// Its id.
    id: Uuid,
    /// The credit type.
    #[schema(example = "ama-pra-1")]
    credit: String,
    /// How much; negative in a line that takes another back.
    #[schema(example = "2.50")]
    #[schema(pattern = r"^-?[0-9]+\.[0-9]{2}$")]
    amount: String,
    /// The day it was earned.
    earned: Date,
    /// What it was awarded for.
    title: String,
    /// The line this one takes back.
    reverses: Option<Uuid>,
    /// When the line was written.
    recorded_at: Timestamp,
}

/// Who am I?
#[utoipa::path(get, path = "/me", tag = "Me", responses((status = 200, description = "You; `ETag` for a change", body = MeOut, headers(("ETag" = String)))))]
async fn me(call: Call, signed: Authenticated) -> Result<(ETag, Json<MeOut>), Problem> {
    let version = ETag(person_version(&signed.person));
    let unwanted_letters = letters::unwanted(&call).await?;
    let person = PersonOut::of(&signed.person);
    Ok((version, Json(MeOut { person, groups: signed.caller.groups, unwanted_letters })))
}

/// What waits for me?
///
/// The longest waiting first.
#[utoipa::path(get, path = "/me/turn", tag = "Me", params(PageIn),
    responses((status = 200, description = "A page of submissions that wait for you", body = PageOut<WaitingOut>)))]
async fn turn(call: Call, OriginalUri(uri): OriginalUri, Query(at): Query<PageIn>) -> Result<Response, Problem> {
    let found = submission::turn(&call, at.cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", found.rows.into_iter().map(WaitingOut::of).collect(), found.next))
}

/// What waits for me as a second administrator?
///
/// For administrators: versions and migrations that another one proposed; one's own where there is no other. The longest
/// waiting first.
#[utoipa::path(get, path = "/me/proposals", tag = "Me",
    responses((status = 200, description = "What was proposed", body = [ProposalOut])))]
async fn proposals(call: Call) -> Result<Json<Vec<ProposalOut>>, Problem> {
    let found = definition::proposals(&call).await?;
    Ok(Json(found.into_iter().map(ProposalOut::of).collect()))
}

/// My credit, line by line
///
/// Newest first. Nothing is ever changed: a correction is a line that takes another back.
#[utoipa::path(get, path = "/me/credits", tag = "Me", params(PageIn),
    responses((status = 200, description = "A page of your ledger", body = PageOut<EntryOut>)))]
async fn credits(call: Call, OriginalUri(uri): OriginalUri, Query(at): Query<PageIn>) -> Result<Response, Problem> {
    let ledger = credit::mine(&call, at.cursor.as_deref()).await?;
    Ok(page(&uri, "cursor", ledger.entries.rows.iter().map(EntryOut::of).collect(), ledger.entries.next))
}

/// My credit in sum
#[utoipa::path(get, path = "/me/credits/totals", tag = "Me",
    responses((status = 200, description = "What stands, by credit type", body = BTreeMap<String, String>,
        example = json!({"ama-pra-2": "6.50"}))))]
async fn totals(call: Call) -> Result<Json<BTreeMap<String, String>>, Problem> {
    let ledger = credit::mine(&call, None).await?;
    Ok(Json(ledger.totals.into_iter().map(|(credit, amount)| (credit, amount.to_string())).collect()))
}

impl ProposalOut {
    fn of(proposal: Proposal) -> Self {
        let Proposal { workflow, what, name, at, .. } = proposal;
        let (version, migration) = match what {
            Proposed::Version(hash) => (Some(hash), None),
            Proposed::Migration(plan) => (None, Some(plan)),
        };
        Self { workflow, version, migration, by: name, at }
    }
}

impl WaitingOut {
    fn of(row: TurnRow) -> Self {
        let TurnRow { submission, role, track, since, by, late_since, .. } = row;
        Self {
            reference: submission.reference,
            title: submission.title,
            workflow: submission.workflow,
            state: submission.state,
            role,
            track,
            since,
            by,
            late_since,
        }
    }
}

impl EntryOut {
    fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.0,
            credit: entry.credit.clone(),
            amount: entry.amount.to_string(),
            earned: entry.earned,
            title: entry.title.clone(),
            reverses: entry.reverses.map(|reversed| reversed.0),
            recorded_at: entry.recorded_at,
        }
    }
}
