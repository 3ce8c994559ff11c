//! Somebody may not do any more what they could: what that changes about submissions follows at once.

use super::persist_decision;
use crate::{
    access::Permit,
    domain::{PersonId, SubmissionId},
    model::Life,
    store::Tx,
    usecase::{Case, Context, Error},
    workflow::{Actor, review},
};

/// Frees the places of somebody who left a group, may not sign in any more or works elsewhere now, wherever they may not sit any
/// more: in the change that says so.
pub(in crate::usecase) async fn vacate(tx: &Tx, context: &Context, person: PersonId) -> Result<(), Error> {
    for stand in tx.waiting_for(person).await? {
        look_again(tx, context, stand.id).await?;
    }
    Ok(())
}

/// Frees the places of those who have a conflict with an author who works elsewhere now.
pub(in crate::usecase) async fn vacate_beside(tx: &Tx, context: &Context, author: PersonId) -> Result<(), Error> {
    for stand in tx.begun_by(author).await?.into_iter().filter(|stand| stand.life == Life::Open) {
        look_again(tx, context, stand.id).await?;
    }
    Ok(())
}

async fn look_again(tx: &Tx, context: &Context, id: SubmissionId) -> Result<(), Error> {
    let submission = tx.submission(id).await?.ok_or(Error::NotFound)?;
    let case = Case::held(tx, context, submission, context.clock.now()).await?;
    let events = review(&case.definition, &case.submission.item, &case.facts(Actor::Clock));
    persist_decision(tx, context, Permit::of_the_clock(), &case, events).await?;
    Ok(())
}
