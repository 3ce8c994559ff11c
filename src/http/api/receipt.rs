//! What is answered to a change: the same the first time and when the request is repeated.

use axum::{
    Json,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    definition::{ActivationOut, PlanOut, ProposedOut},
    document::DocumentOut,
    person::PersonOut,
    progress::ReceiptOut,
};
use crate::{
    http::etag::ETag,
    model::{Progress, Receipt},
};

impl IntoResponse for Receipt {
    fn into_response(self) -> Response {
        match self {
            Self::Begun(progress) => {
                (StatusCode::CREATED, location(at(&progress)), ETag(progress.version), Json(ReceiptOut::of(progress)))
                    .into_response()
            }
            Self::Stepped(progress) => (ETag(progress.version), Json(ReceiptOut::of(progress))).into_response(),
            Self::Filed { progress, document } => {
                let place = format!("{}/files/{}", at(&progress), document.id);
                (StatusCode::CREATED, location(place), ETag(progress.version), Json(DocumentOut::of(&document)))
                    .into_response()
            }
            Self::Invited(person) => {
                let place = format!("/api/v1/people/{}", person.id);
                (StatusCode::CREATED, location(place), Json(PersonOut::of(&person))).into_response()
            }
            Self::Proposed { workflow, version, at } => {
                let place = format!("/api/v1/workflows/{workflow}/versions/{version}");
                (StatusCode::CREATED, location(place), Json(ProposedOut::of(workflow, version, at))).into_response()
            }
            Self::Activated(activation) => Json(ActivationOut::of(&activation, None)).into_response(),
            Self::Migration(plan) => {
                let place = format!("/api/v1/workflows/{}/migrations/{}", plan.workflow, plan.id);
                let status = if plan.run.is_some() { StatusCode::OK } else { StatusCode::CREATED };
                (status, location(place), Json(PlanOut::of(&plan))).into_response()
            }
            Self::Done => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

fn location(place: String) -> [(HeaderName, String); 1] {
    [(header::LOCATION, place)]
}

fn at(progress: &Progress) -> String {
    format!("/api/v1/submissions/{}", progress.reference)
}
