//! What is answered to a change that was made: the same the first time and when the request is repeated.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{StatusCode, header},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    definition::{ActivationOut, PlanOut, ProposedOut},
    document::DocumentOut,
    person::PersonOut,
};
use crate::{
    http::Problem,
    model::Submission,
    usecase::idempotency::{Answer, Made},
};

/// A submission after a change; reading it tells the rest.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"reference": "SS-2026-0042", "workflow": "self-study", "state": "assessment", "closed": false, "version": 7}))]
pub(super) struct ReceiptOut {
    /// Its reference.
    reference: String,
    /// The workflow's id.
    workflow: String,
    /// The id of the state it is in now.
    state: String,
    /// Whether it is over.
    closed: bool,
    /// Its version, as in `ETag`.
    version: u64,
}

/// The answer to a change.
pub(super) fn answer(made: &Made<'_>) -> Result<Answer, serde_json::Error> {
    match made {
        Made::Begun(submission) => {
            let headers = [("location", at(submission)), etag(submission)];
            said(StatusCode::CREATED, headers, &ReceiptOut::of(submission))
        }
        Made::Step(submission) => said(StatusCode::OK, [etag(submission)], &ReceiptOut::of(submission)),
        Made::Document(submission, document) => {
            let location = format!("{}/files/{}", at(submission), document.id);
            said(StatusCode::CREATED, [("location", location), etag(submission)], &DocumentOut::of(document))
        }
        Made::Version(version) => {
            let location = format!("/api/v1/workflows/{}/versions/{}", version.workflow, version.hash);
            said(StatusCode::CREATED, [("location", location)], &ProposedOut::of(version))
        }
        Made::Activation(activation) => said(StatusCode::OK, [], &ActivationOut::of(activation, None)),
        Made::Migration(plan) => {
            let status = if plan.run.is_some() { StatusCode::OK } else { StatusCode::CREATED };
            let location = format!("/api/v1/workflows/{}/migrations/{}", plan.workflow, plan.id);
            said(status, [("location", location)], &PlanOut::of(plan))
        }
        Made::Person(person) => {
            let location = format!("/api/v1/people/{}", person.id);
            said(StatusCode::CREATED, [("location", location)], &PersonOut::of(person))
        }
    }
}

/// The response to a change.
pub(super) fn told(made: &Made<'_>) -> Result<Response, Problem> {
    response(answer(made).map_err(|error| Problem::internal(Some(error.into())))?)
}

/// An answer as a response.
pub(super) fn response(answer: Answer) -> Result<Response, Problem> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).map_err(|error| Problem::internal(Some(error.into())))
}

impl ReceiptOut {
    fn of(submission: &Submission) -> Self {
        Self {
            reference: submission.reference.clone(),
            workflow: submission.workflow.clone(),
            state: submission.item.state.clone(),
            closed: submission.item.closed,
            version: submission.version,
        }
    }
}

fn at(submission: &Submission) -> String {
    format!("/api/v1/submissions/{}", submission.reference)
}

fn etag(submission: &Submission) -> (&'static str, String) {
    ("etag", format!("\"{}\"", submission.version))
}

fn said<const N: usize>(
    status: StatusCode,
    headers: [(&'static str, String); N],
    body: &impl Serialize,
) -> Result<Answer, serde_json::Error> {
    let mut named: BTreeMap<String, String> =
        headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    named.insert(header::CONTENT_TYPE.as_str().to_owned(), "application/json".to_owned());
    Ok(Answer { status: status.as_u16(), headers: named, body: serde_json::to_vec(body)? })
}
