//! Taking somebody's second factor away who lost their app and their recovery codes.

use serde_json::json;

use super::administers;
use crate::{
    domain::{Effect, Paragraphs, PersonId},
    model::{LogAct, Person, Receipt},
    usecase::{Call, Error, enqueue},
};

/// Somebody, and whether they have a second factor.
pub async fn second_factor(call: &Call, id: PersonId) -> Result<(Person, bool), Error> {
    administers(&call.caller)?;
    let view = call.context.store.view().await?;
    let person = view.person(id).await?.ok_or(Error::NotFound)?;
    Ok((person, view.second_factor(id).await?.is_some()))
}

/// Takes it away, for a reason that the trail keeps; they get a letter.
pub async fn take_second_factor(call: &Call, id: PersonId, reason: &str) -> Result<(), Error> {
    administers(&call.caller)?;
    let reason: String = Paragraphs::within(reason, 500).map_err(|fault| Error::text("reason", fault))?.into();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing", "say why, in at most 500 characters: the trail keeps it"));
    }
    if id == call.caller.person {
        let message = "turn your own off on your account, or have another administrator take it away";
        return Err(Error::Conflict(message.to_owned()));
    }
    let deed = call.begin().await?;
    deed.hold_person(id).await?;
    let person = deed.person(id).await?.ok_or(Error::NotFound)?;
    if !deed.end_second_factor(id).await? {
        return Err(Error::Conflict("they have no second factor; there is nothing to take away".to_owned()));
    }
    enqueue(&deed, &Effect::SecondFactorTakenAway { person: id }, call.now).await?;
    deed.note(LogAct::SecondFactorTakenAway, person.email.as_str(), json!({ "reason": reason })).await?;
    deed.commit(Receipt::Done).await
}
