//! The lane of letters: several at a time, a mail server that is away, and a letter that is refused.
//!
//! What is wrong with the server is kept once for all replicas, and no letter pays for it; what is wrong with a letter
//! is its own.

use std::time::Duration;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};

use super::{
    Taken, Trial, Worker, chain,
    deliver::{self, Fate},
    lane, report,
};
use crate::{
    clock::new_id,
    domain::{Effect, MailId},
    mail,
    store::{self, Channel, Claim, LEASE, Lane, Next, Tx},
    usecase::work::MAIL,
};

/// How long handing over one letter may take; shorter than the lease.
const AT_MOST: Duration = Duration::from_secs(100);
/// After so many refusals of one letter after another it is the server that refuses.
const STRIKES: u32 = 5;
/// The longest pause of a server that is away.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Why a letter was not sent, as it is noted.
#[derive(Debug)]
enum Trouble {
    /// The server is away; the letter goes to the end of the line and the trial does not count.
    Away(String),
    /// Not now.
    Later(String),
    /// Never.
    Never(String),
    /// Not without being looked at.
    Stale(String),
}

/// Takes letters to hand over: one to find out, where the server was away.
pub(super) async fn claim(worker: &Worker, room: u16) -> anyhow::Result<Vec<Taken>> {
    let now = worker.context.clock.now();
    let token = new_id();
    let tx = worker.context.store.begin().await?;
    let channel = tx.channel_held(MAIL).await?.filter(|channel| channel.failures > 0);
    if channel.as_ref().is_some_and(|channel| is_paused(channel, now)) {
        return Ok(Vec::new());
    }
    let (trial, limit) = if channel.is_some() { (Trial::Probe, 1) } else { (Trial::Ordinary, room) };
    let jobs = tx.claim_jobs(Claim { lane: Lane::Letters, token, limit }, now).await?;
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(channel) = channel {
        // Meanwhile nobody else tries.
        tx.set_channel(&Channel { resume_at: now + LEASE, ..channel }).await?;
    }
    tx.commit().await?;
    Ok(jobs.into_iter().map(|job| Taken { job, token, trial }).collect())
}

/// Whether a channel rests. A pause that is longer than any was made by a clock that has gone back since.
pub(super) fn is_paused(channel: &Channel, now: Timestamp) -> bool {
    channel.failures > 0 && channel.resume_at > now && channel.resume_at <= now + LONGEST
}

/// Hands over a letter and notes what became of it.
pub(super) async fn work(worker: &Worker, taken: &Taken) -> anyhow::Result<()> {
    let effect = serde_json::from_value(taken.job.payload.clone()).context("this job says nothing known");
    let outcome = match effect {
        Ok(Effect::Deliver { mail }) => handed_over(worker, taken, mail).await,
        Ok(other) => Err(Trouble::Never(format!("'{}' is no letter", other.kind()))),
        Err(error) => Err(Trouble::Never(format!("{error:#}"))),
    };
    super::noted(|| note(worker, taken, &outcome)).await
}

async fn handed_over(worker: &Worker, taken: &Taken, mail: MailId) -> Result<(MailId, Fate), Trouble> {
    match lane::bounded(AT_MOST, deliver::run(worker, mail, &taken.job)).await {
        Ok(Ok(Fate::Stale(why))) => Err(Trouble::Stale(why)),
        Ok(Ok(fate)) => Ok((mail, fate)),
        Ok(Err(refused)) => {
            use mail::Error::{Away, Later, Never, Settings, Unwritable};
            let cause = chain(&refused);
            Err(match refused {
                Away(_) | Settings(_) => Trouble::Away(cause),
                Later(_) => Trouble::Later(cause),
                Never(_) | Unwritable(_) => Trouble::Never(cause),
            })
        }
        Err(error) => Err(Trouble::Later(format!("{error:#}"))),
    }
}

async fn note(worker: &Worker, taken: &Taken, outcome: &Result<(MailId, Fate), Trouble>) -> Result<(), store::Error> {
    let now = worker.context.clock.now();
    let Taken { job, token, trial } = taken;
    let tx = worker.context.store.begin().await?;
    let (cause, next) = match outcome {
        Ok((mail, fate)) => {
            match fate {
                Fate::Gone | Fate::Stale(_) if *trial == Trial::Probe => freed(&tx, now).await?,
                Fate::Sent => {
                    tx.mail_sent(*mail, now).await?;
                    works_again(&tx, *trial).await?;
                }
                Fate::Kept => tx.keep_mail(*mail).await?,
                Fate::Gone | Fate::Stale(_) => {}
            }
            tx.finish_job(job.id, *token, now).await?;
            tx.commit().await?;
            report::succeeded("letters", &worker.context);
            return Ok(());
        }
        Err(Trouble::Away(cause)) => {
            tx.release_job(job.id, *token, now).await?;
            away(&tx, *trial, cause, now).await?;
            return tx.commit().await;
        }
        Err(Trouble::Later(cause)) => {
            strike(&tx, *trial, cause, now).await?;
            (cause, Next::Retry(now + lane::wait(job.attempts)))
        }
        // Where everything is refused it is not this letter that is wrong.
        Err(Trouble::Never(cause)) if strike(&tx, *trial, cause, now).await? > STRIKES => {
            (cause, Next::Retry(now + lane::wait(job.attempts)))
        }
        Err(Trouble::Never(cause)) => (cause, Next::GiveUp),
        Err(Trouble::Stale(cause)) => {
            if *trial == Trial::Probe {
                freed(&tx, now).await?;
            }
            (cause, Next::GiveUp)
        }
    };
    tx.fail_job(job.id, *token, now, cause, next).await?;
    tx.commit().await?;
    super::say_failed(job, cause, next);
    Ok(())
}

async fn known(tx: &Tx, now: Timestamp) -> Result<Channel, store::Error> {
    let fresh =
        || Channel { name: MAIL.to_owned(), since: now, failures: 0, strikes: 0, resume_at: now, error: String::new() };
    Ok(tx.channel_held(MAIL).await?.unwrap_or_else(fresh))
}

/// The server took a letter.
async fn works_again(tx: &Tx, trial: Trial) -> Result<(), store::Error> {
    if tx.clear_channel(MAIL).await? && trial == Trial::Probe {
        tracing::info!("The mail server takes letters again");
    }
    Ok(())
}

/// A letter that was to find out whether the server works found out nothing: the next one may.
async fn freed(tx: &Tx, now: Timestamp) -> Result<(), store::Error> {
    tx.set_channel(&Channel { resume_at: now, ..known(tx, now).await? }).await
}

/// The server is away: it rests, and longer each time.
async fn away(tx: &Tx, trial: Trial, cause: &str, now: Timestamp) -> Result<(), store::Error> {
    let channel = Channel { error: cause.to_owned(), ..known(tx, now).await? };
    tx.set_channel(&rested(channel, trial, now)).await
}

/// A letter was refused, for now or for good; gives how many were, one after the other.
async fn strike(tx: &Tx, trial: Trial, cause: &str, now: Timestamp) -> Result<u32, store::Error> {
    let channel = known(tx, now).await?;
    let strikes = channel.strikes.saturating_add(1);
    let mut channel = Channel { strikes, error: cause.to_owned(), ..channel };
    if strikes >= STRIKES {
        channel = rested(channel, trial, now);
    } else if trial == Trial::Probe {
        // It speaks to us again.
        (channel.failures, channel.resume_at) = (0, now);
    }
    tx.set_channel(&channel).await?;
    Ok(strikes)
}

/// With one more pause. Letters that were under way together fail together: that is one failure.
fn rested(channel: Channel, trial: Trial, now: Timestamp) -> Channel {
    if trial == Trial::Ordinary && channel.failures > 0 {
        return channel;
    }
    let failures = channel.failures.saturating_add(1);
    let rest = lane::wait(failures.saturating_sub(1)).min(LONGEST);
    let (cause, seconds) = (&channel.error, rest.as_secs());
    tracing::error!(
        cause,
        failures,
        seconds,
        "The mail server does not take letters; they wait, and it is tried again"
    );
    Channel { failures, resume_at: now + rest, ..channel }
}
