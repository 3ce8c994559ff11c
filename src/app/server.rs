//! Serving an opened installation: pages, API, health, the worker beside them, and an end in good time.

use std::{future::Future, sync::Arc, time::Duration};

use axum::{Router, extract::State, response::Response, routing::get};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::{App, numbers::Gathering, ready::Probe, systemd};
use crate::{
    config::{Config, PublicUrl},
    http::{
        self, ErrorPage, Listener, Patience, Places, Server, Shell, Site, Stopped, Transport,
        health::{Readiness, healthz},
        metrics, static_file,
    },
    jobs,
    present::Views,
};

/// Files and connections that are no client's: database, documents, letters, log.
const OWN_FILES: u64 = 192;

/// The part of a stop that is left for the worker and the database, at most.
const LAST: Duration = Duration::from_secs(1);

/// The shell around everything that is served.
pub(super) fn shell(config: &Config, views: Arc<Views>) -> Shell {
    let url = config.public_url.as_ref();
    Shell {
        transport: if url.is_some_and(PublicUrl::is_https) { Transport::Tls } else { Transport::Plain },
        origin: url.map(PublicUrl::origin),
        error_page: ErrorPage::new(move |problem| http::page::failed(&views, problem)),
        proxies: config.trusted_proxies.clone(),
    }
}

impl App {
    /// Everything that is served at the public address, with the shell around it.
    pub fn router(&self, readiness: Readiness) -> anyhow::Result<Router> {
        let (probe, places) = self.probe();
        self.routes(probe, &places, readiness)
    }

    fn probe(&self) -> (Probe, Places) {
        let places = Places::new(self.context.config.requests, self.context.config.uploads);
        (Probe::new(self.clone(), places.clone()), places)
    }

    fn routes(&self, probe: Probe, places: &Places, readiness: Readiness) -> anyhow::Result<Router> {
        let site = Site { context: self.context.clone(), views: self.views.clone() };
        let health = Router::new()
            .route("/healthz", get(healthz))
            .route("/readyz", get(readyz))
            .with_state((probe, readiness))
            .route(static_file::ROUTE, get(static_file::serve_static));
        let shell = shell(&self.context.config, self.views.clone());
        Ok(http::shell(http::router(site, places).merge(health), &shell)?)
    }

    /// Serves on listeners until `stop`, which tells for how long to drain; the worker stops with it.
    ///
    /// All of the stop is over at `shutdown_deadline`, whatever a client, a mail server, a bucket or the database does.
    pub async fn serve(
        &self,
        listeners: Vec<Listener>,
        stop: impl Future<Output = Duration> + Send,
    ) -> anyhow::Result<()> {
        let config = &self.context.config;
        let (readiness, (probe, places)) = (Readiness::default(), self.probe());
        let router = self.routes(probe.clone(), &places, readiness.clone())?;
        let stopped = CancellationToken::new();
        if let Some(place) = &config.metrics_listen {
            let gathering = Gathering { app: self.clone(), places, probe, readiness: readiness.clone() };
            serve_numbers(Listener::bind(place).await?, gathering, &stopped)?;
        }
        let mut worker = tokio::spawn(self.worker(&self.here(&listeners)?).run(stopped.clone()));
        let mut prover = tokio::spawn(jobs::prove(self.context.clone(), stopped.clone()));
        let all = config.shutdown_deadline.unsigned_abs();
        let connections = config.connections.min(raise_limit_of_files());
        let patience = Patience { stop: all.saturating_sub(LAST.min(all / 5)), connections, ..Patience::default() };
        let server = Server::new(readiness, patience);
        systemd::ready();
        let (drain, failed) = tokio::select! {
            drain = server.answer(&listeners, &router, stop) => (drain, None),
            unfit = self.catch_up() => (Duration::ZERO, Some(unfit)),
            never = systemd::watchdog() => match never {},
        };
        let deadline = Instant::now() + all;
        systemd::stopping();
        stopped.cancel();
        tracing::info!("Told to stop; what is under way is finished");
        if server.stop(listeners, &router, drain).await == Stopped::Cut {
            tracing::warn!("Some requests were still open at the deadline and were cut");
        }
        let rest = async {
            let ends = [(&mut worker).await, (&mut prover).await];
            if let Some(error) = ends.into_iter().find_map(Result::err) {
                tracing::error!(cause = %error, "Work beside the requests did not end as it should");
            }
            self.context.store.close().await
        };
        if let Ok(closed) = timeout_at(deadline, rest).await {
            closed?;
        } else {
            tracing::warn!("The worker or the database was still busy at the deadline and was cut");
        }
        worker.abort();
        prover.abort();
        failed.map_or(Ok(()), Err)
    }

    /// How people reach this server.
    pub fn here(&self, listeners: &[Listener]) -> anyhow::Result<String> {
        if let Some(url) = &self.context.config.public_url {
            return Ok(url.as_str().trim_end_matches('/').to_owned());
        }
        let place = listeners.first().map_or_else(|| Ok(self.context.config.listen.clone()), Listener::place)?;
        Ok(place.url())
    }
}

async fn readyz(State((probe, readiness)): State<(Probe, Readiness)>) -> Response {
    // Who is about to stop says so at once, whatever the database does.
    if readiness.is_stopping() {
        return readiness.answer(&[]);
    }
    readiness.answer(&probe.checks().await)
}

/// Serves the numbers on a listener of their own until the end.
fn serve_numbers(listener: Listener, gathering: Gathering, stopped: &CancellationToken) -> anyhow::Result<()> {
    let router = metrics::router(metrics::install()?, move || gathering.clone().gather());
    let (server, stopped) = (Server::new(Readiness::default(), Patience::default()), stopped.clone());
    tokio::spawn(async move {
        let listeners = [listener];
        server.answer(&listeners, &router, stopped.cancelled_owned()).await;
    });
    Ok(())
}

/// Lets the process open as many files as it may, and gives how many of them connections may take.
#[cfg(unix)]
fn raise_limit_of_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }) {
        tracing::warn!(cause = %error, "The limit of open files cannot be raised");
    }
    let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(most.saturating_sub(OWN_FILES).max(most / 2)).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn raise_limit_of_files() -> usize {
    usize::MAX
}
