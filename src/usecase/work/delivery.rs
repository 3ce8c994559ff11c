//! Letters on their way: what is wrong with the mail server is kept once for all replicas, and no letter pays for it; what
//! is wrong with a letter is its own.

use jiff::{SignedDuration, Timestamp};

use super::{MAIL, Taken, Trial};
use crate::{
    clock::new_id,
    domain::MailId,
    model::{Channel, Claim, LEASE, Lane, Next},
    store::Tx,
    usecase::{Context, Error},
};

/// After so many refusals of one letter after another it is the server that refuses.
const STRIKES: u32 = 5;
/// The longest pause of a server that is away.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// What became of a letter that was to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it.
    Sent(MailId),
    /// Mail is off: it stays.
    Kept(MailId),
    /// It was sent before, or is no more.
    Gone,
    /// The server is away; the letter goes to the end of the line and the trial does not count.
    Away(String),
    /// Not now.
    Later(String),
    /// Never.
    Never(String),
    /// Not without being looked at: it waited too long.
    Stale(String),
}

/// Takes letters to hand over: one to find out, where the server was away.
pub async fn claim_letters(context: &Context, room: u16) -> Result<Vec<Taken>, Error> {
    let now = context.clock.now();
    let token = new_id();
    let tx = context.store.begin().await?;
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

/// Notes what became of a letter; [`Error::Stale`] where somebody else holds it by now. `wait` says how long something
/// rests that was tried so often. Gives what is next, where the letter itself failed.
pub async fn delivered(
    context: &Context,
    Taken { job, token, trial }: &Taken,
    delivery: &Delivery,
    wait: fn(u32) -> SignedDuration,
) -> Result<Option<Next>, Error> {
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let server = Server { tx: &tx, trial: *trial, now, wait };
    let later = || Next::Retry(now + wait(job.attempts));
    let (cause, next) = match delivery {
        Delivery::Sent(mail) => {
            tx.mail_sent(*mail, now).await?;
            server.works_again().await?;
            tx.finish_job(job.id, *token, now).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Delivery::Kept(mail) => {
            tx.keep_mail(*mail).await?;
            tx.finish_job(job.id, *token, now).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Delivery::Gone => {
            server.told_nothing().await?;
            tx.finish_job(job.id, *token, now).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Delivery::Away(cause) => {
            tx.release_job(job.id, *token, now).await?;
            server.is_away(cause).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Delivery::Later(cause) => {
            server.refused(cause).await?;
            (cause, later())
        }
        // Where everything is refused it is not this letter that is wrong.
        Delivery::Never(cause) if server.refused(cause).await? > STRIKES => (cause, later()),
        Delivery::Never(cause) => (cause, Next::GiveUp),
        Delivery::Stale(cause) => {
            server.told_nothing().await?;
            (cause, Next::GiveUp)
        }
    };
    tx.fail_job(job.id, *token, now, cause, next).await?;
    tx.commit().await?;
    Ok(Some(next))
}

/// What a letter tells of the mail server, within the change that notes what became of it.
struct Server<'t> {
    tx: &'t Tx,
    trial: Trial,
    now: Timestamp,
    wait: fn(u32) -> SignedDuration,
}

impl Server<'_> {
    async fn known(&self) -> Result<Channel, Error> {
        let (since, resume_at) = (self.now, self.now);
        let fresh =
            || Channel { name: MAIL.to_owned(), since, failures: 0, strikes: 0, resume_at, error: String::new() };
        Ok(self.tx.channel_held(MAIL).await?.unwrap_or_else(fresh))
    }

    /// It took a letter.
    async fn works_again(&self) -> Result<(), Error> {
        if self.tx.clear_channel(MAIL).await? && self.trial == Trial::Probe {
            tracing::info!("The mail server takes letters again");
        }
        Ok(())
    }

    /// A letter that was to find out whether it works found out nothing: the next one may.
    async fn told_nothing(&self) -> Result<(), Error> {
        if self.trial == Trial::Probe {
            self.tx.set_channel(&Channel { resume_at: self.now, ..self.known().await? }).await?;
        }
        Ok(())
    }

    /// It is away: it rests, and longer each time.
    async fn is_away(&self, cause: &str) -> Result<(), Error> {
        let channel = Channel { error: cause.to_owned(), ..self.known().await? };
        Ok(self.tx.set_channel(&self.rested(channel)).await?)
    }

    /// It refused a letter, for now or for good; gives how many it did, one after the other.
    async fn refused(&self, cause: &str) -> Result<u32, Error> {
        let channel = self.known().await?;
        let strikes = channel.strikes.saturating_add(1);
        let mut channel = Channel { strikes, error: cause.to_owned(), ..channel };
        if strikes >= STRIKES {
            channel = self.rested(channel);
        } else if self.trial == Trial::Probe {
            // It speaks to us again.
            (channel.failures, channel.resume_at) = (0, self.now);
        }
        self.tx.set_channel(&channel).await?;
        Ok(strikes)
    }

    /// With one more pause. Letters that were under way together fail together: that is one failure.
    fn rested(&self, channel: Channel) -> Channel {
        if self.trial == Trial::Ordinary && channel.failures > 0 {
            return channel;
        }
        let failures = channel.failures.saturating_add(1);
        let rest = (self.wait)(failures.saturating_sub(1)).min(LONGEST);
        let (cause, seconds) = (&channel.error, rest.as_secs());
        tracing::error!(
            cause,
            failures,
            seconds,
            "The mail server does not take letters; they wait, and it is tried again"
        );
        Channel { failures, resume_at: self.now + rest, ..channel }
    }
}
