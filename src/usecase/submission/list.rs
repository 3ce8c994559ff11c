//! Lists of submissions: the queue of the office, whose turn, one's own.

use super::{blind, conceal};
use crate::{
    access::{self, Caller},
    domain::Duty,
    model::{Count, Page, QueueFilter, QueueRow, QueueSort, TurnRow},
    store::ReadTx,
    usecase::{Call, Error},
};

/// Rows on one page.
const PAGE: u16 = 50;

/// The office's queue: everything that was sent, for those who run or audit it.
pub async fn queue(
    call: &Call,
    filter: &QueueFilter,
    sort: QueueSort,
    cursor: Option<&str>,
) -> Result<Page<QueueRow>, Error> {
    oversees(&call.caller)?;
    let view = call.context.store.view().await?;
    let filter = visible(&view, filter, &call.caller).await?;
    Ok(view.queue(&filter, sort, cursor, PAGE).await?)
}

/// How many the same filter finds, counted up to 1,000.
pub async fn count(call: &Call, filter: &QueueFilter) -> Result<Count, Error> {
    oversees(&call.caller)?;
    let view = call.context.store.view().await?;
    Ok(view.queue_count(&visible(&view, filter, &call.caller).await?).await?)
}

/// Who runs or audits the queue does not see in it, or count, what they wrote or have a conflict with.
pub(super) async fn visible(view: &ReadTx, filter: &QueueFilter, caller: &Caller) -> Result<QueueFilter, Error> {
    let me = view.person(caller.person).await?.ok_or(Error::NotFound)?;
    Ok(QueueFilter { hidden_from: Some(me), ..filter.clone() })
}

pub(super) fn oversees(caller: &Caller) -> Result<(), Error> {
    if caller.duties.contains(&Duty::Coordinator) || caller.duties.contains(&Duty::Auditor) {
        Ok(())
    } else {
        Err(Error::Forbidden("the queue belongs to the coordinators and auditors of the office".to_owned()))
    }
}

/// What waits for the caller, longest wait first; the author's name is empty where it is hidden from them.
pub async fn turn(call: &Call, cursor: Option<&str>) -> Result<Page<TurnRow>, Error> {
    let view = call.context.store.view().await?;
    let mut page = view.your_turn(call.caller.person, &call.caller.groups, cursor, PAGE).await?;
    let followed = page.rows.iter().map(|row| row.submission.definition.clone()).collect();
    let versions = call.context.definitions.versions(&view, followed).await?;
    for TurnRow { submission, track, .. } in &mut page.rows {
        let Some(definition) = versions.get(&submission.definition) else { continue };
        conceal::holders(submission, definition, &call.caller);
        let seated = |name: &str| track.as_deref() == Some(name);
        if submission.submitter != call.caller.person && access::hides_author(&call.caller, definition, seated) {
            blind::hide_in_row(submission);
        }
    }
    Ok(page)
}

/// What is shared with the caller: what they write along, handed over, or may take over.
pub async fn shared(call: &Call) -> Result<Vec<QueueRow>, Error> {
    let view = call.context.store.view().await?;
    let me = view.person(call.caller.person).await?.ok_or(Error::NotFound)?;
    let mut rows = view.shared_with(&me, PAGE).await?;
    let followed = rows.iter().map(|row| row.definition.clone()).collect();
    let versions = call.context.definitions.versions(&view, followed).await?;
    for row in &mut rows {
        if let Some(definition) = versions.get(&row.definition) {
            conceal::holders(row, definition, &call.caller);
        }
    }
    Ok(rows)
}

/// The caller's own submissions, newest first.
pub async fn mine(call: &Call, cursor: Option<&str>) -> Result<Page<QueueRow>, Error> {
    let view = call.context.store.view().await?;
    let mut page = view.submissions_of(call.caller.person, cursor, PAGE).await?;
    let followed = page.rows.iter().map(|row| row.definition.clone()).collect();
    let versions = call.context.definitions.versions(&view, followed).await?;
    for row in &mut page.rows {
        if let Some(definition) = versions.get(&row.definition) {
            conceal::holders(row, definition, &call.caller);
        }
    }
    Ok(page)
}
