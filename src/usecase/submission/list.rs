//! Lists of submissions: the queue of the office, whose turn, one's own.

use super::blind::hide_in_rows;
use crate::{
    access::Caller,
    domain::Duty,
    store::{Count, Page, QueueFilter, QueueRow, QueueSort, TurnRow},
    usecase::{Context, Error},
};

/// Rows on one page.
const PAGE: u16 = 50;

/// The office's queue: everything that was sent, for those who run or audit it.
pub async fn queue(
    context: &Context,
    caller: &Caller,
    filter: &QueueFilter,
    sort: QueueSort,
    cursor: Option<&str>,
) -> Result<Page<QueueRow>, Error> {
    oversees(caller)?;
    let view = context.store.view().await?;
    Ok(view.queue(caller.organisation, &visible(filter, caller), sort, cursor, PAGE).await?)
}

/// How many the same filter finds, counted up to 1,000.
pub async fn count(context: &Context, caller: &Caller, filter: &QueueFilter) -> Result<Count, Error> {
    oversees(caller)?;
    let view = context.store.view().await?;
    Ok(view.queue_count(caller.organisation, &visible(filter, caller)).await?)
}

/// Who runs or audits the queue does not see in it, or count, what he wrote himself or has a conflict with.
fn visible(filter: &QueueFilter, caller: &Caller) -> QueueFilter {
    QueueFilter { hidden_from: Some(caller.person), ..filter.clone() }
}

fn oversees(caller: &Caller) -> Result<(), Error> {
    if caller.duties.contains(&Duty::Coordinator) || caller.duties.contains(&Duty::Auditor) {
        Ok(())
    } else {
        Err(Error::Forbidden("the queue belongs to the coordinators and auditors of the office".to_owned()))
    }
}

/// What waits for the caller, longest wait first; the author's name is empty where it is hidden from him.
pub async fn turn(context: &Context, caller: &Caller, cursor: Option<&str>) -> Result<Page<TurnRow>, Error> {
    let view = context.store.view().await?;
    let mut page = view.your_turn(caller.organisation, caller.person, &caller.groups, cursor, PAGE).await?;
    drop(view);
    hide_in_rows(context, caller, &mut page.rows).await?;
    Ok(page)
}

/// The caller's own submissions, newest first.
pub async fn mine(context: &Context, caller: &Caller, cursor: Option<&str>) -> Result<Page<QueueRow>, Error> {
    let view = context.store.view().await?;
    Ok(view.submissions_of(caller.organisation, caller.person, cursor, PAGE).await?)
}
