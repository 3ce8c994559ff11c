//! The web: reading a request, calling one use case, answering; nothing else.
//!
//! `page/` answers people with HTML, `api/` answers programs with JSON; both call the same use cases and
//! hand what these return to `present`.
//!
//! [`shell`] puts around a router what every answer needs: a request id, a log line, security headers, one way of
//! showing errors, and protection from other sites. [`serve`] runs it until it is told to stop.

pub mod answer;
pub mod api;
pub mod ask;
pub mod client;
pub mod concurrency_limit;
pub mod cookie;
pub mod csrf;
pub mod download;
pub mod etag;
pub mod headers;
pub mod health;
pub mod input;
pub mod metrics;
pub mod page;
pub mod problem;
pub mod request_id;
pub mod session;
pub mod static_file;
pub mod upload;

mod arrival;
mod class;
mod connection;
mod drain_body;
mod error;
mod impatient;
mod kept;
mod listen;
mod own_address;
mod patience;
mod refused;
mod serve;
mod unsent;

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

pub use answer::ErrorPage;
pub use concurrency_limit::Places;
pub use headers::Transport;
pub use listen::Listener;
pub use patience::Patience;
pub use problem::Problem;
pub use serve::{Server, Stopped, serve};

use crate::{config::Proxies, present::Views, usecase::Context};

/// How long a request may take that is no upload.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct Site {
    pub context: Context,
    pub views: Arc<Views>,
}

/// What the shell has to know.
#[derive(Clone)]
pub struct Shell {
    /// Whether browsers come over TLS.
    pub transport: Transport,
    /// Scheme, host and port of the public URL, where it is set.
    pub origin: Option<String>,
    /// How an error looks to people.
    pub error_page: ErrorPage,
    /// Whose word is taken for where a request comes from.
    pub proxies: Proxies,
}

/// All routes of people and programs, in bounds.
pub fn router(site: Site, places: &Places) -> Router {
    let context = site.context.clone();
    let all = page::router().merge(api::router(&site)).with_state(site);
    let asking = middleware::from_fn_with_state(context.clone(), impatient::ask_the_database);
    let all = places.bound(all.route_layer(asking));
    let all = all.route_layer(middleware::from_fn_with_state(context.clone(), unsent::keep));
    all.route_layer(middleware::from_fn_with_state(context, refused::write_down))
}

/// Puts the shell around the complete router; call it last.
pub fn shell(router: Router, shell: &Shell) -> Result<Router, csrf::OriginError> {
    Ok(router
        .layer(csrf::layer(shell.origin.as_deref())?)
        .layer(middleware::from_fn_with_state(shell.transport, csrf::require_origin))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(shell.error_page.clone(), answer::answer))
        .layer(middleware::from_fn_with_state(shell.transport, headers::secure))
        .layer(middleware::from_fn_with_state(shell.proxies.clone(), request_id::trace)))
}

/// Bounds the time of every route of `router`; uploads stay outside and bound the pace instead ([`upload::paced`]).
pub fn timely<S: Clone + Send + Sync + 'static>(router: Router<S>, patience: Duration) -> Router<S> {
    router.layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience))
}

/// What a panic said goes to the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a text");
    Problem::internal(Some(anyhow::anyhow!("a panic: {text}"))).into_response()
}
