//! `serve`: pages and API until the process is told to stop.

use std::{
    convert::Infallible,
    process::ExitCode,
    sync::{Arc, Once},
    time::Duration,
};

use anyhow::Context as _;

use super::{Settings, made, told::Told};
use crate::{
    app::{App, Exposed, Holds, exposed, start, systemd},
    config::{Config, Loaded},
    http::{Listener, static_file},
    log,
    present::Views,
};

pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let loaded = settings.load()?;
    let filter = start_log(&loaded.config)?;
    made(&loaded.config.data)?;
    closed(&loaded)?;
    let config = loaded.config;
    let told = Told::listen()?;
    let views = Arc::new(views()?);
    let listeners = Listener::open(&config.listen).await.with_context(|| format!("listening on {}", config.listen))?;
    let drain = config.drain.unsigned_abs();
    let place = listeners.first().map(Listener::place).transpose()?.unwrap_or_else(|| config.listen.clone());
    let url =
        config.public_url.as_ref().map_or_else(|| place.url(), |url| url.as_str().trim_end_matches('/').to_owned());
    let once = Once::new();
    let announce = || once.call_once(|| println!("Imprimatur serves at {url}"));
    let start = start::Start { config: &config, views: &views, listeners: &listeners };
    let opened = Box::pin(start::open(&start, told.stop(drain), announce)).await?;
    let Some(app) = opened else { return Ok(ExitCode::SUCCESS) };
    announce();
    if app.context.config.smtp.is_none() {
        tracing::info!("Mail is off: letters stay in the outbox; the setting `smtp` turns it on");
    }
    tokio::select! {
        ended = until_told(&app, listeners, &told, drain) => ended,
        never = reload(settings, &filter, &app, &told) => match never {},
    }
}

/// Serves until the process is told to stop, and ends at once when it is told so twice.
pub(super) async fn until_told(
    app: &App,
    listeners: Vec<Listener>,
    told: &Told,
    drain: Duration,
) -> anyhow::Result<ExitCode> {
    tokio::select! {
        served = app.serve(listeners, told.stop(drain)) => served.map(|()| ExitCode::SUCCESS),
        () = told.stop_at_once() => {
            tracing::warn!("Told to stop a second time; what was under way is cut");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Whenever it is asked for, reads again what can change while the program runs: which log lines are written, and the
/// workflow definitions. Everything else waits for the next start.
async fn reload(settings: &Settings, filter: &log::Filter, app: &App, told: &Told) -> Infallible {
    loop {
        told.reload().await;
        systemd::reloading();
        match settings.load() {
            Ok(loaded) => match filter.set(&loaded.config.log_filter) {
                Ok(()) => tracing::info!(log_filter = loaded.config.log_filter, "The settings were read again"),
                Err(error) => tracing::error!(cause = %error, "The log filter cannot be used; the old one stays"),
            },
            Err(error) => {
                tracing::error!(cause = format!("{error:#}"), "The settings cannot be used; the old ones stay");
            }
        }
        if let Err(error) = app.adopt().await {
            tracing::error!(cause = format!("{error:#}"), "The workflow definitions could not be read again");
        }
        systemd::ready();
    }
}

/// Refuses data that others on this machine can get at, and warns of secrets that they can read: those may have been put there by
/// something that cannot do it otherwise.
fn closed(loaded: &Loaded) -> anyhow::Result<()> {
    let (data, secrets): (Vec<Exposed>, Vec<Exposed>) =
        exposed(loaded)?.into_iter().partition(|open| open.holds == Holds::Data);
    for secret in secrets {
        tracing::warn!("{}", secret.cure());
    }
    let data: Vec<String> = data.iter().map(Exposed::cure).collect();
    anyhow::ensure!(data.is_empty(), "{}", data.join("; "));
    Ok(())
}

/// The templates, with the addresses that this program serves their style and scripts under.
pub(super) fn views() -> anyhow::Result<Views> {
    Views::load(|name| static_file::url(name).unwrap_or_default())
}

pub(super) fn start_log(config: &Config) -> anyhow::Result<log::Filter> {
    let (subscriber, filter) = log::subscriber(config.log, &config.log_filter, std::io::stderr)?;
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(filter)
}
