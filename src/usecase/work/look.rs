//! What the worker looks at before it does anything: what waits, how much of it, and what the clocks say.

use jiff::Timestamp;

use super::{MAIL, delivery::is_paused};
use crate::{
    model::{MachineClock, Ripe, Waiting},
    usecase::{Context, Error},
};

/// What can be done now.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Which work waits.
    pub ripe: Ripe,
    /// Whether letters have to wait, because the mail server is away.
    pub mail_paused: bool,
}

/// Looks for work, in one short look.
pub async fn look(context: &Context) -> Result<Look, Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let ripe = view.ripe(now).await?;
    let mail_paused = ripe.letters && view.channel(MAIL).await?.is_some_and(|channel| is_paused(&channel, now));
    Ok(Look { ripe, mail_paused })
}

/// Waits until this process leaves work. Only a hint: other processes are not heard.
pub async fn left(context: &Context) {
    context.store.work_left().await;
}

/// Numbers about what waits and what does not get done by itself.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// Jobs by kind.
    pub waiting: Vec<Waiting>,
    /// Letters that were not sent yet.
    pub letters_unsent: u64,
    /// Letters that were kept while mail was off.
    pub letters_kept: u64,
    /// Jobs that were given up.
    pub given_up: u32,
    /// Deadlines that were given up.
    pub deadlines_given_up: u32,
    /// Whether the mail server is away.
    pub mail_paused: bool,
    /// Clocks that are ahead or behind.
    pub clocks: Vec<MachineClock>,
}

/// Counts what waits.
pub async fn count(context: &Context) -> Result<Numbers, Error> {
    let view = context.store.view().await?;
    Ok(Numbers {
        waiting: view.waiting().await?,
        letters_unsent: view.unsent_letters().await?,
        letters_kept: view.kept().await?.map_or(0, |kept| kept.many),
        given_up: view.failed_job_count().await?,
        deadlines_given_up: view.timers_given_up().await?,
        mail_paused: view.channel(MAIL).await?.is_some_and(|channel| channel.failures > 0),
        clocks: view.strange_clocks().await?,
    })
}

/// What is known of the clocks before the one of this machine is looked at.
#[derive(Clone, Debug)]
pub struct Clocks {
    /// What the database's says.
    pub database: Timestamp,
    /// This machine's, since its start, where it was seen.
    pub known: Option<MachineClock>,
    /// When any was last seen.
    pub last_seen: Option<Timestamp>,
}

/// Reads the clocks, `boot` being the last start of this machine.
pub async fn clocks(context: &Context, boot: &str) -> Result<Clocks, Error> {
    let view = context.store.view().await?;
    Ok(Clocks {
        database: view.database_now().await?,
        known: view.machine_clock(boot).await?,
        last_seen: view.last_seen().await?,
    })
}

/// Keeps what was seen of a machine's clock.
pub async fn keep_clock(context: &Context, clock: &MachineClock) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.set_machine_clock(clock).await?;
    Ok(tx.commit().await?)
}
