//! One's own account: how one is printed, the password, and where one is signed in.

pub mod address;
pub mod letters;
pub mod second_factor;

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    Call, Error,
    account::{Authenticated, Client, authenticate, entering},
    admin::{self, Described, person_version},
};
use crate::{
    domain::{LetterKind, SessionId},
    model::{LinkPurpose, LogAct, Person, Receipt, Session},
    password::Password,
};

/// What one says of oneself.
#[derive(Clone, Debug)]
pub struct Particulars {
    /// As printed, without credentials.
    pub name: String,
    /// Behind the name, as `MD, FAAFP`.
    pub credentials: String,
    /// Where one works.
    pub affiliation: String,
    /// Kinds of letters that one does not want; as before where nothing is said of them.
    pub unwanted_letters: Option<BTreeSet<LetterKind>>,
}

/// Changes what one says of oneself; `version` is the one that was looked at. What hangs on the institution is looked at
/// anew, as when the office changes it.
pub async fn describe(call: &Call, version: Option<u64>, particulars: &Particulars) -> Result<Person, Error> {
    let deed = call.begin().await?;
    let me = call.caller.person;
    deed.hold_person(me).await?;
    let before = deed.person(me).await?.ok_or(Error::NotFound)?;
    if version.is_some_and(|seen| seen != person_version(&before)) {
        return Err(Error::Stale);
    }
    let described = Described {
        name: particulars.name.clone(),
        credentials: particulars.credentials.clone(),
        affiliation: particulars.affiliation.clone(),
        duties: before.duties.clone(),
        standing: before.standing,
    };
    let after = admin::described(&before, &described)?;
    deed.save_person(&after).await?;
    if let Some(unwanted) = &particulars.unwanted_letters {
        deed.set_unwanted_letters(me, unwanted).await?;
    }
    admin::works_elsewhere(&deed, &before, &after).await?;
    admin::note_change(&deed, &before, &after).await?;
    deed.commit(Receipt::Done).await?;
    Ok(after)
}

/// Chooses another password; who is signed in elsewhere has to sign in with it.
pub async fn change_password(
    call: &Call,
    signed: &Authenticated,
    current: &str,
    chosen: &str,
    client: &Client,
) -> Result<(), Error> {
    // Guesses count here as they do at the door.
    let known = authenticate(&call.context, signed.person.email.as_str(), current, client).await;
    let person = known.map_err(|error| match error {
        Error::Invalid(_) => Error::field("current", "wrong", "this is not your password; enter the one you have now"),
        error => error,
    })?;
    let organisation = call.context.store.view().await?.organisation().await?.ok_or(Error::NotFound)?;
    let own = [person.email.as_str(), &person.name, &organisation.name];
    let password = Password::new(chosen, &own).map_err(|fault| Error::field("password", "weak", &fault.to_string()))?;
    let hash = call.context.passwords.hash(password).await?;
    let tx = call.context.store.begin().await?;
    tx.set_password(person.id, Some(&hash)).await?;
    tx.void_links(person.id, LinkPurpose::Reset, call.now).await?;
    let ended = tx.end_other_sessions_of(person.id, signed.session).await?;
    let mut line = entering(Some(person.id), LogAct::PasswordChanged, &person.email, client).line(&call.context);
    line.detail = json!({ "from": client.address, "sessions_ended": ended });
    tx.add_log(&line).await?;
    tx.commit().await?;
    Ok(())
}

/// Where one is signed in, the last used first.
pub async fn sessions(call: &Call) -> Result<Vec<Session>, Error> {
    Ok(call.context.store.view().await?.sessions_of(call.caller.person, call.now).await?)
}

/// Signs out somewhere else; who is out there already stays out.
pub async fn end_one(call: &Call, signed: &Authenticated, session: SessionId, client: &Client) -> Result<(), Error> {
    let tx = call.context.store.begin().await?;
    tx.end_session(call.caller.person, session).await?;
    let line = entering(Some(call.caller.person), LogAct::SessionsEnded, &signed.person.email, client);
    tx.add_log(&line.line(&call.context)).await?;
    tx.commit().await?;
    Ok(())
}

/// Signs out everywhere but here.
pub async fn end_others(call: &Call, signed: &Authenticated, client: &Client) -> Result<(), Error> {
    let tx = call.context.store.begin().await?;
    tx.end_other_sessions_of(call.caller.person, signed.session).await?;
    let line = entering(Some(call.caller.person), LogAct::SessionsEnded, &signed.person.email, client);
    tx.add_log(&line.line(&call.context)).await?;
    tx.commit().await?;
    Ok(())
}
