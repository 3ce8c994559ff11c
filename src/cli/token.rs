//! `token EMAIL`: an access token for who can read the database anyway.

use std::process::ExitCode;

use clap::Args;

use super::Settings;
use crate::{app::App, domain::Email, usecase::account};

#[derive(Debug, Args)]
pub(super) struct Token {
    /// Whose
    email: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(token: &Token) -> anyhow::Result<ExitCode> {
    let email: Email = token.email.parse()?;
    let issue = async |app: &App| account::issue_token_for(&app.context, &email).await.map_err(super::plain);
    println!("{}", token.settings.beside(issue).await?.token);
    Ok(ExitCode::SUCCESS)
}
