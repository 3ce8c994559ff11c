//! `init` and `migrate`: a new installation, and an old one on a new version.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::{Settings, made};
use crate::{
    app::{App, address},
    clock::Clock,
    store::Store,
    usecase::office::{Founding, found},
};

/// What a new installation needs to know.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Name of the accrediting organisation, as it is printed on certificates
    #[arg(long)]
    organisation: String,
    /// Short name, as `GPA`
    #[arg(long)]
    short: String,
    /// Time zone of the office, as `America/Chicago`; deadlines and dates follow it
    #[arg(long)]
    time_zone: String,
    /// E-mail address of the first administrator
    #[arg(long)]
    administrator: String,
    /// Name of the first administrator
    #[arg(long)]
    name: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(init: &Init) -> anyhow::Result<ExitCode> {
    let config = init.settings.load()?.config;
    made(&config.data)?;
    let store = Store::connect(&address(&config)?).await.context("opening the database")?;
    store.migrate().await.context("preparing the database")?;
    let url =
        config.public_url.as_ref().map_or_else(|| format!("http://{}", config.listen), |url| url.as_str().to_owned());
    let app = App::wire(store, config, Clock::system(), super::serve::views()?)?.prepare().await?;
    let founding = Founding {
        organisation: init.organisation.clone(),
        short: init.short.clone(),
        time_zone: init.time_zone.clone(),
        email: init.administrator.clone(),
        name: init.name.clone(),
    };
    let secret = found(&app.context, &founding).await.map_err(super::plain)?;
    println!(
        "{} is prepared. Start the server with `imprimatur serve`, then open this link within 30 minutes",
        init.organisation
    );
    println!("to choose the administrator's password. It works once; run `imprimatur init` again for another one.\n");
    println!("  {}/welcome/{}", url.trim_end_matches('/'), secret.text());
    app.context.store.close().await?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    let config = settings.load()?.config;
    made(&config.data)?;
    let store = Store::connect(&address(&config)?).await.context("opening the database")?;
    store.migrate().await.context("preparing the database")?;
    store.close().await?;
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
