//! Whether the process lives, and whether it wants requests.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// `GET /healthz`: the process answers. Says nothing about what it depends on, so that a database that is away does not
/// get every replica restarted.
pub fn healthz() -> std::future::Ready<&'static str> {
    std::future::ready("ok\n")
}

/// Whether this process wants requests; clones agree.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    stopping: Arc<AtomicBool>,
}

/// One thing that requests depend on, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// What: `database`, `documents`, `workflows`.
    pub name: &'static str,
    /// What is wrong; none where it works.
    pub fault: Option<String>,
    /// What is worth knowing though nothing is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Check {
    /// A check without a note.
    #[must_use]
    pub fn new(name: &'static str, fault: Option<String>) -> Self {
        Self { name, fault, note: None }
    }
}

impl Readiness {
    /// No more requests are wanted.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// What `GET /readyz` answers: 200, or 503 where something is wrong or the process is about to stop.
    #[must_use]
    pub fn answer(&self, checks: &[Check]) -> Response {
        let stopping = self.stopping.load(Ordering::Acquire);
        let ready = !stopping && checks.iter().all(|check| check.fault.is_none());
        let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        let body = serde_json::json!({"ready": ready, "stopping": stopping, "checks": checks});
        (status, Json(body)).into_response()
    }
}
