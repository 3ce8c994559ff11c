//! Time passing for submissions: deadlines and reminders of the definition.

use super::settle;
use crate::{
    access::Permit,
    domain::{OrganisationId, SubmissionId},
    usecase::{Case, Context, Error},
    workflow::{Actor, Command, decide},
};

/// Submissions with a timer that is due, at most `limit`, most overdue first.
pub async fn due(context: &Context, limit: u16) -> Result<Vec<(OrganisationId, SubmissionId)>, Error> {
    let view = context.store.view().await?;
    Ok(view.due(context.clock.now(), limit).await?)
}

/// Fires whatever is due on one submission; nothing, when somebody was faster.
pub async fn tick(context: &Context, organisation: OrganisationId, id: SubmissionId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    let submission = tx.submission(organisation, id).await?.ok_or(Error::NotFound)?;
    let case = Case::held(&tx, context, submission).await?;
    let events = decide(&case.definition, &case.submission.item, &Command::Tick, &case.facts(Actor::Clock))?;
    settle(&tx, context, Permit::of_the_clock(), &case, events).await?;
    tx.commit().await?;
    Ok(())
}
