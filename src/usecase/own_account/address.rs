//! Another address of one's own: asked for with the password, confirmed by a letter to the address of now and one to the new.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use uuid::Uuid;

use crate::{
    access::Caller,
    clock::new_id,
    domain::{Effect, Email, Standing},
    model::{AddressChange, LogAct, Mail, Person, Receipt, Side},
    store::ReadTx,
    token::Opaque,
    usecase::{
        Call, Context, Error,
        account::{Authenticated, Bucket, Client, attempt, authenticate, entering},
        admin, enqueue,
        letter::Addressed,
    },
};

/// How long there is to confirm it.
pub const STANDS: SignedDuration = SignedDuration::from_hours(48);
/// How often within an hour somebody may ask: each time a letter goes to an address that may be anybody's.
const TRIES: u32 = 5;

/// Where a letter as it is kept has its link, before the side and the id of what was asked for.
const TO_COME: &str = "/address/made-when-sent";

/// What a link confirms.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Whose address.
    pub person: Person,
    /// What was asked for.
    pub change: AddressChange,
    /// By which of the two addresses this link confirms it.
    pub side: Side,
}

/// What came of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The other address has to confirm it too.
    Half,
    /// The address is another one now.
    Changed,
}

/// What one asked for and waits for.
pub async fn waiting(call: &Call) -> Result<Option<AddressChange>, Error> {
    Ok(call.context.store.view().await?.address_change_of(call.caller.person, call.now).await?)
}

/// Asks for another address. The answer is the same whoever has that one: only its letter knows.
pub async fn ask(
    call: &Call,
    signed: &Authenticated,
    email: &str,
    password: &str,
    client: &Client,
) -> Result<(), Error> {
    if !admin::writes(&call.context) || call.context.demo.is_some() {
        let message = "no letters are sent from here, so no address can be confirmed; an administrator changes yours";
        return Err(Error::Conflict(message.to_owned()));
    }
    let person = &signed.person;
    let email: Email =
        email.parse().map_err(|fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string()))?;
    if email.is_erased() || email == person.email {
        return Err(Error::field("email", "same", "enter another address, at which you are reached"));
    }
    authenticate(&call.context, person.email.as_str(), password, client).await.map_err(|error| match error {
        Error::Invalid(_) => Error::field("password", "wrong", "this is not your password; enter the one you have now"),
        error => error,
    })?;
    attempt(&call.context, &[Bucket { name: format!("address:{}", person.id), tries: TRIES }], call.now).await?;
    let deed = call.begin().await?;
    deed.hold_person(person.id).await?;
    let change = AddressChange {
        id: new_id(),
        person: person.id,
        email,
        expires_at: call.now + STANDS,
        old_confirmed_at: None,
        new_confirmed_at: None,
        ended_at: None,
    };
    deed.add_address_change(&change, call.now).await?;
    enqueue(&deed, &Effect::AddressAsked { person: person.id, change: change.id }, call.now).await?;
    let line = entering(Some(person.id), LogAct::AddressAsked, &person.email, client);
    deed.add_log(&line.line(&call.context)).await?;
    deed.commit(Receipt::Done).await
}

/// What a link confirms, as long as it stands. Looking changes nothing.
pub async fn look(context: &Context, text: &str) -> Result<Confirmation, Error> {
    found(&context.store.view().await?, text, context.clock.now()).await
}

/// Confirms it for the address that the letter went to; once both have, the address is the new one.
pub async fn confirm(context: &Context, text: &str) -> Result<Confirmed, Error> {
    let Confirmation { person, .. } = look(context, text).await?;
    let groups = context.store.view().await?.groups_of(person.id).await?;
    let call = Call::new(context.clone(), Caller { person: person.id, duties: person.duties, groups });
    let deed = call.begin().await?;
    deed.hold_person(person.id).await?;
    let Confirmation { person, change, side } = found(&deed, text, call.now).await?;
    deed.confirm_address(change.id, side, call.now).await?;
    if change.confirmed(side.other()).is_none() {
        deed.commit(Receipt::Done).await?;
        return Ok(Confirmed::Half);
    }
    let after = Person { email: change.email.clone(), ..person.clone() };
    deed.hold_address(&after.email).await?;
    if admin::is_taken(&deed, &after.email, person.id).await? {
        return Err(Error::Conflict("this address is in use here for somebody else; ask the office".to_owned()));
    }
    admin::readdress(&deed, &person, &after).await?;
    deed.commit(Receipt::Done).await?;
    Ok(Confirmed::Changed)
}

async fn found(view: &ReadTx, text: &str, now: Timestamp) -> Result<Confirmation, Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let (change, side) = view.address_link(&secret.hash()).await?.ok_or(Error::NotFound)?;
    if change.confirmed(side).is_some() {
        return Err(Error::Gone(match change.confirmed(side.other()) {
            Some(_) => "this was confirmed: the address is the new one".to_owned(),
            None => "this was confirmed already; open the link in the letter to the other address too".to_owned(),
        }));
    }
    if change.ended_at.is_some() {
        let message = "another link took the place of this one: open those of the latest letters";
        return Err(Error::Gone(message.to_owned()));
    }
    if change.expires_at <= now {
        let message = "this link has expired: ask for the other address on your account once more";
        return Err(Error::Gone(message.to_owned()));
    }
    let person = view.person(change.person).await?.filter(|person| person.standing == Standing::Active);
    Ok(Confirmation { person: person.ok_or(Error::NotFound)?, change, side })
}

/// Another address that somebody asked for, to be confirmed.
#[derive(Clone, Debug)]
pub struct Asked {
    pub to: Addressed,
    pub change: AddressChange,
    /// Whether the new address is somebody else's here, or was: then only that is told there.
    pub taken: bool,
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// What both addresses are asked; nothing where it has ended meanwhile.
pub async fn asked(context: &Context, change: Uuid) -> Result<Option<Asked>, Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let open = view.address_change(change).await?.filter(|change| change.ended_at.is_none() && change.expires_at > now);
    let Some(change) = open else { return Ok(None) };
    let taken = admin::is_taken(&view, &change.email, change.person).await?;
    let (house, person) = (view.organisation().await?, view.person(change.person).await?);
    let person = person.filter(|person| person.standing == Standing::Active);
    let Some((organisation, person)) = house.zip(person) else { return Ok(None) };
    let zone = TimeZone::get(&organisation.time_zone).map_err(anyhow::Error::from)?;
    Ok(Some(Asked { to: Addressed { person, organisation }, change, taken, now, zone }))
}

/// Where the letter to one of the addresses has its link.
#[must_use]
pub fn link_to_come(change: Uuid, side: Side) -> String {
    format!("{TO_COME}/{}/{change}", <&str>::from(side))
}

/// A letter as it is sent: with a fresh link where the kept one has a place for it.
pub async fn with_address_link(context: &Context, letter: Mail) -> Result<Mail, Error> {
    let Some((_, rest)) = letter.text.split_once(TO_COME) else { return Ok(letter) };
    let place: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-')).collect();
    let mut parts = place.trim_start_matches('/').split('/');
    let side = parts.next().and_then(|side| side.parse::<Side>().ok());
    let id = parts.next().and_then(|id| id.parse::<Uuid>().ok());
    let (Some(side), Some(id)) = (side, id) else { return Ok(letter) };
    let tx = context.store.begin().await?;
    let open = tx.address_change(id).await?.filter(|change| change.ended_at.is_none());
    let path = if open.is_some() {
        let secret = Opaque::random();
        tx.add_address_link(&secret.hash(), id, side).await?;
        tx.commit().await?;
        format!("/address/{}", secret.text())
    } else {
        "/account/address".to_owned()
    };
    let place = link_to_come(id, side);
    let [text, html] = [&letter.text, &letter.html].map(|body| body.replace(&place, &path));
    Ok(Mail { text, html, ..letter })
}
