//! Numbers for the operator, on an address of their own.

use std::time::Duration;

use axum::{Router, http::Method, routing::get};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

/// Seconds; from a page out of memory to the time-out.
const BUCKETS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Starts recording; once a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets(&BUCKETS)?.install_recorder()
}

/// `GET /metrics`, for the separate listener.
pub fn router(handle: PrometheusHandle) -> Router {
    let render = move || {
        // Histograms are folded when somebody asks; nobody else would.
        handle.run_upkeep();
        let text = handle.render();
        async move { ([(axum::http::header::CONTENT_TYPE, "text/plain; version=0.0.4")], text) }
    };
    Router::new().route("/metrics", get(render))
}

/// Counts one answer; `route` is the pattern, so that the number of series stays small.
pub(super) fn answered(method: &Method, route: &str, status: u16, taken: Duration) {
    let labels =
        [("method", method_label(method).to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
    metrics::histogram!("http_request_seconds", &labels).record(taken.as_secs_f64());
}

/// Anybody can invent a method, and each would be a series.
fn method_label(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => {
            method.as_str()
        }
        _ => "other",
    }
}
