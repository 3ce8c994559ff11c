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
    usecase::{Call, credit, definition, submission},
};

/// What waits, one's own submissions, and what can be started.
pub(super) async fn home(page_context: PageContext, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let Some(signed) = page_context.signed.clone() else { return account::sign_in(page_context, Query(asked)).await };
    let call = Call::new(page_context.site.context.clone(), signed.caller.clone());
    let waiting = gather(&call, FormData(asked).get("turns")).await?;
    let calendar = page_context.calendar().await?;
    page_context.show("Home", shown::of(&waiting, &signed, &calendar)).await
}

async fn gather(call: &Call, cursor: Option<&str>) -> Result<Waiting, Problem> {
    let turns = submission::turn(call, cursor).await?;
    let own = submission::mine(call, None).await?;
    let shared = submission::shared(call).await?;
    let rows = turns.rows.iter().map(|row| &row.submission).chain(&own.rows).chain(&shared);
    let versions = definition::versions(&call.context, rows.map(|row| row.definition.clone()).collect()).await?;
    Ok(Waiting {
        versions,
        current: definition::current(&call.context).await?,
        queue: queue(call).await?,
        ledger: credit::mine(call, None).await?,
        turns,
        own,
        shared,
    })
}

/// The queue in numbers, for those who run or audit it.
async fn queue(call: &Call) -> Result<Option<[Count; 3]>, Problem> {
    let duties = &call.caller.duties;
    if !duties.contains(&Duty::Coordinator) && !duties.contains(&Duty::Auditor) {
        return Ok(None);
    }
    let open = QueueFilter { life: Some(Life::Open), ..QueueFilter::default() };
    let late = QueueFilter { attention: Some(Attention::OverdueAt(call.now)), ..open.clone() };
    let alone = QueueFilter { attention: Some(Attention::Unassigned), ..open.clone() };
    Ok(Some([
        submission::count(call, &open).await?,
        submission::count(call, &late).await?,
        submission::count(call, &alone).await?,
    ]))
}
