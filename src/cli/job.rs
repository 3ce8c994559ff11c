//! `job`: work that was given up is tried again or let go, beside a running server.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Settings;
use crate::{app::App, clock::Clock, domain::JobId, store, usecase::work};

#[derive(Debug, Subcommand)]
pub(super) enum Job {
    /// List work that was given up, with what went wrong
    List(Settings),
    /// Let the server try something again that was given up, once its cause is gone
    Retry(Retry),
    /// Let go of something that was given up and need not be done; the log keeps why
    Dismiss(Dismiss),
}

#[derive(Debug, Args)]
pub(super) struct Retry {
    /// Which, as `job list` tells; everything where it is left out
    id: Option<JobId>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Dismiss {
    /// Which, as `job list` tells
    id: JobId,
    /// Why it need not be done
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(job: &Job) -> anyhow::Result<ExitCode> {
    let settings = match job {
        Job::List(settings) => settings,
        Job::Retry(retry) => &retry.settings,
        Job::Dismiss(dismiss) => &dismiss.settings,
    };
    let config = settings.load()?.config;
    let app = App::mending(config, Clock::system(), super::serve::views()?).await?;
    let context = &app.context;
    match job {
        Job::List(_) => {
            let given_up = work::given_up(context).await.map_err(super::plain)?;
            if given_up.is_empty() {
                println!("Nothing was given up.");
            }
            for job in &given_up {
                println!("{}", line(job));
            }
        }
        Job::Retry(Retry { id: Some(id), .. }) => {
            work::retry(context, *id).await.map_err(super::plain)?;
            println!("The server tries {id} again.");
        }
        Job::Retry(Retry { id: None, .. }) => {
            let given_up = work::given_up(context).await.map_err(super::plain)?;
            for job in &given_up {
                work::retry(context, job.id).await.map_err(super::plain)?;
            }
            println!("The server tries {} again.", given_up.len());
        }
        Job::Dismiss(Dismiss { id, reason, .. }) => {
            work::dismiss(context, *id, reason).await.map_err(super::plain)?;
            println!("{id} is let go.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Work that was given up, on one line.
pub(super) fn line(job: &store::Job) -> String {
    format!("{} {}: {}", job.id, job.kind, job.error.as_deref().unwrap_or_default())
}
