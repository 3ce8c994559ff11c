//! `init` and `migrate`: a new installation, and an old one on a new version.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Args;

use super::{Settings, made};
use crate::{
    app::{App, BEYOND, address},
    clock::Clock,
    config::{self, Config, Kept, environment},
    store::{self, Schema, Store},
    usecase::admin::{Founding, create_organisation},
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
    let url = config.public_url.as_ref().map_or_else(|| config.listen.url(), |url| url.as_str().to_owned());
    let founding = Founding {
        organisation: init.organisation.clone(),
        short: init.short.clone(),
        time_zone: init.time_zone.clone(),
        email: init.administrator.clone(),
        name: init.name.clone(),
    };
    let create = async |app: &App| create_organisation(&app.context, &founding).await.map_err(super::plain);
    let secret = super::with(opened(config).await, create).await?;
    println!(
        "{} is prepared. With the server running (`imprimatur serve`), open this link within 30 minutes",
        init.organisation
    );
    println!("to choose the administrator's password. It works once; run `imprimatur init` again for another one.\n");
    println!("  {}/welcome/{}", url.trim_end_matches('/'), secret.text());
    keep(&init.settings)
}

/// The installation: prepared while nobody serves it, as it is beside the server that does.
async fn opened(config: Config) -> anyhow::Result<App> {
    let (clock, views) = (Clock::system(), super::serve::views()?);
    let store = match Store::connect(&address(&config)?).await {
        Err(store::Error::InUse(_)) => return App::mending(config, clock, views).await,
        store => store.context("opening the database")?,
    };
    store.migrate().await.context("preparing the database")?;
    // Adopting the definitions of this command would undo what the server was told to adopt.
    let founded = store.view().await?.organisation().await?.is_some();
    let app = App::wire(store, config, clock, views)?;
    if founded { Ok(app) } else { app.prepare().await }
}

/// The server has to know what this command was told, or the link leads elsewhere.
fn keep(settings: &Settings) -> anyhow::Result<ExitCode> {
    match config::keep(&settings.overrides, &environment()).context("keeping the settings for the server")? {
        Kept::Already => {}
        Kept::Written(path) => println!("\nThe settings are kept for the server in {}.", path.display()),
        Kept::Wanting(path, lines) => {
            println!("\n{} is there and says otherwise: put this into it, or tell it to the server:\n", path.display());
            println!("{}", lines.trim_end());
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    let config = settings.load()?.config;
    made(&config.data)?;
    let store = Store::connect(&address(&config)?).await.context("opening the database")?;
    let schema = store.migrate().await.context("preparing the database")?;
    store.close().await?;
    match schema {
        Schema::Current | Schema::Behind => println!("The database is up to date."),
        Schema::Ahead => println!("A newer version prepared the database already; this one may serve from it."),
        Schema::Beyond => bail!(BEYOND),
    }
    Ok(ExitCode::SUCCESS)
}
