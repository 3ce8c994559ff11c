//! One's own second factor: turned on with a right code, off with the password and a code; and new recovery codes.

use jiff::Timestamp;

use crate::{
    model::{LogAct, SecondFactor},
    store::Tx,
    token::{Code, RecoveryCode, Seed},
    usecase::{
        Call, Error,
        account::{Authenticated, Client, authenticate, check_code, entering},
    },
};

/// How many recovery codes there are at first.
const CODES: usize = 10;

/// How somebody's second factor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Since when it is on.
    pub since: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub codes_left: u64,
    /// Whether the organisation requires one of them.
    pub required: bool,
}

/// A secret for an app, kept nowhere before a code of it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As it is typed into an app.
    pub secret: String,
    /// The address that says the same, for a drawing.
    pub address: String,
}

/// How one's own stands.
pub async fn standing(call: &Call) -> Result<Standing, Error> {
    let view = call.context.store.view().await?;
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?;
    let factor = view.second_factor(call.caller.person).await?;
    Ok(Standing {
        since: factor.map(|factor| factor.since),
        codes_left: view.recovery_codes_left(call.caller.person).await?,
        required: organisation.second_factor.asks(&call.caller.duties),
    })
}

/// A secret to turn it on with; the one that was offered before, where that is sent back.
pub async fn offer(call: &Call, signed: &Authenticated, before: Option<&str>) -> Result<Offer, Error> {
    has_a_password(call)?;
    let seed = before.and_then(Seed::read).unwrap_or_else(Seed::random);
    let organisation = call.context.store.view().await?.organisation().await?.ok_or(Error::NotFound)?;
    let address = seed.address(&organisation.short, signed.person.email.as_str()).map_err(anyhow::Error::from)?;
    Ok(Offer { secret: seed.text(), address })
}

/// Turns it on, with a code of the secret that was offered; gives the recovery codes, this once.
pub async fn turn_on(
    call: &Call,
    signed: &Authenticated,
    secret: &str,
    code: &str,
    client: &Client,
) -> Result<Vec<String>, Error> {
    has_a_password(call)?;
    let seed = Seed::read(secret).ok_or_else(|| {
        Error::field("secret", "unknown", "send the secret back as it was offered, or ask for another")
    })?;
    let step = match Code::read(code) {
        Some(Code::App(digits)) => seed.step(&digits, call.now),
        _ => None,
    };
    let step = step.ok_or_else(|| {
        Error::field(
            "code",
            "wrong",
            "this is not the code of this secret; look at what the app shows now, and that its clock is right",
        )
    })?;
    let me = call.caller.person;
    let tx = call.context.store.begin().await?;
    tx.hold_person(me).await?;
    if tx.second_factor(me).await?.is_some() {
        return Err(Error::Conflict("it is on already; turn it off first to change to another app".to_owned()));
    }
    let factor = SecondFactor { person: me, secret: seed.bytes().to_vec(), since: call.now, last_step: step };
    tx.add_second_factor(&factor).await?;
    let codes = made(&tx, call).await?;
    tx.add_log(&entering(Some(me), LogAct::SecondFactorTurnedOn, &signed.person.email, client).line(&call.context))
        .await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes recovery codes that take the place of those of before; gives them, this once.
pub async fn renew_codes(
    call: &Call,
    signed: &Authenticated,
    code: &str,
    client: &Client,
) -> Result<Vec<String>, Error> {
    there_is_one(call).await?;
    check_code(&call.context, &signed.person, code, client).await?;
    let tx = call.context.store.begin().await?;
    let codes = made(&tx, call).await?;
    let line = entering(Some(call.caller.person), LogAct::RecoveryCodesMade, &signed.person.email, client);
    tx.add_log(&line.line(&call.context)).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns it off.
pub async fn turn_off(
    call: &Call,
    signed: &Authenticated,
    password: &str,
    code: &str,
    client: &Client,
) -> Result<(), Error> {
    there_is_one(call).await?;
    let person = &signed.person;
    authenticate(&call.context, person.email.as_str(), password, client).await.map_err(|error| match error {
        Error::Invalid(_) => Error::field("password", "wrong", "this is not your password; enter the one you have now"),
        error => error,
    })?;
    check_code(&call.context, person, code, client).await?;
    let tx = call.context.store.begin().await?;
    tx.end_second_factor(person.id).await?;
    let line = entering(Some(person.id), LogAct::SecondFactorTurnedOff, &person.email, client);
    tx.add_log(&line.line(&call.context)).await?;
    tx.commit().await?;
    Ok(())
}

async fn made(tx: &Tx, call: &Call) -> Result<Vec<String>, Error> {
    let codes: Vec<RecoveryCode> = (0..CODES).map(|_| RecoveryCode::random()).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(RecoveryCode::hash).collect();
    tx.set_recovery_codes(call.caller.person, &hashes).await?;
    Ok(codes.iter().map(RecoveryCode::text).collect())
}

async fn there_is_one(call: &Call) -> Result<(), Error> {
    let factor = call.context.store.view().await?.second_factor(call.caller.person).await?;
    factor.map(drop).ok_or_else(|| Error::Conflict("no second factor is on".to_owned()))
}

fn has_a_password(call: &Call) -> Result<(), Error> {
    if call.context.demo.is_some() {
        return Err(Error::Conflict("nobody has a password in the demo, and nobody a second factor".to_owned()));
    }
    Ok(())
}
