//! Steps: whatever `offers` names, one route an act.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::request::{AskedIn, ResolutionIn};
use crate::{
    domain::PersonId,
    http::{
        Problem, Site,
        api::{person::NameOut, progress::ReceiptOut},
        input::{Json, Path},
    },
    model::Receipt,
    usecase::{
        Call, Target,
        submission::{self, Candidate, Changes, Step, StepKind},
    },
    workflow::{Command, definition::Verdict},
};

/// The routes of all steps.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(fire))
        .routes(routes!(claim))
        .routes(routes!(declare))
        .routes(routes!(release))
        .routes(routes!(assign))
        .routes(routes!(verdict))
        .routes(routes!(candidates))
        .routes(routes!(recuse))
        .routes(routes!(resolve))
        .routes(routes!(remind))
}

/// What the headers of a step may say.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header; Target reads it")]
struct Seen {
    /// The `ETag` of what was read. Without it the step counts for whatever is current.
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}

/// The part of an address that names a transition.
#[derive(Deserialize)]
struct Transition {
    name: String,
}

/// The part of an address that names a review.
#[derive(Deserialize)]
struct Review {
    track: String,
}

/// The part of an address that names a change request.
#[derive(Deserialize)]
struct Request {
    number: u32,
}

/// A transition with what it asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Complete and plausible.", "answers": {"credits": "12.00"}}))]
struct FireIn {
    /// The reason; kept for ever.
    #[schema(max_length = 10_000)]
    note: Option<String>,
    /// Answers to what the transition asks.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: Changes,
    /// Changes asked of the author.
    #[serde(default)]
    #[schema(max_items = 100)]
    requests: Vec<AskedIn>,
}

/// A judgement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"verdict": "revise", "rubric": {"hours_plausible": "partly", "professional": true},
    "requests": [{"question": "reflection", "text": "Say what you will do differently."}]}))]
struct VerdictIn {
    /// The verdict; a review may take only some.
    verdict: Verdict,
    /// Answers to the rubric.
    #[serde(default)]
    #[schema(value_type = Object)]
    rubric: Changes,
    /// For the author and the office.
    #[schema(max_length = 10_000)]
    note: Option<String>,
    /// Changes asked of the author; at least one with `revise`.
    #[serde(default)]
    #[schema(max_items = 100)]
    requests: Vec<AskedIn>,
}

/// Giving a seat back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "On leave until January"}))]
struct ReleaseIn {
    /// Whose seat; one's own where it is absent.
    person: Option<Uuid>,
    /// Why.
    #[schema(max_length = 10_000)]
    reason: Option<String>,
}

/// Giving somebody a seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignIn {
    /// To whom; `GET …/candidates/{track}` lists who can.
    person: Uuid,
}

/// A conflict of interest.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "We published together this year."}))]
struct RecuseIn {
    /// Whose; one's own where it is absent.
    person: Option<Uuid>,
    /// What it is.
    #[schema(max_length = 10_000)]
    reason: String,
}

/// Take a transition
///
/// As `submit`; `GET …/offers` names those that are open to you. A refusal says which rule and why (422).
#[utoipa::path(post, path = "/submissions/{reference}/transitions/{name}", tag = "Steps", request_body = FireIn,
    params(("reference" = String, Path), ("name" = String, Path, description = "The transition's id"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn fire(
    call: Call,
    target: Target,
    Path(Transition { name }): Path<Transition>,
    Json(FireIn { note, answers, requests }): Json<FireIn>,
) -> Result<Receipt, Problem> {
    let requests = AskedIn::read_all(requests)?;
    take(&call, &target, Step { kind: StepKind::Fire(name), note, answers, requests }).await
}

/// Give a verdict
///
/// With the answers to the track's rubric. A verdict stays; it is voided only by a conflict of interest.
#[utoipa::path(post, path = "/submissions/{reference}/tracks/{track}/verdict", tag = "Steps", request_body = VerdictIn,
    params(("reference" = String, Path), ("track" = String, Path, description = "The review"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn verdict(
    call: Call,
    target: Target,
    Path(Review { track }): Path<Review>,
    Json(VerdictIn { verdict, rubric, note, requests }): Json<VerdictIn>,
) -> Result<Receipt, Problem> {
    let requests = AskedIn::read_all(requests)?;
    take(&call, &target, Step { kind: StepKind::Judge(track, verdict), note, answers: rubric, requests }).await
}

/// Take a place in a review
///
/// By taking it you declare that you have no conflict of interest.
#[utoipa::path(post, path = "/submissions/{reference}/tracks/{track}/claim", tag = "Steps",
    params(("reference" = String, Path), ("track" = String, Path, description = "The review"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn claim(call: Call, target: Target, Path(Review { track }): Path<Review>) -> Result<Receipt, Problem> {
    act(&call, &target, &Command::Claim { track }).await
}

/// Declare no conflict of interest
///
/// For a place you were assigned to; answers and files open only then.
#[utoipa::path(post, path = "/submissions/{reference}/tracks/{track}/declare", tag = "Steps",
    params(("reference" = String, Path), ("track" = String, Path, description = "The review"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn declare(call: Call, target: Target, Path(Review { track }): Path<Review>) -> Result<Receipt, Problem> {
    act(&call, &target, &Command::Declare { track }).await
}

/// Give a place back
///
/// Your own; a coordinator may give back another's.
#[utoipa::path(post, path = "/submissions/{reference}/tracks/{track}/release", tag = "Steps", request_body = ReleaseIn,
    params(("reference" = String, Path), ("track" = String, Path, description = "The review"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn release(
    call: Call,
    target: Target,
    Path(Review { track }): Path<Review>,
    Json(ReleaseIn { person, reason }): Json<ReleaseIn>,
) -> Result<Receipt, Problem> {
    let person = person.map_or(call.caller.person, PersonId);
    act(&call, &target, &Command::Release { track, person, reason }).await
}

/// Assign a reviewer
///
/// For coordinators. Who has a conflict of interest cannot be assigned.
#[utoipa::path(post, path = "/submissions/{reference}/tracks/{track}/assign", tag = "Steps", request_body = AssignIn,
    params(("reference" = String, Path), ("track" = String, Path, description = "The review"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn assign(
    call: Call,
    target: Target,
    Path(Review { track }): Path<Review>,
    Json(AssignIn { person }): Json<AssignIn>,
) -> Result<Receipt, Problem> {
    act(&call, &target, &Command::Assign { track, person: PersonId(person) }).await
}

/// Record a conflict of interest
///
/// One's own, or as a coordinator another's. Access ends at once, places are given back, verdicts no longer count.
#[utoipa::path(post, path = "/submissions/{reference}/recuse", tag = "Steps", request_body = RecuseIn,
    params(("reference" = String, Path), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn recuse(
    call: Call,
    target: Target,
    Json(RecuseIn { person, reason }): Json<RecuseIn>,
) -> Result<Receipt, Problem> {
    let person = person.map_or(call.caller.person, PersonId);
    act(&call, &target, &Command::Recuse { person, reason }).await
}

/// Answer a change request
///
/// For the author: done, or declined with the reason.
#[utoipa::path(post, path = "/submissions/{reference}/requests/{number}/resolution", tag = "Steps",
    request_body = ResolutionIn,
    params(("reference" = String, Path), ("number" = u32, Path, description = "The request's number"), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn resolve(
    call: Call,
    target: Target,
    Path(Request { number: request }): Path<Request>,
    Json(resolution): Json<ResolutionIn>,
) -> Result<Receipt, Problem> {
    act(&call, &target, &Command::Resolve { request, resolution: resolution.into() }).await
}

/// Send a reminder
///
/// For coordinators: to those whose turn it is.
#[utoipa::path(post, path = "/submissions/{reference}/remind", tag = "Steps",
    params(("reference" = String, Path), Seen),
    responses((status = 200, description = "Where it stands now", body = ReceiptOut, headers(("ETag" = String)))))]
async fn remind(call: Call, target: Target) -> Result<Receipt, Problem> {
    act(&call, &target, &Command::Remind).await
}

/// Somebody who could be given a seat.
#[derive(serde::Serialize, ToSchema)]
struct CandidateOut {
    /// Who.
    person: NameOut,
    /// Places this person holds without a verdict yet, over all submissions.
    open_seats: u64,
    /// Why this person cannot be assigned; none for who can.
    obstacle: Option<String>,
    /// Whoever is named in the submission with a name like theirs: ask whether that is the same person.
    namesakes: Vec<String>,
}

/// List who could review
///
/// For coordinators: the members of the group, the least loaded first.
#[utoipa::path(get, path = "/submissions/{reference}/candidates/{track}", tag = "Steps",
    params(("reference" = String, Path), ("track" = String, Path, description = "The review")),
    responses((status = 200, description = "Everybody of the group", body = [CandidateOut])))]
async fn candidates(
    call: Call,
    Target { reference, .. }: Target,
    Path(Review { track }): Path<Review>,
) -> Result<axum::Json<Vec<CandidateOut>>, Problem> {
    let (_, found) = submission::candidates(&call, &reference, &track, None).await?;
    Ok(axum::Json(found.into_iter().map(CandidateOut::of).collect()))
}

impl CandidateOut {
    fn of(candidate: Candidate) -> Self {
        let Candidate { person, open_seats, obstacle, namesakes } = candidate;
        Self { person: NameOut::of(&person), open_seats, obstacle, namesakes }
    }
}

async fn take(call: &Call, target: &Target, step: Step) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&submission::step(call, target, |_| Ok(step)).await?.submission))
}

async fn act(call: &Call, target: &Target, command: &Command) -> Result<Receipt, Problem> {
    Ok(Receipt::stepped(&submission::act(call, target, command).await?.submission))
}
