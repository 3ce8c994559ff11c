//! `documents`: what an operator says about the documents, beside a running server.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Span, SpanRelativeTo};

use super::Settings;
use crate::usecase::{
    Context,
    document::{self, Turn},
    installation,
};

#[derive(Debug, Subcommand)]
pub(super) enum Documents {
    /// Tie the documents to this database, whatever either says; for who is sure that they belong together
    Adopt(Settings),
    /// Delete the bytes of documents that were removed a day ago, as the server does every half hour
    Sweep(Sweep),
    /// Have no documents deleted for a while, so that they can be copied
    Hold(Hold),
    /// Let documents be deleted again
    Release(Release),
}

#[derive(Debug, Args)]
pub(super) struct Sweep {
    /// Delete up to this many, also where that is unusually many
    #[arg(long)]
    allow: Option<u64>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Hold {
    /// Who holds them, as `backup`; the same name again makes it longer or shorter
    name: String,
    /// For how long, as `6h`
    #[arg(long = "for", value_parser = duration)]
    duration: SignedDuration,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Release {
    /// Who held them
    name: String,
    #[command(flatten)]
    settings: Settings,
}

fn duration(text: &str) -> Result<SignedDuration, String> {
    let span: Span = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|error| error.to_string())?;
    if duration.is_positive() { Ok(duration) } else { Err("a duration above zero, such as 6h".to_owned()) }
}

pub(super) async fn run(documents: &Documents) -> anyhow::Result<ExitCode> {
    let (Documents::Adopt(settings)
    | Documents::Sweep(Sweep { settings, .. })
    | Documents::Hold(Hold { settings, .. })
    | Documents::Release(Release { settings, .. })) = documents;
    settings.mending(async |app| say(documents, &app.context).await).await
}

async fn say(documents: &Documents, context: &Context) -> anyhow::Result<ExitCode> {
    match documents {
        Documents::Adopt(_) => {
            let id = installation::adopt(context).await.map_err(super::plain)?;
            println!("Database and documents belong to the installation {id} from now on.");
        }
        Documents::Sweep(Sweep { allow, .. }) => {
            let turn = Turn { allowed: *allow, ..Turn::default() };
            let swept = document::sweep(context, turn).await.map_err(super::plain)?;
            println!("{} removed documents and {} unfinished uploads were deleted.", swept.documents, swept.uploads);
            if let Some(left) = swept.left {
                anyhow::bail!("no documents were deleted: {left}");
            }
        }
        Documents::Hold(Hold { name, duration, .. }) => {
            let until = document::hold(context, name, *duration).await.map_err(super::plain)?;
            println!("No documents are deleted until {until}, or until `imprimatur documents release {name}`.");
        }
        Documents::Release(Release { name, .. }) => {
            let held = document::release(context, name).await.map_err(super::plain)?;
            println!("{}", if held { "Documents are deleted again." } else { "Nobody of this name held them." });
        }
    }
    Ok(ExitCode::SUCCESS)
}
