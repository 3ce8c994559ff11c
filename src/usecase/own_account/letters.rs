//! Which letters one gets.

use std::collections::BTreeSet;

use crate::{
    domain::LetterKind,
    model::Receipt,
    usecase::{Call, Error},
};

/// Kinds that one does not want.
pub async fn unwanted(call: &Call) -> Result<BTreeSet<LetterKind>, Error> {
    let (view, me) = (call.context.store.view().await?, call.caller.person);
    Ok(view.unwanted_letters(&BTreeSet::from([me])).await?.remove(&me).unwrap_or_default())
}

/// Says which kinds one does not want.
pub async fn choose(call: &Call, unwanted: &BTreeSet<LetterKind>) -> Result<(), Error> {
    let deed = call.begin().await?;
    deed.hold_person(call.caller.person).await?;
    deed.set_unwanted_letters(call.caller.person, unwanted).await?;
    deed.commit(Receipt::Done).await
}
