//! Numbers for the operator, on an address of their own.

use std::future::Future;

use axum::{Router, http::Method, routing::get};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;

use crate::numbers::{self, BUCKETS};

/// Starts recording; once a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new().set_buckets(&BUCKETS)?.install_recorder()?;
    numbers::describe();
    Collector::default().describe();
    Ok(handle)
}

/// `GET /metrics`, for the separate listener; `gather` brings up to date what nobody counts meanwhile.
pub fn router<F>(handle: PrometheusHandle, gather: impl Fn() -> F + Clone + Send + Sync + 'static) -> Router
where
    F: Future<Output = ()> + Send + 'static,
{
    let render = move || {
        let (handle, gathered) = (handle.clone(), gather());
        async move {
            gathered.await;
            Collector::default().collect();
            // Histograms are folded when somebody asks; nobody else would.
            handle.run_upkeep();
            ([(axum::http::header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
        }
    };
    Router::new().route("/metrics", get(render))
}

/// Anybody can invent a method, and each would be a series.
pub(super) fn method(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => {
            method.as_str()
        }
        _ => "other",
    }
}
