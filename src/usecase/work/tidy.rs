//! What is put right now and then: work that a wrong clock put off, and what nobody asks for any more.

use jiff::SignedDuration;

use crate::usecase::{Context, Error, unsent};

/// How long a machine that serves no more is remembered, and what was typed and never went on.
const FORGET: SignedDuration = SignedDuration::from_hours(24 * 400);

/// How much is done sooner than it was to be.
#[derive(Clone, Copy, Debug)]
pub struct Hastened {
    pub jobs: u64,
    pub deadlines: u64,
}

/// Waiting work is never further away than the longest pause between two attempts: a clock that was wrong for a while may
/// have said so.
pub async fn hasten(context: &Context, longest: SignedDuration) -> Result<Hastened, Error> {
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let jobs = tx.hasten_jobs(now, now + longest).await?;
    let deadlines = tx.hasten_timers(now, now + longest).await?;
    if jobs + deadlines > 0 {
        tx.commit().await?;
    }
    Ok(Hastened { jobs, deadlines })
}

/// Forgets failures that were overtaken and machines that are gone, and keeps letters that nobody sends; gives how many
/// letters are kept that could be sent now.
pub async fn tidy(context: &Context) -> Result<u64, Error> {
    let tx = context.store.begin().await?;
    tx.sweep_timer_failures().await?;
    let now = context.clock.now();
    tx.sweep_machine_clocks(now - FORGET).await?;
    tx.sweep_unsent(now, now - unsent::KEPT, now - FORGET).await?;
    tx.keep_stranded(u16::MAX).await?;
    let kept = tx.kept().await?.filter(|_| context.config.smtp.is_some());
    tx.commit().await?;
    Ok(kept.map_or(0, |kept| kept.many))
}
