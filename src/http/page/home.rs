//! Everybody's first page; to somebody who is not signed in, the way in.

use super::{
    account,
    context::{Answer, PageContext},
};
use crate::{
    domain::Duty,
    http::{Problem, input::Query},
    model::{Attention, Count, Life, QueueFilter},
    present::{form::data::FormData, home as shown, home::Desk as Waiting},
    usecase::{Context, account::Authenticated, credit, definition, submission},
};

/// What waits, one's own submissions, and what can be started.
pub(super) async fn home(page_context: PageContext, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let Some(signed) = page_context.signed.clone() else { return account::sign_in(page_context, Query(asked)).await };
    let waiting = gather(page_context.context(), &signed, FormData(asked).get("turns")).await?;
    let calendar = page_context.calendar().await?;
    page_context.show("Home", shown::of(&waiting, &signed, &calendar)).await
}

async fn gather(context: &Context, signed: &Authenticated, cursor: Option<&str>) -> Result<Waiting, Problem> {
    let caller = &signed.caller;
    let turns = submission::turn(context, caller, cursor).await?;
    let own = submission::mine(context, caller, None).await?;
    let rows = turns.rows.iter().map(|row| &row.submission).chain(&own.rows);
    let versions = definition::versions(context, rows.map(|row| row.definition.clone()).collect()).await?;
    Ok(Waiting {
        versions,
        current: definition::current(context).await?,
        queue: queue(context, signed).await?,
        ledger: credit::mine(context, caller, None).await?,
        turns,
        own,
    })
}

/// The queue in numbers, for those who run or audit it.
async fn queue(context: &Context, signed: &Authenticated) -> Result<Option<[Count; 3]>, Problem> {
    let caller = &signed.caller;
    if !caller.duties.contains(&Duty::Coordinator) && !caller.duties.contains(&Duty::Auditor) {
        return Ok(None);
    }
    let open = QueueFilter { life: Some(Life::Open), ..QueueFilter::default() };
    let late = QueueFilter { attention: Some(Attention::OverdueAt(context.clock.now())), ..open.clone() };
    let alone = QueueFilter { attention: Some(Attention::Unassigned), ..open.clone() };
    Ok(Some([
        submission::count(context, caller, &open).await?,
        submission::count(context, caller, &late).await?,
        submission::count(context, caller, &alone).await?,
    ]))
}
