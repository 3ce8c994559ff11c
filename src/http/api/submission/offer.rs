//! What the caller may do now, and why not the rest.

use axum::Json;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    http::{Problem, api::describe::RefusedOut, etag::ETag, input::Path},
    present::words,
    usecase::{Call, Reference, submission},
    workflow::{Act, Offer, Refusal},
};

/// Something to do with a submission.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"act": "transition", "name": "submit", "label": "Send for assessment", "method": "POST",
    "path": "/api/v1/submissions/SS-2026-0042/transitions/submit",
    "refusal": {"code": "fields", "detail": "2 answer(s) need attention.", "faults": []}}))]
pub(super) struct OfferOut {
    /// What kind of act.
    act: ActOut,
    /// The transition, the track or the number of the request.
    name: Option<String>,
    /// What a button would say.
    label: String,
    /// How to send it.
    method: MethodOut,
    /// Where to send it.
    path: String,
    /// Why not; none where it is possible now.
    refusal: Option<RefusalOut>,
}

/// A kind of act.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ActOut {
    /// A transition of the workflow.
    Transition,
    /// Taking a place in a review.
    Claim,
    /// Declaring no conflict of interest for a place.
    Declare,
    /// Giving a place back.
    Release,
    /// Giving a verdict.
    Verdict,
    /// Recording a conflict of interest.
    Recuse,
    /// Answering a change request.
    Resolution,
}

/// How an act is sent.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum MethodOut {
    /// As a new thing done.
    Post,
}

/// Why the workflow says no.
#[derive(Serialize, ToSchema)]
struct RefusalOut {
    /// What to do, as a person reads it.
    detail: String,
    /// Its code, and the values that failed it.
    #[serde(flatten)]
    #[schema(value_type = RefusedOut)]
    values: Value,
}

/// What can I do now?
///
/// Each act of the workflow with the address to send it to; one that is not possible now has the reason.
#[utoipa::path(get, path = "/submissions/{reference}/offers", tag = "Steps",
    params(("reference" = String, Path, description = "As in `SS-2026-0042`")),
    responses((status = 200, description = "What can be done, and why not the rest", body = [OfferOut], headers(("ETag" = String)))))]
pub(super) async fn offers(call: Call, Path(reference): Path<String>) -> Result<(ETag, Json<Vec<OfferOut>>), Problem> {
    let dossier = submission::read(&call, &Reference(reference)).await?;
    let submission = &dossier.case.submission;
    let offers = dossier.offers.iter().map(|offer| OfferOut::of(offer, &submission.reference)).collect();
    Ok((ETag(submission.version), Json(offers)))
}

impl OfferOut {
    fn of(offer: &Offer, reference: &str) -> Self {
        let (act, name, place) = match &offer.act {
            Act::Fire(name) => (ActOut::Transition, Some(name.clone()), format!("transitions/{name}")),
            Act::Claim(name) => seat(ActOut::Claim, "claim", name),
            Act::Declare(name) => seat(ActOut::Declare, "declare", name),
            Act::Release(name) => seat(ActOut::Release, "release", name),
            Act::Judge(name) => seat(ActOut::Verdict, "verdict", name),
            Act::Recuse => (ActOut::Recuse, None, "recuse".to_owned()),
            Act::Resolve(number) => {
                (ActOut::Resolution, Some(number.to_string()), format!("requests/{number}/resolution"))
            }
        };
        Self {
            act,
            name,
            label: offer.label.clone(),
            method: MethodOut::Post,
            path: format!("/api/v1/submissions/{reference}/{place}"),
            refusal: offer.refusal.as_ref().map(RefusalOut::of),
        }
    }
}

impl RefusalOut {
    fn of(refusal: &Refusal) -> Self {
        let values = serde_json::to_value(refusal).unwrap_or_else(|_| serde_json::json!({ "code": refusal.code() }));
        Self { detail: words::refusal(refusal), values }
    }
}

fn seat(act: ActOut, end: &str, track: &str) -> (ActOut, Option<String>, String) {
    (act, Some(track.to_owned()), format!("tracks/{track}/{end}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_offer_names_its_address_and_a_refused_one_its_reason_with_values() {
        let refusal = Some(Refusal::NoSeat { track: "assess".to_owned(), seats: 1 });
        let offer = Offer { act: Act::Claim("assess".to_owned()), label: "Take it".to_owned(), refusal };
        let out = serde_json::to_value(OfferOut::of(&offer, "SS-2026-0042")).expect("JSON");
        assert_eq!(
            out,
            json!({
                "act": "claim", "name": "assess", "label": "Take it", "method": "POST",
                "path": "/api/v1/submissions/SS-2026-0042/tracks/assess/claim",
                "refusal": {
                    "code": "no-seat", "track": "assess", "seats": 1,
                    "detail": "All 1 places in the review 'assess' are taken.",
                },
            })
        );
    }
}
