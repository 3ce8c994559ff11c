//! Time passing for submissions: deadlines and reminders of the definition.

use anyhow::anyhow;

use super::persist_decision;
use crate::{
    access::Permit,
    domain::{Effect, SubmissionId},
    model::{Next, TimerTrial},
    usecase::{Case, Context, Error, enqueue},
    workflow::{Actor, Command, decide},
};

/// Submissions with a timer that is due, at most `limit`, most overdue first.
pub async fn due(context: &Context, limit: u16) -> Result<Vec<SubmissionId>, Error> {
    let view = context.store.view().await?;
    Ok(view.due(context.clock.now(), limit).await?)
}

/// Fires whatever is due on one submission; nothing, when somebody was faster.
pub async fn tick(context: &Context, id: SubmissionId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    let submission = tx.submission(id).await?.ok_or(Error::NotFound)?;
    let case = Case::held(&tx, context, submission, context.clock.now()).await?;
    let events = decide(&case.definition, &case.submission.item, &Command::Tick, &case.facts(Actor::Clock))?;
    if events.is_empty() && tx.is_due(id, case.now).await? {
        // It would be found due for ever, before all others.
        return Err(anyhow!("a timer is due and nothing follows from it").into());
    }
    persist_decision(&tx, context, Permit::of_the_clock(), &case, events).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the timer of a submission could not fire; `next` says what follows from the number of trials. Where it is
/// given up, the office is told.
pub async fn tick_failed(
    context: &Context,
    id: SubmissionId,
    cause: &str,
    next: impl FnOnce(u32) -> Next,
) -> Result<Next, Error> {
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let (version, before) = tx.timer_trials(id).await?.ok_or(Error::NotFound)?;
    let attempts = before.saturating_add(1);
    let next = next(attempts);
    let failed = TimerTrial { submission: id, version, attempts, error: cause };
    tx.timer_failed(failed, next, now).await?;
    if next == Next::GiveUp {
        enqueue(&tx, &Effect::Stuck { submission: id }, now).await?;
    }
    tx.commit().await?;
    Ok(next)
}
