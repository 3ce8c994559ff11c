//! Throwing away a draft in which nothing is.

use crate::{
    access::{Act, Relation},
    model::{Document, DocumentStanding, Receipt, Typed},
    usecase::{Call, Case, Error, Target},
    workflow::{Actor, EventKind, engine},
};

/// Whether somebody may throw a submission away: it is theirs, it was never sent, and nothing is in it, so that nobody loses
/// anything and nobody ever looked at it.
#[must_use]
pub(super) fn may_discard(case: &Case, relation: Relation, documents: &[Document], typed: &[Typed]) -> bool {
    let submission = &case.submission;
    let empty = submission.answers.0.is_empty()
        && submission.item.coauthors.is_empty()
        && submission.item.succession.is_none()
        && documents.iter().all(|document| document.standing == DocumentStanding::Removed)
        && typed.is_empty();
    relation == Relation::Owner && submission.sent_at.is_none() && !submission.item.closed && empty
}

/// Throws an empty draft away. What happened to it stays on record; nobody finds it any more.
pub async fn discard(call: &Call, target: &Target) -> Result<(), Error> {
    let deed = call.begin().await?;
    let case = Case::hold(&deed, call, &target.reference).await?;
    let permit = case.allow(&call.caller, Act::See)?;
    let relation = case.relation(&call.caller);
    if relation != Relation::Owner {
        return Err(Error::Forbidden("its owner deletes it".to_owned()));
    }
    case.expect(target.version)?;
    let id = case.submission.id;
    let (documents, typed) = (deed.documents(id).await?, deed.typed_by(call.caller.person, id).await?);
    if !may_discard(&case, relation, &documents, &typed) {
        let why =
            "only a draft in which nothing is and that was never sent can be deleted; take out what is in it first";
        return Err(Error::Conflict(why.to_owned()));
    }
    let facts = case.facts(Actor::Person(call.caller.person));
    let events = engine::beside(&case.definition, &case.submission.item, &facts, EventKind::Discarded);
    let mut submission = case.submission.clone();
    for event in &events {
        submission.item = submission.item.apply(event);
    }
    case.save(&deed, permit, submission, &events).await?;
    deed.commit(Receipt::Done).await
}
