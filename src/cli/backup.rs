//! `backup` and `restore`: an installation into a folder and back.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;

use super::{Settings, doctor, made, serve, with};
use crate::{
    app::{App, address},
    backup::{Documents, Folder},
    blob::Blobs,
    clock::Clock,
    config::Config,
    usecase::{
        document::Depth,
        keeping::{self, Home},
    },
};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Folder for the backups of this installation; made where it is missing
    folder: PathBuf,
    /// How many backups are kept there; older ones are removed once the new one is whole
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..))]
    keep: u16,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder that backups were made in
    folder: PathBuf,
    /// Name of one of them, as 20261126T214155Z; the newest where it is left out
    #[arg(long, value_name = "NAME")]
    backup: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn back_up(backup: &Backup) -> anyhow::Result<ExitCode> {
    let config = backup.settings.load()?.config;
    serve::start_log(&config)?;
    let kept = keeping::back_up(&home(&config)?, &backup.folder, usize::from(backup.keep)).await?;
    for missing in &kept.documents.missing {
        println!("WRONG   {} is not in the backup: {}", missing.key, missing.why);
    }
    let (manifest, documents) = (&kept.manifest, &kept.documents);
    println!(
        "Backed up to {} in {:.1} s: {} ({}); {} documents ({}), {} of them new ({}).",
        backup.folder.join(&kept.name).display(),
        kept.took.as_secs_f64(),
        manifest.contents,
        size(manifest.database.size),
        documents.count(),
        size(documents.bytes()),
        documents.copied,
        size(documents.copied_bytes)
    );
    println!("{} backups are kept there; {} older ones were removed.", kept.backups, kept.removed);
    Ok(missed(&manifest.documents))
}

pub(super) async fn restore(restore: &Restore) -> anyhow::Result<ExitCode> {
    let config = restore.settings.load()?.config;
    serve::start_log(&config)?;
    made(&config.data)?;
    let folder = Folder::for_reading(&restore.folder)?;
    let backup = keeping::choose(&folder, restore.backup.as_deref())?;
    let manifest = &backup.manifest;
    println!("Restoring {}, begun on {} by version {} …", backup.name, manifest.begun, manifest.program);
    let restored = keeping::restore(&folder, &backup, &home(&config)?).await?;
    println!(
        "Restored: {}, {} documents ({}), every one compared with its hash.",
        manifest.contents,
        restored.documents.count(),
        size(restored.documents.bytes())
    );
    for missing in &manifest.documents.missing {
        println!("note    {} was not in the backup: {}", missing.key, missing.why);
    }
    let wrong = examine(config).await?;
    println!("{}", if wrong == 0 { "Done; it can be served." } else { "It was restored as it was; see to the above." });
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Where the settings say that the installation is.
pub(super) fn home(config: &Config) -> anyhow::Result<Home> {
    Ok(Home { database: address(config)?, blobs: Blobs::at(&config.blobs)? })
}

/// Runs the checks of `doctor`; says how many found something.
pub(super) async fn examine(config: Config) -> anyhow::Result<usize> {
    println!("Checking what is there now …");
    let opened = App::beside(config, Clock::system(), serve::views()?).await;
    with(opened.context("opening the database"), async |app| doctor::examine(app, Depth::Sizes).await).await
}

/// Documents that are not in a backup are nothing to pass over in silence.
fn missed(documents: &Documents) -> ExitCode {
    if documents.missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Bytes as people read them.
pub(super) fn size(bytes: u64) -> String {
    for (unit, factor) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)] {
        if bytes >= factor {
            let tenths = bytes / (factor / 10);
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
    }
    format!("{bytes} bytes")
}
