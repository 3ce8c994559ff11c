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
    let app = App::open(config, Clock::system(), views()?).await?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
    println!("Imprimatur serves at {}", app.here(listener.local_addr()?));
    app.serve(listener, told_to_stop()).await?;
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

/// Ends when the process is interrupted or terminated.
pub(super) async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
