//! `demo`: a sample office to click through, on this machine only.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context as _, ensure};

use super::{Settings, made, serve, told::Told};
use crate::{
    app::{App, address},
    config::Config,
    demo,
    http::Listener,
    store::Store,
};

pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut config = settings.load()?.config;
    ensure!(config.listen.is_local(), "the demo lets everybody in, so it listens on this machine only");
    if !settings.overrides.values.contains_key("log_filter") {
        "warn".clone_into(&mut config.log_filter);
    }
    serve::start_log(&config)?;
    let folder = tempfile::Builder::new().prefix("imprimatur-demo-").tempdir()?;
    if !settings.overrides.values.contains_key("data") {
        config = settings.in_folder(folder.path())?;
    }
    made(&config.data)?;
    let (listen, data) = (config.listen.clone(), config.data.clone());
    let listener = Listener::bind(&listen)
        .await
        .with_context(|| format!("listening on {listen}; name another address with --listen 127.0.0.1:0"))?;
    let app = opened(config).await?;
    let told = Told::listen()?;
    let listeners = vec![listener];
    println!("The demo is at {}", app.here(&listeners)?);
    println!(
        "Open it, choose a person, and look at 'Your turn'. The bar at the top moves the clock and shows letters."
    );
    println!("Its data is in {}; stop it with Ctrl-C.", data.display());
    serve::until_told(&app, listeners, &told, Duration::ZERO).await
}

/// The sample office: played anew in an empty folder, taken up where it was left in one that holds a demo.
async fn opened(config: Config) -> anyhow::Result<App> {
    let store = Store::connect(&address(&config)?).await.context("opening the database")?;
    store.migrate().await?;
    let (clock, ahead) = demo::clock();
    let app = App::wire(store, config, clock, serve::views()?)?.prepare().await?;
    if demo::resume(&app, &ahead).await? {
        return Ok(app.with_demo());
    }
    println!("Playing the stories of the sample office; this takes a moment …");
    demo::play(app, &ahead).await
}
