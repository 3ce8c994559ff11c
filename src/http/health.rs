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

use crate::numbers;

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

/// One thing that requests depend on, and what is wrong with it. Anybody may read it: it says nothing of what is kept
/// here, nor where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// What: `database`, `documents`, `workflows`, `places`.
    pub name: &'static str,
    /// Why no requests are wanted; none where they are.
    pub fault: Option<&'static str>,
    /// What is worth knowing though requests are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

impl Check {
    #[must_use]
    pub fn good(name: &'static str) -> Self {
        Self { name, fault: None, note: None }
    }

    /// Requests had better go elsewhere.
    #[must_use]
    pub fn fault(name: &'static str, fault: &'static str) -> Self {
        Self { fault: Some(fault), ..Self::good(name) }
    }

    /// Something does not work, and the rest does.
    #[must_use]
    pub fn note(name: &'static str, note: &'static str) -> Self {
        Self { note: Some(note), ..Self::good(name) }
    }
}

impl Readiness {
    /// No more requests are wanted.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// Whether the process is about to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// What `GET /readyz` answers: 200, or 503 where something is wrong or the process is about to stop.
    #[must_use]
    pub fn answer(&self, checks: &[Check]) -> Response {
        let stopping = self.is_stopping();
        let ready = !stopping && checks.iter().all(|check| check.fault.is_none());
        numbers::ready(ready);
        let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        let body = serde_json::json!({"ready": ready, "stopping": stopping, "checks": checks});
        (status, Json(body)).into_response()
    }
}
