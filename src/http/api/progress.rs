//! Where a submission stands after a change.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Progress;

/// A submission after a change; reading it tells the rest.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"reference": "SS-2026-0042", "workflow": "self-study", "state": "assessment", "closed": false, "version": 7}))]
pub(super) struct ReceiptOut {
    /// Its reference.
    #[schema(pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
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

impl ReceiptOut {
    pub(super) fn of(progress: Progress) -> Self {
        let Progress { reference, version, workflow, state, closed } = progress;
        Self { reference, workflow, state, closed, version }
    }
}
