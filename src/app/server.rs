//! Serving an opened installation: pages, API, health, the worker beside them, and an end in good time.

use std::{future::Future, net::SocketAddr};

use axum::{Router, extract::State, response::Response, routing::get};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::App;
use crate::{
    config::PublicUrl,
    http::{
        self, ErrorPage, Patience, Shell, Site, Stopped, Transport, busy,
        health::{Check, Readiness, healthz},
        metrics, static_file,
    },
    jobs,
    usecase::{Context, Error, definition, office},
};

/// What `readyz` looks at.
#[derive(Clone)]
struct Probe {
    app: App,
    readiness: Readiness,
}

impl App {
    /// Everything that is served at the public address, with the shell around it.
    pub fn router(&self, readiness: Readiness) -> anyhow::Result<Router> {
        let site = Site { context: self.context.clone(), views: self.views.clone() };
        let probe = Probe { app: self.clone(), readiness };
        let health = Router::new()
            .route("/healthz", get(healthz))
            .route("/readyz", get(readyz))
            .with_state(probe)
            .route(static_file::ROUTE, get(static_file::serve_static));
        let url = self.context.config.public_url.as_ref();
        let transport = if url.is_some_and(PublicUrl::is_https) { Transport::Tls } else { Transport::Plain };
        let views = self.views.clone();
        let shell = Shell {
            transport,
            origin: url.map(PublicUrl::origin),
            error_page: ErrorPage::new(move |problem| http::page::failed(&views, problem)),
        };
        let site = busy::bounded(http::router(site), self.context.config.requests);
        Ok(http::shell(site.merge(health), &shell)?)
    }

    /// Serves on a listener until `stop`; the worker stops with it.
    pub async fn serve(&self, listener: TcpListener, stop: impl Future<Output = ()> + Send) -> anyhow::Result<()> {
        let config = &self.context.config;
        let readiness = Readiness::default();
        let router = self.router(readiness.clone())?;
        let stopped = CancellationToken::new();
        let worker = tokio::spawn(self.worker(&self.here(listener.local_addr()?)).run(stopped.clone()));
        let prover = tokio::spawn(jobs::prove(self.context.clone(), stopped.clone()));
        if let Some(address) = config.metrics_listen {
            let metrics = TcpListener::bind(address).await?;
            let router = metrics::router(metrics::install()?);
            let stopped = stopped.clone();
            tokio::spawn(async move {
                let served = axum::serve(metrics, router).with_graceful_shutdown(stopped.cancelled_owned()).await;
                if let Err(error) = served {
                    tracing::error!(cause = %error, "The numbers are no longer served");
                }
            });
        }
        let patience = Patience { head: http::PATIENCE, stop: config.shutdown_deadline.unsigned_abs() };
        let ended = http::serve(listener, router, stop, readiness, patience).await;
        stopped.cancel();
        worker.await?;
        prover.await?;
        self.context.store.close().await?;
        if ended == Stopped::Cut {
            tracing::warn!("Some requests were still open at the deadline and were cut");
        }
        Ok(())
    }

    /// How people reach this server.
    #[must_use]
    pub fn here(&self, listening: SocketAddr) -> String {
        match &self.context.config.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{listening}"),
        }
    }
}

async fn readyz(State(probe): State<Probe>) -> Response {
    let context = &probe.app.context;
    let database = match context.store.schema().await {
        Ok(schema) if schema.serves() => context.store.canary().await.err().map(|error| error.to_string()),
        Ok(_) => Some("the schema is of another version".to_owned()),
        Err(error) => Some(error.to_string()),
    };
    let documents = context.blobs.look().await.err().map(|error| error.to_string());
    let refused: Vec<String> = context.definitions.refused().into_iter().map(|refused| refused.file).collect();
    let workflows = (!refused.is_empty()).then(|| format!("refused: {}", refused.join(", ")));
    let outvoted = context.definitions.outvoted();
    let mut notes: Vec<String> =
        outvoted.iter().map(|file| format!("{file}: another version was activated, which counts")).collect();
    if database.is_none() {
        match wanting(context).await {
            Ok(wanting) => notes.extend(wanting),
            Err(error) => notes.push(format!("the stored workflows could not be looked at: {error}")),
        }
    }
    let note = (!notes.is_empty()).then(|| notes.join("; "));
    probe.readiness.answer(&[
        Check::new("database", database),
        Check::new("documents", documents),
        Check { note, ..Check::new("workflows", workflows) },
    ])
}

/// What stored workflows lack: people, and proofs.
async fn wanting(context: &Context) -> Result<Vec<String>, Error> {
    let short = office::all_shortages(context).await?.into_iter().map(|short| format!("too few people for {short}"));
    let unproved = definition::unproved(&context.store.view().await?).await?;
    Ok(short.chain(unproved).collect())
}
