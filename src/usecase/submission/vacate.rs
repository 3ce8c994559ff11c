//! Somebody may not do any more what they could: what that changes about submissions follows at once.

use std::collections::BTreeSet;

use super::persist_decision;
use crate::{
    access::Permit,
    domain::{Effect, PersonId, SubmissionId},
    store::Tx,
    usecase::{Case, Context, Error, enqueue},
    workflow::{Actor, review},
};

/// How many are looked at in one piece of work.
const AT_ONCE: u16 = 100;

/// Frees the places of somebody who left a group, may not sign in any more or works elsewhere now, wherever they may not sit any
/// more: in the change that says so.
pub(in crate::usecase) async fn vacate(tx: &Tx, context: &Context, person: PersonId) -> Result<(), Error> {
    for stand in tx.waiting_for(person).await? {
        look_again(tx, context, stand.id).await?;
    }
    look_at_groups_of(tx, context, person).await
}

/// Has everything looked at that may wait for somebody together with others.
pub(in crate::usecase) async fn look_at_groups_of(tx: &Tx, context: &Context, person: PersonId) -> Result<(), Error> {
    for slug in tx.groups_of(person).await? {
        look_at_group(tx, context, &slug).await?;
    }
    Ok(())
}

/// Has everything looked at of which a group has the turn: it may lack people now, or have enough again. Afterwards, because it
/// may be much.
pub(in crate::usecase) async fn look_at_group(tx: &Tx, context: &Context, slug: &str) -> Result<(), Error> {
    enqueue(tx, &Effect::Look { slug: slug.to_owned(), after: None }, context.clock.now()).await
}

/// Looks at some of what a group has the turn of, each by itself, and leaves the rest for later.
pub async fn look_on(context: &Context, slug: &str, after: Option<SubmissionId>) -> Result<(), Error> {
    let held = context.store.view().await?.held_by_group(slug, after, AT_ONCE).await?;
    for id in &held {
        let tx = context.store.begin().await?;
        match look_again(&tx, context, *id).await {
            Ok(()) => tx.commit().await?,
            // Somebody was faster, and what they did looked too.
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    if let Some(last) = held.last().filter(|_| held.len() == usize::from(AT_ONCE)) {
        let tx = context.store.begin().await?;
        enqueue(&tx, &Effect::Look { slug: slug.to_owned(), after: Some(*last) }, context.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Frees the places of those who have a conflict with an author or a co-author who works elsewhere now.
pub(in crate::usecase) async fn vacate_beside(tx: &Tx, context: &Context, author: PersonId) -> Result<(), Error> {
    let own = tx.begun_by(author).await?;
    let along = tx.standing_in(&tx.along(author).await?).await?;
    let sent = own.into_iter().chain(along).filter(|stand| stand.sent);
    for id in sent.map(|stand| stand.id).collect::<BTreeSet<_>>() {
        look_again(tx, context, id).await?;
    }
    Ok(())
}

/// Looks again at what somebody did something about whose author or co-author works where they work now, also where it is over.
pub(in crate::usecase) async fn look_where_acted(tx: &Tx, context: &Context, person: PersonId) -> Result<(), Error> {
    let Some(institution) = tx.person(person).await?.map(|person| person.institution()) else { return Ok(()) };
    if institution.is_empty() {
        return Ok(());
    }
    let acted: BTreeSet<SubmissionId> = tx.acted_in(person).await?.into_iter().map(|(id, _)| id).collect();
    let along = tx.along_from(&institution, &acted).await?;
    let of = tx.references(&acted).await?;
    let authors = tx.persons(&of.values().map(|(_, author)| *author).collect()).await?;
    let colleagues: BTreeSet<PersonId> =
        authors.iter().filter(|author| author.institution() == institution).map(|author| author.id).collect();
    let theirs = |id: &SubmissionId, author: &PersonId| colleagues.contains(author) || along.contains(id);
    for (id, _) in of.into_iter().filter(|(id, (_, author))| *author != person && theirs(id, author)) {
        look_again(tx, context, id).await?;
    }
    Ok(())
}

pub(super) async fn look_again(tx: &Tx, context: &Context, id: SubmissionId) -> Result<(), Error> {
    let submission = tx.submission(id).await?.ok_or(Error::NotFound)?;
    let case = Case::held(tx, context, submission, context.clock.now()).await?;
    let events = review(&case.definition, &case.submission.item, &case.facts(Actor::Clock));
    persist_decision(tx, context, Permit::of_the_clock(), &case, events).await?;
    Ok(())
}
