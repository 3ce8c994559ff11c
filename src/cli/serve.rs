//! `serve`: pages and API until the process is told to stop.

use std::process::ExitCode;

use anyhow::Context as _;
use tokio::net::TcpListener;

use super::{Settings, made};
use crate::{app::App, clock::Clock, config::Config, http::static_file, log, view::Views};

pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let config = settings.load()?.config;
    start_log(&config)?;
    made(&config.data)?;
    let listen = config.listen;
    let stop = told_to_stop()?;
    let app = App::open(config, Clock::system(), views()?).await?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
    println!("Imprimatur serves at {}", app.here(listener.local_addr()?));
    app.serve(listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// The templates, with the addresses that this program serves their style and scripts under.
pub(super) fn views() -> anyhow::Result<Views> {
    Views::load(|name| static_file::url(name).unwrap_or_default())
}

pub(super) fn start_log(config: &Config) -> anyhow::Result<()> {
    let subscriber = log::subscriber(config.log, &config.log_filter, std::io::stderr)?;
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(())
}

/// Ends when the process is interrupted or terminated. Listens from now on: call it before saying that the server is up,
/// or a stop that comes at once ends the process half-way.
#[cfg(unix)]
pub(super) fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Ends when the process is interrupted.
#[cfg(not(unix))]
pub(super) fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
