//! Everybody's first page; to somebody who is not signed in, the way in.

use std::collections::BTreeMap;

use super::{
    account,
    context::{Answer, PageContext, SECOND_FACTOR},
};
use crate::{
    domain::Duty,
    http::{Problem, input::Query},
    present::{admin::Letters, form::data::FormData, home as shown, home::Desk as Waiting, words::calendar::Calendar},
    usecase::{
        Call,
        admin::{self, Setup},
        credit,
        definition::{self, Proposal},
        submission::{self, Wanting},
    },
};

/// What waits, one's own submissions, and what can be started.
pub(super) async fn home(page_context: PageContext, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    if page_context.owes_second_factor {
        return Ok(page_context.go(SECOND_FACTOR, None));
    }
    let Some(signed) = page_context.signed.clone() else { return account::sign_in(page_context, Query(asked)).await };
    let call = Call::new(page_context.site.context.clone(), signed.caller.clone());
    let waiting = gather(&call, FormData(asked).get("turns"), page_context.letters()).await?;
    let page_header = admin::page_header(page_context.context(), Some(&signed.caller)).await?;
    let calendar = Calendar::new(page_header.now, page_header.calendar);
    let waiting = Waiting { groups: page_header.groups, ..waiting };
    page_context.show("Home", shown::of(&waiting, &signed, &calendar)).await
}

async fn gather(call: &Call, cursor: Option<&str>, letters: Letters) -> Result<Waiting, Problem> {
    let turns = submission::turn(call, cursor).await?;
    let own = submission::mine(call, None).await?;
    let shared = submission::shared(call).await?;
    let queue = queue(call).await?;
    let wanting = queue.iter().flat_map(|wanting| &wanting.rows);
    let rows = turns.rows.iter().map(|row| &row.submission).chain(&own.rows).chain(&shared).chain(wanting);
    let versions = definition::versions(&call.context, rows.map(|row| row.definition.clone()).collect()).await?;
    Ok(Waiting {
        versions,
        current: definition::current(&call.context).await?,
        setup: setup(call).await?,
        letters,
        proposals: proposals(call).await?,
        groups: BTreeMap::new(),
        queue,
        ledger: credit::mine(call, None).await?,
        turns,
        own,
        shared,
    })
}

/// What of the queue wants attention, for those who run or audit it.
async fn queue(call: &Call) -> Result<Option<Wanting>, Problem> {
    let duties = &call.caller.duties;
    if !duties.contains(&Duty::Coordinator) && !duties.contains(&Duty::Auditor) {
        return Ok(None);
    }
    Ok(Some(submission::wanting(call).await?))
}

/// What is left to set up, for administrators.
async fn setup(call: &Call) -> Result<Option<Setup>, Problem> {
    match admin::administers(&call.caller) {
        Ok(()) => Ok(Some(admin::setup(call).await?)),
        Err(_) => Ok(None),
    }
}

/// What other administrators proposed.
async fn proposals(call: &Call) -> Result<Vec<Proposal>, Problem> {
    match admin::administers(&call.caller) {
        Ok(()) => Ok(definition::proposals(call).await?),
        Err(_) => Ok(Vec::new()),
    }
}
