//! `move`: an installation to another database, its documents to another place.

use std::process::ExitCode;

use clap::Args;

use super::{
    Settings,
    backup::{examine, home, size},
    serve,
};
use crate::{
    config::{Config, environment},
    usecase::keeping::{self, Relocation},
};

#[derive(Debug, Args)]
pub(super) struct Move {
    /// Database to move to, which has to be empty; leave a password out and give it as PGPASSWORD or in ~/.pgpass
    #[arg(long, value_name = "URL", required_unless_present_any = ["blobs_to", "undo"])]
    to: Option<String>,
    /// Place to move the documents to, which has to be empty: a directory or <s3://BUCKET/PREFIX>
    #[arg(long, value_name = "PLACE")]
    blobs_to: Option<String>,
    /// Let a database be served again that was moved; what was done in the new place since is not in it
    #[arg(long, conflicts_with_all = ["to", "blobs_to"])]
    undo: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(moving: &Move) -> anyhow::Result<ExitCode> {
    let config = moving.settings.load()?.config;
    serve::start_log(&config)?;
    let from = home(&config)?;
    if moving.undo {
        keeping::reopen(&from).await?;
        println!("{} can be served again.", from.database);
        return Ok(ExitCode::SUCCESS);
    }
    let target = target(moving)?;
    let to = home(&target)?;
    let relocation = keeping::relocate(&from, &to).await?;
    told(&relocation);
    let wrong = examine(target).await?;
    if wrong > 0 {
        println!("The same checks where it comes from, to compare:");
        let before = examine(config).await?;
        anyhow::ensure!(
            wrong <= before,
            "the copy has more wrong with it than what it was made from, so nothing is marked as moved: serve the old \
             place, and remove the new one"
        );
    }
    relocation.leave().await?;
    println!("Moved. Set these from now on, in the settings file or as variables:");
    if let Some(database) = &moving.to {
        println!("  database = {database}    (IMPRIMATUR_DATABASE)");
    }
    if let Some(blobs) = &moving.blobs_to {
        println!("  blobs = {blobs}    (IMPRIMATUR_BLOBS)");
    }
    println!("What was left is as it was, and is not served any more; remove it when you are sure.");
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The settings with the new places.
fn target(moving: &Move) -> anyhow::Result<Config> {
    let mut overrides = moving.settings.overrides.clone();
    if let Some(database) = &moving.to {
        overrides = overrides.with("database", database);
    }
    if let Some(blobs) = &moving.blobs_to {
        overrides = overrides.with("blobs", blobs);
    }
    Ok(Config::load(&overrides, &environment())?.config)
}

fn told(relocation: &Relocation) {
    if let Some(contents) = &relocation.contents {
        println!("Copied and compared: {contents}.");
    }
    if let Some(documents) = &relocation.documents {
        println!(
            "Documents: {} ({}), every one compared with its hash; {} were there already.",
            documents.count(),
            size(documents.bytes()),
            documents.kept
        );
        for missing in &documents.missing {
            println!("WRONG   {} was not moved: {}", missing.key, missing.why);
        }
    }
}
