//! The command line: what a stranger types, and what is printed back.

mod administrator;
mod backup;
mod config;
mod demo;
mod doctor;
mod documents;
mod health;
mod init;
mod job;
mod moving;
mod person;
mod requirement;
mod serve;
mod token;
mod told;
mod workflow;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::{
    app::App,
    clock::Clock,
    config::{Config, Loaded, Overrides, environment},
};

/// Accreditation submission workflow server: people submit, reviewers decide, what is approved becomes credit.
///
/// Try it: `imprimatur demo`, then open the address it prints.
#[derive(Debug, Parser)]
#[command(name = "imprimatur", version, after_help = AFTER)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "A new installation: `imprimatur init …`, then `imprimatur serve`. Settings come from flags, then \
                     IMPRIMATUR_… variables, then a file, then defaults; `imprimatur config show` tells which.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a sample office with people and submissions to click through; only on this machine
    Demo(Settings),
    /// Serve pages and API
    Serve(Settings),
    /// Prepare a new installation and print a one-time link for its first administrator
    Init(init::Init),
    /// Make somebody who is known an administrator again and print a one-time link for them; for who owns the database
    Administrator(administrator::Administrator),
    /// Bring the database up to date with this version of the program
    Migrate(Settings),
    /// Check that everything stored agrees with itself; changes nothing
    Doctor(doctor::Doctor),
    /// Look after the documents
    #[command(subcommand)]
    Documents(documents::Documents),
    /// Ask the running server whether it lives and is ready
    Health(health::Health),
    /// Back up database and documents into a folder, beside the running server
    ///
    /// The folder holds any number of backups: each has its own copy of the database, and all share the documents, which
    /// never change. A backup that breaks off is never taken for one, and leaves the earlier ones as they are. For every
    /// day: a line of cron or a systemd timer, see docs/operation.md.
    Backup(backup::Backup),
    /// Bring an installation back from a backup, into an empty database and an empty place for documents
    ///
    /// Nothing is overwritten. Every document is compared with its hash and every table with what was backed up; then the
    /// checks of `doctor` run. Where this breaks off, run it again.
    Restore(backup::Restore),
    /// Move an installation to another database, its documents to another place, or both, while it is not served
    ///
    /// The new places have to be empty. What arrived is compared with what was sent, row by row and byte by byte, and the
    /// checks of `doctor` run on it. What is left behind stays as it was, but for a mark, so that nobody serves it by
    /// mistake. Where this breaks off, the old place is what counts.
    Move(moving::Move),
    /// Look after work that the server gave up
    #[command(subcommand)]
    Job(job::Job),
    /// Erase a person, or print a copy of what is kept about one
    #[command(subcommand)]
    Person(person::Person),
    /// Work with workflow definitions
    #[command(subcommand)]
    Workflow(workflow::Workflow),
    /// Work with requirement files: what practitioners owe
    #[command(subcommand)]
    Requirement(requirement::RequirementCommand),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Print an access token for a person, for curl and scripts; for who can read the database
    Token(token::Token),
    /// Show the settings
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting with its value and where that came from; secrets are masked
    Show(Settings),
}

/// The settings as flags.
#[derive(Debug, Args)]
struct Settings {
    #[command(flatten)]
    overrides: Overrides,
}

impl Settings {
    fn load(&self) -> anyhow::Result<Loaded> {
        Ok(Config::load(&self.overrides, &environment())?)
    }

    /// Does something with the installation beside a server that may be running, only looking.
    async fn beside<T>(&self, command: impl AsyncFnOnce(&App) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let opened = App::beside(self.load()?.config, Clock::system(), serve::views()?).await;
        with(opened.context("opening the database"), command).await
    }

    /// Puts a small thing of the installation right, beside a server that may be running.
    async fn mending<T>(&self, command: impl AsyncFnOnce(&App) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let opened = App::mending(self.load()?.config, Clock::system(), serve::views()?).await;
        with(opened.context("opening the database"), command).await
    }

    /// The same with another data directory.
    fn in_folder(&self, folder: &Path) -> anyhow::Result<Config> {
        let overrides = self.overrides.clone().with("data", folder.to_string_lossy());
        Ok(Config::load(&overrides, &environment())?.config)
    }
}

/// Does something with an opened installation and closes its store, whatever came of it: a process that just ends leaves
/// SQLite's files beside the database.
async fn with<T>(
    opened: anyhow::Result<App>,
    command: impl AsyncFnOnce(&App) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let app = opened?;
    let done = command(&app).await;
    app.context.store.close().await?;
    done
}

/// Runs the command line; what went wrong is printed in plain words.
#[must_use]
pub fn main() -> ExitCode {
    let line = Line::parse();
    keep_private();
    // One provider for everything that encrypts; nothing has installed another before.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let outcome = runtime().and_then(|runtime| {
        let outcome = runtime.block_on(run(line.command));
        // A proof that is under way may take long, and nobody waits for it any more.
        runtime.shutdown_background();
        outcome
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("imprimatur: {error:#}");
        ExitCode::FAILURE
    })
}

/// Everything that the program makes from now on is for its own user alone, whatever the shell or the unit says.
fn keep_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(settings) => demo::run(&settings).await,
        Command::Serve(settings) => serve::run(&settings).await,
        Command::Init(init) => init::run(&init).await,
        Command::Administrator(wanted) => administrator::run(&wanted).await,
        Command::Migrate(settings) => init::migrate(&settings).await,
        Command::Doctor(doctor) => doctor::run(&doctor).await,
        Command::Documents(documents) => documents::run(&documents).await,
        Command::Health(health) => health::run(&health).await,
        Command::Backup(backup) => backup::back_up(&backup).await,
        Command::Restore(restore) => backup::restore(&restore).await,
        Command::Move(moving) => moving::run(&moving).await,
        Command::Job(job) => job::run(&job).await,
        Command::Person(person) => person::run(&person).await,
        Command::Workflow(workflow) => workflow::run(&workflow),
        Command::Requirement(requirement) => requirement::run(&requirement),
        Command::Openapi => {
            println!("{}", crate::http::api::openapi().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Token(token) => token::run(&token).await,
        Command::Config(ConfigCommand::Show(settings)) => config::show(&settings),
    }
}

/// A directory that is surely there.
fn made(directory: &PathBuf) -> anyhow::Result<()> {
    use anyhow::Context as _;
    std::fs::create_dir_all(directory).with_context(|| format!("making the directory {}", directory.display()))
}

/// What a use case refused, in words for a terminal.
fn plain(error: crate::usecase::Error) -> anyhow::Error {
    match error {
        crate::usecase::Error::Invalid(faults) => {
            let lines: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
            anyhow::anyhow!(lines.join("; "))
        }
        crate::usecase::Error::Internal(cause) => cause,
        other => anyhow::anyhow!(other.to_string()),
    }
}
