//! `token EMAIL`: an access token for who can read the database anyway.

use std::process::ExitCode;

use clap::Args;

use super::Settings;
use crate::{app::App, clock::Clock, domain::Email, usecase::account};

#[derive(Debug, Args)]
pub(super) struct Token {
    /// Whose
    email: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(token: &Token) -> anyhow::Result<ExitCode> {
    let config = token.settings.load()?.config;
    let email: Email = token.email.parse()?;
    let app = App::beside(config, Clock::system(), super::serve::views()?).await?;
    let issued = account::issue_token_for(&app.context, &email).await.map_err(super::plain)?;
    println!("{}", issued.token);
    Ok(ExitCode::SUCCESS)
}
