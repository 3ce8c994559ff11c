//! Another address of somebody: what hangs on it, and the office that gives it.

use serde_json::json;

use super::{administers, person::look_anew};
use crate::{
    domain::{Effect, Email, PersonId, Standing},
    model::{LinkPurpose, LogAct, Person, Receipt},
    store::ReadTx,
    usecase::{Call, Error, deed::Deed, enqueue},
};

/// Whether an address is somebody else's, or was.
pub(in crate::usecase) async fn is_taken(view: &ReadTx, email: &Email, person: PersonId) -> Result<bool, Error> {
    let known = view.person_by_any_address(email).await?;
    Ok(known.is_some_and(|known| known.id != person))
}

/// Gives somebody an address that nobody else has: links that went to the one of before are worth nothing, and conflicts of
/// interest are looked for anew.
pub(in crate::usecase) async fn readdress(deed: &Deed<'_>, before: &Person, after: &Person) -> Result<(), Error> {
    let now = deed.call.now;
    deed.save_person(after).await?;
    for purpose in LinkPurpose::ALL {
        deed.void_links(after.id, purpose, now).await?;
    }
    deed.end_address_changes(after.id, now).await?;
    look_anew(deed, after.id).await?;
    let detail = json!({ "before": { "address": before.email }, "after": { "address": after.email } });
    deed.note(LogAct::AddressChanged, after.email.as_str(), detail).await
}

/// Gives somebody another address, where they cannot confirm it themselves. They are told where they were reached before.
pub async fn change_address(call: &Call, id: PersonId, email: &str) -> Result<(), Error> {
    administers(&call.caller)?;
    let email: Email =
        email.parse().map_err(|fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string()))?;
    let deed = call.begin().await?;
    deed.hold_person(id).await?;
    let before = deed.person(id).await?.ok_or(Error::NotFound)?;
    if !matches!(before.standing, Standing::Active | Standing::Invited) {
        let message = "only who may sign in, or is invited, has an address that can be changed";
        return Err(Error::Conflict(message.to_owned()));
    }
    if email.is_erased() || email == before.email {
        return Err(Error::field("email", "same", "enter another address, at which they are reached"));
    }
    deed.hold_address(&email).await?;
    if is_taken(&deed, &email, id).await? {
        let message = "somebody else here has this address, or had it before; enter another one";
        return Err(Error::field("email", "taken", message));
    }
    let after = Person { email, ..before.clone() };
    readdress(&deed, &before, &after).await?;
    if after.standing == Standing::Invited {
        enqueue(&deed, &Effect::Invite { person: id }, call.now).await?;
    }
    enqueue(&deed, &Effect::AddressChanged { person: id, before: before.email }, call.now).await?;
    deed.commit(Receipt::Done).await
}
