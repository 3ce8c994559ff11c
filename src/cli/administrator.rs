//! `administrator EMAIL`: a way back in for who owns the store, beside a running server.

use std::process::ExitCode;

use clap::Args;

use super::Settings;
use crate::{
    app::App,
    domain::Email,
    usecase::admin::{self, LetIn},
};

#[derive(Debug, Args)]
pub(super) struct Administrator {
    /// Who: the address of somebody who is known
    email: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(wanted: &Administrator) -> anyhow::Result<ExitCode> {
    let email: Email = wanted.email.parse()?;
    let let_in = async |app: &App| {
        let LetIn { person, secret, had_second_factor } =
            admin::way_back(&app.context, &email).await.map_err(super::plain)?;
        let config = &app.context.config;
        let url = config.public_url.as_ref().map_or_else(|| config.listen.url(), |url| url.as_str().to_owned());
        println!("{} is an administrator. With the server running, open this link within 30 minutes", person.name);
        println!("to choose a new password. It works once.\n");
        if had_second_factor {
            println!("Their second factor was taken away; they turn on another one at /account/second-factor.\n");
        }
        println!("  {}/welcome/{}", url.trim_end_matches('/'), secret.text());
        Ok(ExitCode::SUCCESS)
    };
    wanted.settings.mending(let_in).await
}
