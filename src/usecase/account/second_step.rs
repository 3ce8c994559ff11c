//! The second step through the door: a code of an app, or a recovery code, where the right password is not enough.

use jiff::SignedDuration;
use serde_json::json;

use super::sign_in::{BegunSession, Client, attempt, authenticate, begin_session, buckets, entering};
use crate::{
    domain::Standing,
    model::{HalfSession, LogAct, Person, SecondFactor},
    store::{ReadTx, Tx},
    token::{Code, Opaque, Seed},
    usecase::{Context, Error},
};

/// How long the password that was given holds while a code is looked for.
pub const HALF: SignedDuration = SignedDuration::from_mins(10);

/// What the right password opens.
#[derive(Clone, Debug)]
pub enum Opening {
    /// A session.
    Session(BegunSession),
    /// A code is asked too; what the cookie carries meanwhile.
    Code(Opaque),
}

/// Signs in with e-mail and password, as far as they let in.
pub async fn sign_in(context: &Context, email: &str, password: &str, client: &Client) -> Result<Opening, Error> {
    let person = authenticate(context, email, password, client).await?;
    open(context, person, client).await
}

/// Opens as far as the password alone does.
pub(super) async fn open(context: &Context, person: Person, client: &Client) -> Result<Opening, Error> {
    if context.store.view().await?.second_factor(person.id).await?.is_none() {
        return Ok(Opening::Session(begin_session(context, person, client).await?));
    }
    let secret = Opaque::random();
    let expires_at = context.clock.now() + HALF;
    let half = HalfSession { secret_hash: secret.hash(), person: person.id, expires_at };
    let tx = context.store.begin().await?;
    tx.add_half_session(&half).await?;
    tx.commit().await?;
    Ok(Opening::Code(secret))
}

/// Who is asked for a code; nobody where the password has to be given again.
pub async fn half_way(context: &Context, secret: &Opaque) -> Result<Person, Error> {
    let view = context.store.view().await?;
    let half = view.half_session(&secret.hash(), context.clock.now()).await?.ok_or(Error::Unauthenticated)?;
    let person = view.person(half.person).await?.filter(|person| person.standing == Standing::Active);
    person.ok_or(Error::Unauthenticated)
}

/// Lets somebody in who gave the password before and gives the code now.
pub async fn give_code(context: &Context, secret: &Opaque, code: &str, client: &Client) -> Result<BegunSession, Error> {
    let person = half_way(context, secret).await?;
    check_code(context, &person, code, client).await?;
    let tx = context.store.begin().await?;
    if !tx.end_half_session(&secret.hash()).await? {
        return Err(Error::Unauthenticated);
    }
    tx.commit().await?;
    begin_session(context, person, client).await
}

/// Takes a code of somebody, once. Guesses count as those at the password do.
pub(in crate::usecase) async fn check_code(
    context: &Context,
    person: &Person,
    typed: &str,
    client: &Client,
) -> Result<(), Error> {
    let now = context.clock.now();
    let buckets = buckets(&person.email, client);
    let [account, address] = &buckets;
    let refused = || entering(None, LogAct::CodeRefused, &person.email, client);
    if let Err(error) = attempt(context, &buckets, now).await {
        if matches!(error, Error::Throttled { .. }) {
            refused().write(context).await;
        }
        return Err(error);
    }
    let tx = context.store.begin().await?;
    // Whoever lost the second factor meanwhile signs in anew.
    let factor = tx.second_factor(person.id).await?.ok_or(Error::Unauthenticated)?;
    if !taken(&tx, &factor, typed, now).await? {
        drop(tx);
        tracing::warn!(client = client.address, "A code was wrong");
        refused().write(context).await;
        return Err(Error::field(
            "code",
            "wrong",
            "this code is not right, or was used already; enter the one that your app shows now, or a recovery code",
        ));
    }
    if matches!(Code::read(typed), Some(Code::Recovery(_))) {
        let mut line = entering(Some(person.id), LogAct::RecoveryCodeUsed, &person.email, client).line(context);
        line.detail = json!({ "from": client.address, "left": tx.recovery_codes_left(person.id).await? });
        tx.add_log(&line).await?;
    }
    tx.clear_bucket(&account.name).await?;
    tx.forgive(&address.name, address.tries).await?;
    tx.commit().await?;
    Ok(())
}

async fn taken(tx: &Tx, factor: &SecondFactor, typed: &str, now: jiff::Timestamp) -> Result<bool, Error> {
    match Code::read(typed) {
        Some(Code::App(digits)) => {
            let seed = Seed::of_bytes(&factor.secret).ok_or_else(|| anyhow::anyhow!("a second factor is damaged"))?;
            match seed.step(&digits, now) {
                Some(step) => Ok(tx.take_step(factor.person, step).await?),
                None => Ok(false),
            }
        }
        Some(Code::Recovery(code)) => Ok(tx.take_recovery_code(factor.person, &code.hash()).await?),
        None => Ok(false),
    }
}

/// Whether a second factor is required of somebody who has none.
pub(super) async fn owes(context: &Context, view: &ReadTx, person: &Person) -> Result<bool, Error> {
    // Nobody signs in with a password in the demo.
    if person.duties.is_empty() || context.demo.is_some() {
        return Ok(false);
    }
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?;
    Ok(organisation.second_factor.asks(&person.duties) && view.second_factor(person.id).await?.is_none())
}
