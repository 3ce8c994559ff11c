//! Forms that came in after their senders' sessions had ended: kept for the same person alone, until they send or drop them.
//!
//! Nothing is done with such a form. Whose it is says a secret that the browser has kept since somebody signed in there last;
//! it opens nothing.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Call, Context, Error};
use crate::{
    clock::new_id,
    domain::{PersonId, Standing},
    model::{Fields, Unsent},
    token::Opaque,
};

/// How long such a form is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many of one person are kept: the oldest goes.
const MOST: u64 = 10;
/// The most that one may hold, in bytes: as much as any form.
const LARGEST: usize = 2_000_000;

/// Remembers who signed in in a browser; what the browser keeps of it is stored nowhere, and opens nothing.
pub async fn remember(context: &Context, person: PersonId) -> Result<Opaque, Error> {
    let secret = Opaque::random();
    let until = context.clock.now() + context.config.session_absolute + KEPT;
    let tx = context.store.begin().await?;
    tx.remember_browser(secret.hash(), person, until).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Keeps a form for whoever signed in last where it comes from; gives its id, or nothing where that is nobody.
pub async fn keep(context: &Context, browser: &Opaque, place: &str, fields: &Fields) -> Result<Option<Uuid>, Error> {
    let size: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST {
        return Ok(None);
    }
    let person = {
        let view = context.store.view().await?;
        let Some(person) = view.browser_of(&browser.hash(), context.clock.now()).await? else { return Ok(None) };
        view.person(person).await?.filter(|person| person.standing == Standing::Active)
    };
    let Some(person) = person else { return Ok(None) };
    let form = Unsent {
        id: new_id(),
        person: person.id,
        place: place.to_owned(),
        fields: fields.clone(),
        at: context.clock.now(),
    };
    let tx = context.store.begin().await?;
    tx.keep_unsent(&form, MOST).await?;
    tx.commit().await?;
    Ok(Some(form.id))
}

/// One form of the caller's.
pub async fn read(call: &Call, id: Uuid) -> Result<Unsent, Error> {
    let found = call.context.store.view().await?.unsent(call.caller.person, id).await?;
    found.filter(|form| is_kept(form, call.now)).ok_or(Error::NotFound)
}

/// The last form of somebody that is still to be sent.
pub async fn last(context: &Context, person: PersonId) -> Result<Option<Unsent>, Error> {
    let now = context.clock.now();
    let all = context.store.view().await?.unsent_of(person).await?;
    Ok(all.into_iter().find(|form| is_kept(form, now)))
}

/// Drops one form of the caller's: it was sent, or is not wanted any more.
pub async fn drop(call: &Call, id: Uuid) -> Result<(), Error> {
    let tx = call.context.store.begin().await?;
    if tx.forget_unsent(call.caller.person, id).await? == 0 {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

fn is_kept(form: &Unsent, now: Timestamp) -> bool {
    form.at + KEPT > now
}
