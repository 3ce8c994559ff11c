//! Starting while something is away: the listener is open from the first moment, and says what is not ready yet.

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use axum::{Router, extract::State, response::IntoResponse as _, routing::get};
use tokio::time::sleep;

use super::{App, server::shell, systemd};
use crate::{
    clock::Clock,
    config::Config,
    http::{
        self, Listener, Patience, Problem, Server,
        health::{Check, Readiness, healthz},
        static_file,
    },
    present::Views,
    store,
    usecase::{self, Lack},
};

/// The first pause between two attempts; it doubles.
const SOON: Duration = Duration::from_secs(1);
/// The longest.
const LATEST: Duration = Duration::from_secs(10);

/// What an installation is opened with.
pub struct Start<'a> {
    /// Its settings.
    pub config: &'a Config,
    /// Its pages.
    pub views: &'a Arc<Views>,
    /// Where it is asked.
    pub listeners: &'a [Listener],
}

/// Opens an installation, as soon as its database lets it, however long that takes. Who comes during the first attempt,
/// which mostly succeeds at once, waits in the queue of the socket and is served; after it everything is answered 503 and
/// `readyz` says why. What only an operator can mend ends it at once. Nothing where `stop` comes first.
///
/// `waits` is called when it turns out that this will take a while.
pub async fn open(
    start: &Start<'_>,
    stop: impl Future<Output = Duration>,
    waits: impl Fn(),
) -> anyhow::Result<Option<App>> {
    let Start { config, views, listeners } = *start;
    let mut stop = pin!(stop);
    let first = tokio::select! {
        opened = App::open(config.clone(), Clock::system(), Arc::clone(views)) => opened,
        _ = &mut stop => return Ok(None),
    };
    let error = match first {
        Err(error) if passes(&error) => error,
        opened => return opened.map(Some),
    };
    let waiting = Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(not_yet))
        .with_state(Readiness::default())
        .route(static_file::ROUTE, get(static_file::serve_static))
        .fallback(|| async { Problem::lacking(Lack::Answer).into_response() });
    let router = http::shell(waiting, &shell(config, Arc::clone(views)))?;
    let server = Server::new(Readiness::default(), Patience::default());
    let opened = async {
        tokio::select! {
            opened = again_and_again(config, views, waits, error) => opened.map(Some),
            _ = stop => Ok(None),
        }
    };
    server.answer(listeners, &router, opened).await
}

async fn again_and_again(
    config: &Config,
    views: &Arc<Views>,
    waits: impl Fn(),
    mut error: anyhow::Error,
) -> anyhow::Result<App> {
    let mut pause = SOON;
    loop {
        tracing::warn!(cause = format!("{error:#}"), "The database cannot be used yet; it is tried again");
        waits();
        systemd::waiting();
        sleep(pause).await;
        pause = (pause * 2).min(LATEST);
        error = match App::open(config.clone(), Clock::system(), Arc::clone(views)).await {
            Err(error) if passes(&error) => error,
            opened => return opened,
        };
    }
}

/// Whether the same may well succeed later, without anybody changing the settings.
fn passes(error: &anyhow::Error) -> bool {
    let store = |error: &store::Error| {
        use store::Error::{Full, Held, ReadOnly, Unavailable};
        matches!(error, Unavailable(_) | Held(_) | Full(_) | ReadOnly(_))
    };
    error.chain().any(|cause| {
        cause.downcast_ref().is_some_and(store)
            || cause.downcast_ref().is_some_and(|error| matches!(error, usecase::Error::Unavailable(..)))
    })
}

async fn not_yet(State(readiness): State<Readiness>) -> axum::response::Response {
    readiness.answer(&[Check::fault("database", "it cannot be used yet; the log says why")])
}
