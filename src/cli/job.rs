//! `job`: work that does not get done by itself is seen, tried again or let go, beside a running server.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::SignedDuration;

use super::Settings;
use crate::{
    model::{self, Channel, Kept, MachineClock, TimerFailure},
    usecase::{
        Context,
        work::{self, Named, Undone},
    },
};

#[derive(Debug, Subcommand)]
pub(super) enum Job {
    /// List work that does not get done by itself, with what went wrong
    List(Settings),
    /// Let the server try something again, once its cause is gone
    Retry(Retry),
    /// Let go of something that was given up and need not be done; the log keeps why
    Dismiss(Dismiss),
}

#[derive(Debug, Args)]
pub(super) struct Retry {
    /// Which, as `job list` tells: an id, a submission's reference, `mail`, `letters` or `clock`; everything that was
    /// given up where it is left out
    id: Option<Named>,
    /// Of letters that were kept, those written in the last so many days
    #[arg(long, default_value_t = 5)]
    days: u16,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Dismiss {
    /// Which, as `job list` tells: an id, a submission's reference or `letters`
    id: Named,
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
    settings.mending(async |app| see_to(job, &app.context).await).await
}

async fn see_to(job: &Job, context: &Context) -> anyhow::Result<ExitCode> {
    match job {
        Job::List(_) => {
            let undone = lines(&work::undone(context).await.map_err(super::plain)?);
            if undone.is_empty() {
                println!("Nothing was given up.");
            }
            for line in &undone {
                println!("{line}");
            }
        }
        Job::Retry(retry) => try_again(context, retry).await?,
        Job::Dismiss(Dismiss { id, reason, .. }) => {
            let many = work::dismiss(context, id, reason).await.map_err(super::plain)?;
            match id {
                Named::Letters => println!("{many} letter(s) are let go."),
                _ => println!("{id} is let go."),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn try_again(context: &Context, retry: &Retry) -> anyhow::Result<()> {
    let since = SignedDuration::from_hours(24 * i64::from(retry.days));
    let id = retry.id.as_ref().unwrap_or(&Named::Everything);
    let many = work::retry(context, id, since).await.map_err(super::plain)?;
    match id {
        Named::Letters => println!("{many} letter(s) of the last {} day(s) go out.", retry.days),
        Named::Clock => println!("{many} clock(s) are trusted; deadlines go on within a few seconds."),
        Named::Everything => println!("The server tries {many} again."),
        _ => println!("The server tries {id} again."),
    }
    Ok(())
}

/// What does not get done by itself, a line each.
pub(super) fn lines(undone: &Undone) -> Vec<String> {
    let Undone { jobs, deadlines, mail, letters, clocks } = undone;
    let singles = clocks.iter().map(clock).chain(mail.iter().map(channel)).chain(letters.iter().map(kept));
    singles.chain(deadlines.iter().map(deadline)).chain(jobs.iter().map(line)).collect()
}

/// A job that was given up, on one line.
fn line(job: &model::Job) -> String {
    format!("{} {}: {}", job.id, job.kind, job.error.as_deref().unwrap_or_default())
}

/// A deadline that fails, on one line.
pub(super) fn deadline(failure: &TimerFailure) -> String {
    let TimerFailure { submission, reference, attempts, error, .. } = failure;
    let next = match failure.given_up_at {
        Some(at) => format!("given up at {at:.0}"),
        None => format!("tried again at {:.0}", failure.retry_at),
    };
    format!("{submission} deadline of {reference}: failed {attempts} time(s), {next}: {error}")
}

/// A mail server that is away, on one line.
pub(super) fn channel(channel: &Channel) -> String {
    let Channel { since, resume_at, error, .. } = channel;
    format!("mail takes no letters since {since:.0}, tried again at {resume_at:.0}: {error}")
}

/// Letters that were kept, on one line.
pub(super) fn kept(kept: &Kept) -> String {
    format!(
        "letters: {} were kept while mail was off, the first of {:.0}; `job retry letters` sends those of the last days",
        kept.many, kept.first
    )
}

/// A clock that is ahead or behind, on one line.
pub(super) fn clock(clock: &MachineClock) -> String {
    match &clock.held {
        Some(why) => format!(
            "clock: {why}; deadlines and housekeeping are held back on machine {}. Set the clock, or confirm it with \
             `job retry clock`",
            clock.boot
        ),
        None => format!(
            "clock: it went back by {} minutes on machine {}; deadlines come later. Set the clock, or confirm it with \
             `job retry clock`",
            clock.ahead.abs().as_mins(),
            clock.boot
        ),
    }
}
